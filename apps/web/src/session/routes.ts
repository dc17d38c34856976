import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { root } from '../shell/parents.js';
import { isOwnPath } from './own-path.js';
import { waysInQuery } from './session.js';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { readonly to?: string } =>
    typeof search['to'] === 'string' && isOwnPath(search['to']) ? { to: search['to'] } : {},
  beforeLoad: async ({ context }) => {
    const { needsSetUp } = await context.queries.ensureQueryData(waysInQuery);
    if (needsSetUp) throw redirect({ to: '/set-up' });
  },
  component: lazyRouteComponent(() => import('./SignInPage.js'), 'SignInPage'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./SetUpPage.js'), 'SetUpPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./InvitationPage.js'), 'InvitationPage'),
});

export const sessionRoutes = [signIn, setUp, invitation] as const;
