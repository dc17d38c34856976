import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readPathsSearch } from './paths-search.js';

const paths = createRoute({
  getParentRoute: () => signedIn,
  path: '/posture/paths',
  validateSearch: readPathsSearch,
  component: lazyRouteComponent(() => import('./PathsPage.js'), 'PathsPage'),
});

export const attackPathRoutes = [paths] as const;
