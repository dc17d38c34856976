import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readIncidentSearch, readIncidentsSearch } from './incidents-search.js';

const queue = createRoute({
  getParentRoute: () => signedIn,
  path: '/incidents',
  validateSearch: readIncidentsSearch,
  component: lazyRouteComponent(() => import('./IncidentsPage.js'), 'IncidentsPage'),
});

const one = createRoute({
  getParentRoute: () => signedIn,
  path: '/incidents/$id',
  validateSearch: readIncidentSearch,
  component: lazyRouteComponent(() => import('./IncidentPage.js'), 'IncidentPage'),
});

export const incidentRoutes = [queue, one] as const;
