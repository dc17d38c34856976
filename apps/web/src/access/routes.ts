import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readEntitySearch } from './access-search.js';
import { readAdministratorsSearch, readChangesSearch, readExplorerSearch, readUnusedSearch } from './explorer-search.js';

const explorer = createRoute({
  getParentRoute: () => signedIn,
  path: '/access',
  validateSearch: readExplorerSearch,
  component: lazyRouteComponent(() => import('./ExplorerPage.js'), 'ExplorerPage'),
});

const unused = createRoute({
  getParentRoute: () => signedIn,
  path: '/access/unused',
  validateSearch: readUnusedSearch,
  component: lazyRouteComponent(() => import('./UnusedPage.js'), 'UnusedPage'),
});

const administrators = createRoute({
  getParentRoute: () => signedIn,
  path: '/access/administrators',
  validateSearch: readAdministratorsSearch,
  component: lazyRouteComponent(() => import('./AdministratorsPage.js'), 'AdministratorsPage'),
});

const changes = createRoute({
  getParentRoute: () => signedIn,
  path: '/access/changes',
  validateSearch: readChangesSearch,
  component: lazyRouteComponent(() => import('./EdgeChangesPage.js'), 'EdgeChangesPage'),
});

const entity = createRoute({
  getParentRoute: () => signedIn,
  path: '/access/$integration/$kind/$key',
  validateSearch: readEntitySearch,
  component: lazyRouteComponent(() => import('./EntityPage.js'), 'EntityPage'),
});

export const accessRoutes = [explorer, unused, administrators, changes, entity] as const;
