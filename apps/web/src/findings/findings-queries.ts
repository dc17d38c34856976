import type {
  FindingByHandInput,
  FindingChangeInput,
  FindingDetail,
  FindingsChanged,
  FindingsChangeInput,
  FindingsSummary,
  FindingView,
  Page,
} from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifications } from '@mantine/notifications';
import { at, get, post } from '../api/ask.js';
import { changedWords, countedFindings } from './finding-words.js';
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

/** What is changed: findings that are named, or all that match when it is done. */
export interface ChangeTarget {
  readonly which: Pick<FindingsChangeInput, 'ids'> | Pick<FindingsChangeInput, 'where'>;
  /** How many these are, as far as it is known. */
  readonly count: number;
}

/** As the host has it: of findings that are named, and of those that match. */
const MOST_AT_ONCE = { named: 1_000, matching: 10_000 };

/** Why these are too many for one change, and the way out; `undefined`: they are not. */
export function tooManyWords({ which, count }: ChangeTarget): string | undefined {
  const isNamed = 'ids' in which;
  const most = isNamed ? MOST_AT_ONCE.named : MOST_AT_ONCE.matching;
  if (count <= most) return undefined;
  const said = `${countedFindings(count)} are too many for one change: ${most.toLocaleString('en')} can be changed at once.`;
  return isNamed
    ? `${said} Select fewer, or all that match.`
    : `${said} Narrow the list first, by a check, a severity or an integration, and change one part after the other.`;
}

interface Change extends ChangeTarget {
  readonly change: FindingChangeInput;
}

/** Says what was done in the console of the provider; the answer is the finding with it. */
export function useFindingByHand(id: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => {
      const input: FindingByHandInput = { note };
      return post<FindingDetail>(at('findings', id, 'by-hand'), input);
    },
    onSuccess: (finding) => {
      queries.setQueryData(findingQuery(id).queryKey, finding);
      onDone();
    },
  });
}

/** Changes findings, says how many, and has all that counts them read anew. */
export function useFindingsChange(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ change, which }: Change) => {
      const input: FindingsChangeInput = { change, ...which };
      return post<FindingsChanged>('/findings/changes', input);
    },
    onSuccess: async ({ changed }, { change, count }) => {
      notifications.show({ message: changedWords(change.do, changed, count) });
      await Promise.all([
        queries.invalidateQueries({ queryKey: FINDINGS_KEY }),
        queries.invalidateQueries({ queryKey: ['posture'] }),
      ]);
      onDone();
    },
  });
}
