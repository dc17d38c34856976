import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readFindingsSearch } from './findings-search.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/findings',
  validateSearch: readFindingsSearch,
  component: lazyRouteComponent(() => import('./FindingsPage.js'), 'FindingsPage'),
});

const one = createRoute({
  getParentRoute: () => signedIn,
  path: '/findings/$id',
  component: lazyRouteComponent(() => import('./FindingPage.js'), 'FindingPage'),
});

export const findingRoutes = [list, one] as const;
