import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedIn } from '../shell/parents.js';
import { prefetchRows } from './prefetch-rows.js';
import { readRecordSearch, rowsQuery } from './record-search.js';

const kinds = createRoute({
  getParentRoute: () => signedIn,
  path: '/records',
  component: lazyRouteComponent(() => import('./KindsPage.js'), 'KindsPage'),
});

const records = createRoute({
  getParentRoute: () => signedIn,
  path: '/records/$kind',
  validateSearch: readRecordSearch,
  loaderDeps: ({ search }) => ({ query: String(rowsQuery(search)) }),
  // The rows are on their way while the page's code is, or while a finger is still above the link.
  loader: ({ context, params, deps }) => prefetchRows(context.queries, params.kind, deps.query),
  component: lazyRouteComponent(() => import('./RecordsPage.js'), 'RecordsPage'),
});

export const recordRoutes = [kinds, records] as const;
