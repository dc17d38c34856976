import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { connectorQuery, connectorsQuery } from '../connectors/connector-queries.js';
import { signedIn } from '../shell/parents.js';
import { FailedPage } from '../states/FailedPage.js';

const catalogue = createRoute({
  getParentRoute: () => signedIn,
  path: '/integrations/add',
  loader: ({ context }) => void context.queries.prefetchQuery(connectorsQuery),
  component: lazyRouteComponent(() => import('./CataloguePage.js'), 'CataloguePage'),
});

const dialog = createRoute({
  getParentRoute: () => catalogue,
  path: '$connector',
  // Read when somebody points at the card: the dialog must be there at once.
  loader: ({ context, params }) => context.queries.ensureQueryData(connectorQuery(params.connector)),
  component: lazyRouteComponent(() => import('./ConnectDialog.js'), 'ConnectDialog'),
  errorComponent: FailedPage,
});

export const connectRoutes = [catalogue.addChildren([dialog])] as const;
