import type { DeletionView, IntegrationDetail, IntegrationView, Page } from '@castellan/api';
import { queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';

/** Of what is shown of an integration only its status and its run are in the stream: that a poll has found nothing new is not. */
const EVERY_MS = 20_000;

export const integrationKeys = {
  list: ['integrations'],
  one: (id: string) => ['integration', id],
} as const;

/** All of them: a workspace has some, not thousands, and a tile that is missing is one that nobody looks after. */
export const integrationsQuery = queryOptions({
  queryKey: integrationKeys.list,
  refetchInterval: EVERY_MS,
  queryFn: async ({ signal }): Promise<readonly IntegrationView[]> => {
    const all: IntegrationView[] = [];
    for (let cursor: string | null = null; ; ) {
      const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
      const page = await get<Page<IntegrationView>>(`/integrations${query}`, signal);
      all.push(...page.items);
      if (page.next === null) return all;
      cursor = page.next;
    }
  },
});

export const integrationQuery = (id: string) =>
  queryOptions({
    queryKey: integrationKeys.one(id),
    refetchInterval: EVERY_MS,
    queryFn: ({ signal }) => get<IntegrationDetail>(at('integrations', id), signal),
  });

export const deletionQuery = (id: string) =>
  queryOptions({
    queryKey: [...integrationKeys.one(id), 'deletion'],
    queryFn: ({ signal }) => get<DeletionView>(at('integrations', id, 'deletion'), signal),
  });
