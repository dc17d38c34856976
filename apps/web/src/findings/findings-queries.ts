import type { FindingChangeInput, FindingDetail, FindingsChanged, FindingsSummary, FindingView, Page } from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { at, get, post } from '../api/ask.js';
import { changedWords } from './finding-words.js';
import { findingsParts, type FindingsSearch } from './findings-search.js';

const FRESH_MS = 15_000;
/** Beneath it stands all that a change of a finding, or a look, makes old. */
export const FINDINGS_KEY = ['findings'] as const;

export const findingsQuery = (search: FindingsSearch) =>
  infiniteQueryOptions({
    queryKey: [...FINDINGS_KEY, 'list', search],
    queryFn: ({ signal, pageParam }) => {
      const query = findingsParts(search);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get<Page<FindingView>>(`/findings?${query}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: [...FINDINGS_KEY, 'one', id],
    queryFn: ({ signal }) => get<FindingDetail>(at('findings', id), signal),
    staleTime: FRESH_MS,
  });

export const findingsSummaryQuery = (search: FindingsSearch) =>
  queryOptions({
    queryKey: [...FINDINGS_KEY, 'summary', search],
    queryFn: ({ signal }) => get<FindingsSummary>(`/findings/summary?${findingsParts({ ...search })}`, signal),
    staleTime: FRESH_MS,
  });

export interface Change {
  readonly change: FindingChangeInput;
  readonly ids: readonly string[];
}

/** Changes findings, says how many, and has all that counts them read anew. */
export function useFindingsChange(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => post<FindingsChanged>('/findings/changes', change),
    onSuccess: async ({ changed }, { change, ids }) => {
      notifications.show({ message: changedWords(change.do, changed, ids.length) });
      await Promise.all([
        queries.invalidateQueries({ queryKey: FINDINGS_KEY }),
        queries.invalidateQueries({ queryKey: ['posture'] }),
      ]);
      onDone();
    },
  });
}
