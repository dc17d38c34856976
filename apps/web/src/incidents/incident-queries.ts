import type {
  IncidentChangeInput,
  IncidentDetail,
  IncidentsChanged,
  IncidentsChangeInput,
  IncidentsSummary,
  IncidentTimeline,
  IncidentView,
  Page,
} from '@castellan/api';
import { notifications } from '@mantine/notifications';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { at, get, post } from '../api/ask.js';
import { FINDINGS_KEY } from '../findings/findings-queries.js';
import { kept } from '../posture/posture-search.js';
import { changedWords } from './incident-words.js';
import { type IncidentsSearch, incidentsParts } from './incidents-search.js';

const FRESH_MS = 5_000;
/** What somebody else has done with one is seen that soon; a new one sooner. */
const EVERY_MS = 30_000;
const NEWS_MS = 5_000;

/** Beneath it stands all that a change of an incident makes old. */
export const INCIDENTS_KEY = ['incidents'] as const;

export const incidentsQuery = (search: IncidentsSearch) =>
  infiniteQueryOptions({
    queryKey: [...INCIDENTS_KEY, 'list', search],
    queryFn: ({ signal, pageParam }) => {
      const query = incidentsParts(search);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get<Page<IncidentView>>(`/incidents?${query}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });

/** How many wait of those that are looked at: each severity and status is counted, whichever of them is chosen. */
export function incidentsSummaryQuery({ integration, owner, subject, q }: IncidentsSearch) {
  const of = kept<IncidentsSearch>({ integration, owner, subject, q });
  return queryOptions({
    queryKey: [...INCIDENTS_KEY, 'summary', of],
    queryFn: ({ signal }) => get<IncidentsSummary>(`/incidents/summary?${incidentsParts(of)}`, signal),
    staleTime: FRESH_MS,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

/** Those that were opened last, whatever else is filtered: short, and asked for often. */
export const latestIncidentsQuery = queryOptions({
  queryKey: [...INCIDENTS_KEY, 'latest'],
  queryFn: async ({ signal }) => (await get<Page<IncidentView>>('/incidents?sort=newest&limit=50', signal)).items,
  refetchInterval: NEWS_MS,
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...INCIDENTS_KEY, 'one', id],
    queryFn: ({ signal }) => get<IncidentDetail>(at('incidents', id), signal),
    staleTime: FRESH_MS,
    refetchInterval: EVERY_MS,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: [...INCIDENTS_KEY, 'timeline', id],
    queryFn: ({ signal }) => get<IncidentTimeline>(`${at('incidents', id)}/timeline`, signal),
    staleTime: FRESH_MS,
    refetchInterval: EVERY_MS,
  });

/** As the host has it. */
export const MOST_AT_ONCE = 500;

/** Changes incidents, says how many, and has all that shows them read anew. */
export function useIncidentsChange(onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ change, ids }: { readonly change: IncidentChangeInput; readonly ids: readonly string[] }) => {
      const input: IncidentsChangeInput = { change, ids };
      return post<IncidentsChanged>('/incidents/changes', input);
    },
    onSuccess: async ({ changed }, { change, ids }) => {
      notifications.show({ message: changedWords(change, changed, ids.length) });
      await Promise.all([
        queries.invalidateQueries({ queryKey: INCIDENTS_KEY }),
        // Those of an incident end with it.
        queries.invalidateQueries({ queryKey: FINDINGS_KEY }),
      ]);
      onDone();
    },
  });
}
