import type { HoldView, Page, RecordView } from '@castellan/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import { integrationKeys } from '../integrations/integration-queries.js';

/** What a removal would take: the fields of a record that the host sends of it. */
export type HeldRecord = Pick<RecordView, 'kind' | 'key' | 'data' | 'lastSeenAt'>;

const LARGEST = 200;
const LOOK = 50;

/** All that can be decided: one a stream at most. */
export const openHoldsQuery = (id: string) =>
  queryOptions({
    queryKey: [...integrationKeys.one(id), 'holds', 'open'],
    queryFn: async ({ signal }) => {
      const path = `${at('integrations', id, 'holds')}?state=open&limit=${LARGEST}`;
      return (await get<Page<HoldView>>(path, signal)).items;
    },
  });

/** All, newest first: what was decided is among them. */
export const holdsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...integrationKeys.one(id), 'holds', 'all'],
    queryFn: ({ signal, pageParam }) => get<Page<HoldView>>(at('integrations', id, 'holds') + cursor('?', pageParam), signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const heldRecordsQuery = (id: string, holdId: string) =>
  infiniteQueryOptions({
    queryKey: [...integrationKeys.one(id), 'held records', holdId],
    queryFn: ({ signal, pageParam }) =>
      get<Page<HeldRecord>>(
        `${at('integrations', id, 'holds', holdId, 'records')}?limit=${LOOK}${cursor('&', pageParam)}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

function cursor(joint: string, position: string): string {
  return position === '' ? '' : `${joint}cursor=${encodeURIComponent(position)}`;
}
