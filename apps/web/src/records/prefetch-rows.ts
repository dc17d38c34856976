import type { QueryClient } from '@tanstack/react-query';
import type { RecordKind } from './fields.js';
import { activityQuery, tablesQuery, windowQuery } from './record-queries.js';

/** Begins to fetch what a table shows first, and waits for nothing. */
export function prefetchRows(queries: QueryClient, kind: string, query: string): void {
  void queries.prefetchQuery(tablesQuery);
  if (kind === 'activity') void queries.prefetchInfiniteQuery(activityQuery(query));
  // The host judges the name: what the page does not know it does not show.
  else void queries.prefetchQuery(windowQuery(kind as RecordKind, query, 0));
}
