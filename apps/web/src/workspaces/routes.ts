import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/workspaces',
  component: lazyRouteComponent(() => import('./WorkspacesPage.js'), 'WorkspacesPage'),
});

export const workspaceRoutes = [list] as const;
