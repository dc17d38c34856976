import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { readFilter } from './audit-filter.js';

const log = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./AuditPage.js'), 'AuditPage'),
});

export const auditRoutes = [log] as const;
