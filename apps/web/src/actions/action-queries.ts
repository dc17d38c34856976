import type {
  ActionDecisionsInput,
  ActionDecisionsView,
  ActionPlanInput,
  ActionPlanView,
  ActionRequestInput,
  ActionRequestView,
  ActionState,
  OfferedActions,
  Page,
  ResponsePart,
  ResponseSubjects,
  ResponseView,
} from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { at, get, post } from '../api/ask.js';

const FRESH_MS = 5_000;
/** What is under way is looked at that often; what waits for somebody less. */
const UNDER_WAY_MS = 1_000;
const WAITING_MS = 10_000;
/** Somebody may look at it, and wait for another to agree. */
const PROPOSED_MS = 2_500;
const PART = 50;

/** Beneath it stands all that an action makes old. */
export const ACTIONS_KEY = ['actions'] as const;

/** What something is done to: a record, or an address. */
export interface ActionPlace {
  readonly integration: string;
  readonly kind: string;
  readonly key: string;
}

/** What was asked for because of a finding or an incident. */
export interface ActionCause {
  readonly findingId?: string;
  readonly incidentId?: string;
}

export const offeredQuery = (integration: string) =>
  queryOptions({
    queryKey: [...ACTIONS_KEY, 'offered', integration],
    queryFn: ({ signal }) => get<OfferedActions>(`${at('integrations', integration)}/actions`, signal),
    // What is granted may be otherwise soon.
    staleTime: FRESH_MS,
  });

const responsePath = ({ integration, kind, key }: ActionPlace): string =>
  `${at('integrations', integration, 'records', kind, key)}/response`;

export const responseQuery = (place: ActionPlace) =>
  queryOptions({
    queryKey: [...ACTIONS_KEY, 'response', place],
    queryFn: ({ signal }) => get<ResponseView>(responsePath(place), signal),
    staleTime: FRESH_MS,
  });

export const responsePartQuery = (place: ActionPlace, relation: string) =>
  infiniteQueryOptions({
    queryKey: [...ACTIONS_KEY, 'response', place, relation],
    queryFn: ({ signal, pageParam }) =>
      get<ResponsePart>(`${responsePath(place)}${at(relation)}?offset=${pageParam}&limit=${PART}`, signal),
    initialPageParam: 0,
    getNextPageParam: ({ offset, items, total }) => (offset + items.length < total ? offset + items.length : undefined),
    staleTime: FRESH_MS,
  });

export const subjectsQuery = ({ findingId, incidentId }: ActionCause) =>
  queryOptions({
    queryKey: [...ACTIONS_KEY, 'subjects', findingId, incidentId],
    queryFn: ({ signal }) => {
      const of = incidentId === undefined ? at('findings', findingId ?? '') : at('incidents', incidentId);
      return get<ResponseSubjects>(`${of}/response`, signal);
    },
    staleTime: FRESH_MS,
  });

/** Which requests are listed; left out: all. */
export interface RequestsWhere extends ActionCause {
  readonly state?: Exclude<ActionState, 'undone'>;
  readonly integration?: string;
  /** What a run of a playbook has asked for, and what it has found asked for. */
  readonly run?: string;
  /** `none`: what was asked for by itself. */
  readonly batch?: string;
  /** How many of them at once. */
  readonly limit?: number;
}

export const requestsQuery = (where: RequestsWhere) =>
  infiniteQueryOptions({
    queryKey: [...ACTIONS_KEY, 'requests', where],
    queryFn: ({ signal, pageParam }) => {
      const { findingId: finding, incidentId: incident, ...others } = where;
      const parts = Object.entries({ finding, incident, ...others, cursor: pageParam ?? undefined });
      const query = new URLSearchParams(parts.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
      return get<Page<ActionRequestView>>(`/actions?${query}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isUnderWay)) === true ? UNDER_WAY_MS : WAITING_MS,
    placeholderData: keepPreviousData,
  });

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACTIONS_KEY, 'one', id],
    queryFn: ({ signal }) => get<ActionRequestView>(at('actions', id), signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || isUnderWay(data)) return UNDER_WAY_MS;
      return data.state === 'proposed' ? PROPOSED_MS : WAITING_MS;
    },
  });

/** It goes on by itself, soon: what was done by hand may take a day to show. */
export function isUnderWay({ state, endedAt, byHand }: ActionRequestView): boolean {
  return endedAt === null && state !== 'proposed' && !byHand;
}

export const planQuery = (integration: string, wanted: ActionPlanInput | undefined) =>
  queryOptions({
    queryKey: ['action-plan', integration, wanted],
    queryFn: async ({ client }) => {
      // Also where it is refused: it may have found that something is granted, or is not any more.
      const learned = (): void => void client.invalidateQueries({ queryKey: offeredQuery(integration).queryKey });
      return post<ActionPlanView>(`${at('integrations', integration)}/actions/plan`, wanted).finally(learned);
    },
    enabled: wanted !== undefined,
    // Each look at the provider is made because somebody wants it.
    retry: false,
    staleTime: 0,
    gcTime: 0,
    // What was typed below the plan would be gone.
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });

export function useRequest(onDone: (request: ActionRequestView) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ActionRequestInput) => post<ActionRequestView>('/actions', input),
    onSuccess: async (request) => {
      onDone(request);
      await queries.invalidateQueries({ queryKey: ACTIONS_KEY });
    },
  });
}

export type Decision = 'approve' | 'reject' | 'withdraw';

export function useDecision(id: string, onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => post<ActionRequestView>(at('actions', id, decision)),
    onSettled: () => queries.invalidateQueries({ queryKey: ACTIONS_KEY }),
    onSuccess: onDone,
  });
}

/** Of several at once. */
export function useDecisions(onDone: (result: ActionDecisionsView) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ActionDecisionsInput) => post<ActionDecisionsView>('/actions/decisions', input),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ACTIONS_KEY }),
  });
}
