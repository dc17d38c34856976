import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./ApiKeysPage.js'), 'ApiKeysPage'),
});

export const apiKeyRoutes = [list] as const;
