import type { Page, RunView } from '@castellan/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import { integrationKeys } from '../integrations/integration-queries.js';

const LATEST = 24;

async function pageOfRuns(id: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Page<RunView>> {
  return get<Page<RunView>>(`${at('integrations', id, 'runs')}?${String(new URLSearchParams(query))}`, signal);
}

// Below the integration's own key: what makes it be read anew does the same with its runs.
export const runsQuery = (id: string, failed: boolean) =>
  infiniteQueryOptions({
    queryKey: [...integrationKeys.one(id), 'runs', { failed }],
    queryFn: ({ signal, pageParam }) =>
      pageOfRuns(id, { ...(failed && { failed: 'true' }), ...(pageParam !== '' && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const latestRunsQuery = (id: string) =>
  queryOptions({
    queryKey: [...integrationKeys.one(id), 'latest runs'],
    queryFn: async ({ signal }) => (await pageOfRuns(id, { limit: String(LATEST) }, signal)).items,
  });
