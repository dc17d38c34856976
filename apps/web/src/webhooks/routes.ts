import type { DeliveryState } from '@castellan/api';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { isDeliveryState } from './delivery-looks.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./WebhooksPage.js'), 'WebhooksPage'),
});

const one = createRoute({
  getParentRoute: () => signedIn,
  path: '/webhooks/$id',
  validateSearch: ({ state }: Record<string, unknown>): { readonly state?: DeliveryState } =>
    isDeliveryState(state) ? { state } : {},
  component: lazyRouteComponent(() => import('./WebhookPage.js'), 'WebhookPage'),
});

export const webhookRoutes = [list, one] as const;
