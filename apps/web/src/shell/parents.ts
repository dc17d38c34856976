import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../session/session.js';
import { FailedPage } from '../states/FailedPage.js';
import { UnknownPage } from '../states/UnknownPage.js';
import { SignedIn } from './SignedIn.js';

export interface Context {
  readonly queries: QueryClient;
}

/** Above all pages. */
export const root = createRootRouteWithContext<Context>()({ notFoundComponent: UnknownPage, errorComponent: FailedPage });

/** Above all pages that nobody sees who is not signed in. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
  },
  component: SignedIn,
  notFoundComponent: UnknownPage,
  errorComponent: FailedPage,
});
