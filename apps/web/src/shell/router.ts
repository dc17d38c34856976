import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { connectRoutes } from '../connect/routes.js';
import { integrationRoutes } from '../integrations/routes.js';
import { recordRoutes } from '../records/routes.js';
import { sessionRoutes } from '../session/routes.js';
import { root, signedIn } from './parents.js';

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/integrations' });
  },
});

/** Each noun brings its own pages. */
const tree = root.addChildren([
  ...sessionRoutes,
  signedIn.addChildren([start, ...integrationRoutes, ...recordRoutes, ...connectRoutes]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    // The queries know how old they are; the router need not guess a second time.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
