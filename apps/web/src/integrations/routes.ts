import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { integrationQuery } from './integration-queries.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/integrations',
  component: lazyRouteComponent(() => import('./IntegrationsPage.js'), 'IntegrationsPage'),
});

const page = createRoute({
  getParentRoute: () => signedIn,
  path: '/integrations/$id',
  // On its way while the page's code is. The page says what is wrong where it fails.
  loader: ({ context, params }) => void context.queries.prefetchQuery(integrationQuery(params.id)),
  component: lazyRouteComponent(() => import('./IntegrationPage.js'), 'IntegrationPage'),
});

const overview = createRoute({
  getParentRoute: () => page,
  path: '/',
  component: lazyRouteComponent(() => import('./OverviewTab.js'), 'OverviewTab'),
});
const streams = createRoute({
  getParentRoute: () => page,
  path: '/streams',
  component: lazyRouteComponent(() => import('./StreamsTab.js'), 'StreamsTab'),
});
const runs = createRoute({
  getParentRoute: () => page,
  path: '/runs',
  validateSearch: ({ failed }: Record<string, unknown>): { readonly failed?: true } => (failed === true ? { failed } : {}),
  component: lazyRouteComponent(() => import('../runs/RunsTab.js'), 'RunsTab'),
});
const holds = createRoute({
  getParentRoute: () => page,
  path: '/holds',
  component: lazyRouteComponent(() => import('../holds/HoldsTab.js'), 'HoldsTab'),
});
export interface SettingsSearch {
  readonly dialog?: 'settings' | 'reconnect';
  /** The setting that somebody is sent to change. */
  readonly field?: string;
}

function readSettingsSearch({ dialog, field }: Record<string, unknown>): SettingsSearch {
  if (dialog !== 'settings' && dialog !== 'reconnect') return {};
  return dialog === 'settings' && typeof field === 'string' ? { dialog, field } : { dialog };
}

const settings = createRoute({
  getParentRoute: () => page,
  path: '/settings',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import('./SettingsTab.js'), 'SettingsTab'),
});

export const integrationRoutes = [list, page.addChildren([overview, streams, runs, holds, settings])] as const;
