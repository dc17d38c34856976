import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readRunsSearch } from './playbooks-search.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/playbooks',
  component: lazyRouteComponent(() => import('./PlaybooksPage.js'), 'PlaybooksPage'),
});

const one = createRoute({
  getParentRoute: () => signedIn,
  path: '/playbooks/$id',
  component: lazyRouteComponent(() => import('./PlaybookPage.js'), 'PlaybookPage'),
});

const runs = createRoute({
  getParentRoute: () => signedIn,
  path: '/playbooks/runs',
  validateSearch: readRunsSearch,
  component: lazyRouteComponent(() => import('./RunsPage.js'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => signedIn,
  path: '/playbooks/runs/$id',
  component: lazyRouteComponent(() => import('./RunPage.js'), 'RunPage'),
});

export const playbookRoutes = [list, one, runs, run] as const;
