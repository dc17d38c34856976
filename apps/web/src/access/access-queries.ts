import type {
  AccessChanges,
  AccessGraph,
  AccessHit,
  AccessNodeKind,
  AccessNodeRef,
  AccessPage,
  AccessPrincipalKind,
  AccessReasons,
  AccessReview,
  Administrators,
  EdgeChanges,
  Page,
  PrincipalUsage,
  RemovalSuggestions,
  SavedQuestion,
  UnusedApplications,
  UnusedRoles,
} from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { at, get } from '../api/ask.js';
import { nodeId } from './node-looks.js';
import type { ToSign } from './review-words.js';

/** One of an organisation: what a page is about. */
export interface AccessPlace extends AccessNodeRef {
  /** Its id. */
  readonly integration: string;
}

/** Rows of one page of a list. */
const PAGE = 50;
const FRESH_MS = 30_000;

/** Parts of a question; what is `undefined` is not asked for. */
export type Parts = Readonly<Record<string, string | number | undefined>>;

export function accessPath(integration: string, question: string, parts: Parts): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, String(value));
  return `${at('integrations', integration, 'access')}/${question}?${query}`;
}

export type Direction = 'reach' | 'reached-by';

/** What narrows and orders a list. */
export interface ListParts {
  readonly at?: string | undefined;
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly unused?: number | undefined;
  readonly via?: string | undefined;
  readonly sort?: string | undefined;
}

/** The two ends of a list's question, as the API has them. */
export function listParts(place: AccessPlace, direction: Direction, other: AccessNodeKind, parts: ListParts): Parts {
  const ends = direction === 'reach' ? { from: nodeId(place), to: other } : { to: nodeId(place), from: other };
  return { ...ends, ...parts };
}

export const listQuery = (place: AccessPlace, direction: Direction, other: AccessNodeKind, parts: ListParts) =>
  infiniteQueryOptions({
    queryKey: ['access', direction, place, other, parts],
    queryFn: ({ signal, pageParam }) => {
      const asked = { ...listParts(place, direction, other, parts), cursor: pageParam ?? undefined, limit: PAGE };
      return get<AccessPage>(accessPath(place.integration, direction, asked), signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    // Of the same list, narrowed otherwise; rows of another kind would be shown under a wrong head.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey.slice(0, 4)) === JSON.stringify(['access', direction, place, other]) ? before : undefined,
  });

export const totalQuery = (place: AccessPlace, parts: ListParts) =>
  queryOptions({
    queryKey: ['access', 'total', place, parts],
    queryFn: async ({ signal }) => {
      const { sort: _sort, ...narrowing } = listParts(place, 'reached-by', 'account', parts);
      return (await get<{ readonly total: number }>(accessPath(place.integration, 'reached-by/total', narrowing), signal))
        .total;
    },
    staleTime: FRESH_MS,
  });

/** @param instant of the past; `undefined`: now */
export const reasonsQuery = (integration: string, from: AccessNodeRef, to: AccessNodeRef, instant: string | undefined) =>
  queryOptions({
    queryKey: ['access', 'why', integration, nodeId(from), nodeId(to), instant],
    queryFn: ({ signal }) =>
      get<AccessReasons>(accessPath(integration, 'why', { from: nodeId(from), to: nodeId(to), at: instant }), signal),
    staleTime: FRESH_MS,
  });

export const lossQuery = (integration: string, from: AccessNodeRef, group: string, to: AccessNodeKind) =>
  queryOptions({
    queryKey: ['access', 'loss', integration, nodeId(from), group, to],
    queryFn: ({ signal }) => get<AccessPage>(accessPath(integration, 'loss', { from: nodeId(from), group, to }), signal),
    staleTime: FRESH_MS,
  });

export const changesQuery = (place: AccessPlace, other: AccessNodeKind, since: string, until: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['access', 'changes', place, other, since, until],
    queryFn: ({ signal, pageParam }) => {
      const asked = { of: nodeId(place), other, since, until, cursor: pageParam ?? undefined };
      return get<AccessChanges>(accessPath(place.integration, 'changes', asked), signal);
    },
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const edgeChangesQuery = (integration: string, since: string, until: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['access', 'edge-changes', integration, since, until],
    queryFn: ({ signal, pageParam }) =>
      get<EdgeChanges>(accessPath(integration, 'edge-changes', { since, until, cursor: pageParam ?? undefined }), signal),
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
  });

export const usageQuery = (place: AccessPlace) =>
  queryOptions({
    queryKey: ['access', 'usage', place],
    queryFn: ({ signal }) => get<PrincipalUsage>(accessPath(place.integration, 'usage', { of: nodeId(place) }), signal),
    staleTime: FRESH_MS,
  });

/** @param instant of the past; `undefined`: now */
export const graphQuery = (place: AccessPlace, instant: string | undefined) =>
  queryOptions({
    queryKey: ['access', 'graph', place, instant],
    queryFn: ({ signal }) =>
      get<AccessGraph>(accessPath(place.integration, 'graph', { of: nodeId(place), at: instant }), signal),
    staleTime: FRESH_MS,
  });

/** @param group only what this group gives, and of its members */
export const unusedQuery = (integration: string, days: number, group?: string) =>
  infiniteQueryOptions({
    queryKey: ['access', 'unused', integration, days, group ?? null],
    queryFn: ({ signal, pageParam }) =>
      get<UnusedApplications>(accessPath(integration, 'unused', { days, group, cursor: pageParam ?? undefined }), signal),
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const unusedRolesQuery = (integration: string, days: number) =>
  infiniteQueryOptions({
    queryKey: ['access', 'unused-roles', integration, days],
    queryFn: ({ signal, pageParam }) =>
      get<UnusedRoles>(accessPath(integration, 'unused-roles', { days, cursor: pageParam ?? undefined }), signal),
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

/** @param more of the path, before the query */
export function administratorsPath(kind: AccessPrincipalKind, more = '', cursor?: string | null): string {
  const query = new URLSearchParams({ kind, ...(typeof cursor === 'string' && { cursor }) });
  return `/access/administrators${more}?${query}`;
}

export const administratorsQuery = (kind: AccessPrincipalKind) =>
  infiniteQueryOptions({
    queryKey: ['access', 'administrators', kind],
    queryFn: ({ signal, pageParam }) => get<Administrators>(administratorsPath(kind, '', pageParam), signal),
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
  });

/** @param application its key */
export const suggestionsQuery = (integration: string, application: string, days: number) =>
  queryOptions({
    queryKey: ['access', 'suggestions', integration, application, days],
    queryFn: ({ signal }) => get<RemovalSuggestions>(accessPath(integration, 'suggestions', { application, days }), signal),
    staleTime: FRESH_MS,
  });

/** As far back as can be asked: whoever has not used it in so many days was never seen to. */
const ALL_DAYS = 3_650;

/** What a review of an application would be of, now. */
export const toSignQuery = ({ integration, ...node }: AccessPlace) =>
  queryOptions({
    queryKey: ['access', 'to-sign', integration, node.key],
    queryFn: async ({ signal }): Promise<ToSign> => {
      const ask = <T>(question: string, parts: Parts): Promise<T> =>
        get<T>(accessPath(integration, question, { to: nodeId(node), ...parts }), signal);
      const [all, unused, { coverage }] = await Promise.all([
        ask<{ readonly total: number }>('reached-by/total', {}),
        ask<{ readonly total: number }>('reached-by/total', { unused: ALL_DAYS }),
        ask<AccessPage>('reached-by', { limit: 1 }),
      ]);
      return { accounts: all.total, unused: unused.total, coverage };
    },
    // What is about to be signed is asked anew.
    gcTime: 0,
  });

/** Of an application, newest first. */
export const reviewsQuery = ({ integration, key }: AccessPlace) =>
  infiniteQueryOptions({
    queryKey: ['access', 'reviews', integration, key],
    queryFn: ({ signal, pageParam }) =>
      get<Page<AccessReview>>(accessPath(integration, 'reviews', { application: key, cursor: pageParam ?? undefined }), signal),
    initialPageParam: null as string | null, // as above
    getNextPageParam: ({ next }) => next,
  });

export const hitsQuery = (q: string) =>
  queryOptions({
    queryKey: ['access', 'search', q],
    queryFn: async ({ signal }) =>
      (await get<{ readonly items: readonly AccessHit[] }>(`/access/search?${new URLSearchParams({ q })}`, signal)).items,
    enabled: q !== '',
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const savedQuery = queryOptions({
  queryKey: ['saved-questions'],
  queryFn: async ({ signal }) => (await get<{ readonly items: readonly SavedQuestion[] }>('/saved-questions', signal)).items,
});
