import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accessRoutes } from '../access/routes.js';
import { actionRoutes } from '../actions/routes.js';
import { attackPathRoutes } from '../attack-paths/routes.js';
import { accountRoutes } from '../account/routes.js';
import { apiKeyRoutes } from '../api-keys/routes.js';
import { auditRoutes } from '../audit/routes.js';
import { connectRoutes } from '../connect/routes.js';
import { detectionRoutes } from '../detection/routes.js';
import { findingRoutes } from '../findings/routes.js';
import { incidentRoutes } from '../incidents/routes.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { integrationRoutes } from '../integrations/routes.js';
import { overviewRoutes } from '../overview/routes.js';
import { playbookRoutes } from '../playbooks/routes.js';
import { postureRoutes } from '../posture/routes.js';
import { recordRoutes } from '../records/routes.js';
import { sessionRoutes } from '../session/routes.js';
import { userRoutes } from '../users/routes.js';
import { webhookRoutes } from '../webhooks/routes.js';
import { workspaceRoutes } from '../workspaces/routes.js';
import { root, signedIn } from './parents.js';

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  // Who has nothing yet to look at is led to what there is to do.
  beforeLoad: async ({ context }) => {
    const integrations = await context.queries.ensureQueryData(integrationsQuery);
    const hasAccounts = integrations.some(({ counts }) => (counts.account ?? 0) > 0);
    throw redirect({ to: hasAccounts ? '/overview' : '/integrations' });
  },
});

/** Each noun brings its own pages. */
const tree = root.addChildren([
  ...sessionRoutes,
  signedIn.addChildren([
    start,
    ...overviewRoutes,
    ...integrationRoutes,
    ...connectRoutes,
    ...recordRoutes,
    ...accessRoutes,
    ...attackPathRoutes,
    ...postureRoutes,
    ...incidentRoutes,
    ...detectionRoutes,
    ...findingRoutes,
    ...actionRoutes,
    ...playbookRoutes,
    ...apiKeyRoutes,
    ...webhookRoutes,
    ...userRoutes,
    ...auditRoutes,
    ...workspaceRoutes,
    ...accountRoutes,
  ]),
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
