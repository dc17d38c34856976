import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readActionsSearch } from './actions-search.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/actions',
  validateSearch: readActionsSearch,
  component: lazyRouteComponent(() => import('./ActionsPage.js'), 'ActionsPage'),
});

const batch = createRoute({
  getParentRoute: () => signedIn,
  path: '/actions/batches/$id',
  component: lazyRouteComponent(() => import('./BatchPage.js'), 'BatchPage'),
});

const one = createRoute({
  getParentRoute: () => signedIn,
  path: '/actions/$id',
  component: lazyRouteComponent(() => import('./ActionPage.js'), 'ActionPage'),
});

export const actionRoutes = [list, batch, one] as const;
