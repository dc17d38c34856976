import type {
  RecordDetail,
  RecordFacets,
  RecordHistory,
  RecordRelation,
  RecordRows,
  RecordTableView,
  RelatedRecords,
} from '@castellan/api';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import type { RecordKind } from './fields.js';

/** Rows of one request: a screen and a half, so that two or three of them hold what is in sight. */
export const WINDOW = 60;
/** What was looked at a minute ago and is not in sight any more need not stay in memory. */
const SHORT = 60_000;

export const recordKeys = {
  all: ['records'],
  rows: (kind: RecordKind, query: string) => ['records', 'rows', kind, query],
} as const;

/** Where a record is. */
export interface RecordPlace {
  readonly integration: string;
  readonly kind: RecordKind;
  readonly key: string;
}

const pathOf = ({ integration, kind, key }: RecordPlace): string => at('integrations', integration, 'records', kind, key);

export const tablesQuery = queryOptions({
  queryKey: ['records', 'tables'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly RecordTableView[] }>('/records', signal)).items,
  staleTime: 30_000,
});

/** @param index which part: rows from `index * WINDOW` on */
export const windowQuery = (kind: RecordKind, query: string, index: number) =>
  queryOptions({
    queryKey: [...recordKeys.rows(kind, query), index],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams(query);
      asked.set('offset', String(index * WINDOW));
      asked.set('limit', String(WINDOW));
      return get<RecordRows>(`${at('records', kind)}?${asked}`, signal);
    },
    staleTime: 30_000,
    gcTime: SHORT,
    // A million small objects are not compared with a million others.
    structuralSharing: false,
  });

/** The log, the newest first. */
export const activityQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: [...recordKeys.rows('activity', query), 'log'],
    queryFn: ({ signal, pageParam }) => {
      const asked = new URLSearchParams(query);
      asked.delete('sort');
      asked.set('limit', '100');
      if (pageParam !== null) asked.set('cursor', pageParam);
      return get<RecordRows>(`${at('records', 'activity')}?${asked}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: 30_000,
    gcTime: SHORT,
    structuralSharing: false,
  });

export const facetsQuery = (kind: RecordKind, query: string) =>
  queryOptions({
    queryKey: ['records', 'facets', kind, query],
    queryFn: ({ signal }) => get<RecordFacets>(`${at('records', kind, 'facets')}?${query}`, signal),
    staleTime: 30_000,
    gcTime: SHORT,
  });

export const recordQuery = (place: RecordPlace) =>
  queryOptions({
    queryKey: ['records', 'one', place],
    queryFn: ({ signal }) => get<RecordDetail>(pathOf(place), signal),
    staleTime: 60_000,
    gcTime: SHORT,
  });

export const relationsQuery = (place: RecordPlace) =>
  queryOptions({
    queryKey: ['records', 'relations', place],
    queryFn: async ({ signal }) =>
      (await get<{ readonly items: readonly RecordRelation[] }>(`${pathOf(place)}/relations`, signal)).items,
  });

export const relatedQuery = (place: RecordPlace, relation: string, former: boolean) =>
  infiniteQueryOptions({
    queryKey: ['records', 'related', place, relation, former],
    queryFn: ({ signal, pageParam }) =>
      get<RelatedRecords>(
        `${pathOf(place)}/relations/${encodeURIComponent(relation)}?offset=${pageParam}&limit=50${former ? '&removed=true' : ''}`,
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ offset, items, total }) => {
      const end = offset + items.length;
      const isLast = items.length === 0 || (total === null ? items.length < 50 : end >= total);
      return isLast ? null : end;
    },
    gcTime: SHORT,
  });

export const historyQuery = (place: RecordPlace) =>
  queryOptions({
    queryKey: ['records', 'history', place],
    queryFn: ({ signal }) => get<RecordHistory>(`${pathOf(place)}/history`, signal),
  });
