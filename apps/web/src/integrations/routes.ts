import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/integrations',
  component: lazyRouteComponent(() => import('./IntegrationsPage.js'), 'IntegrationsPage'),
});

export const integrationRoutes = [list] as const;
