import type {
  ActionBatchInput,
  ActionBatchPlanInput,
  ActionBatchPlanView,
  ActionBatchState,
  ActionBatchUndoView,
  ActionBatchView,
  Page,
} from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { at, get, post } from '../api/ask.js';
import { ACTIONS_KEY, offeredQuery } from './action-queries.js';

const UNDER_WAY_MS = 1_000;
const WAITING_MS = 10_000;
/** Somebody may look at it, and wait for another to agree. */
const PROPOSED_MS = 2_500;

export const batchPlanQuery = (integration: string, wanted: ActionBatchPlanInput) =>
  queryOptions({
    queryKey: ['action-batch-plan', integration, wanted],
    queryFn: async ({ client }) => {
      const learned = (): void => void client.invalidateQueries({ queryKey: offeredQuery(integration).queryKey });
      return post<ActionBatchPlanView>(`${at('integrations', integration)}/actions/plan-batch`, wanted).finally(learned);
    },
    // Each look at the provider is made because somebody wants it.
    retry: false,
    staleTime: 0,
    gcTime: 0,
    // What was typed below the plans would be gone.
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACTIONS_KEY, 'batch', id],
    queryFn: ({ signal }) => get<ActionBatchView>(at('action-batches', id), signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || data.state === 'running') return UNDER_WAY_MS;
      return data.state === 'proposed' ? PROPOSED_MS : WAITING_MS;
    },
  });

/** Which batches are listed; left out: all. */
interface BatchesWhere {
  readonly state?: ActionBatchState;
  readonly integration?: string;
}

export const batchesQuery = ({ state, integration }: BatchesWhere) =>
  infiniteQueryOptions({
    queryKey: [...ACTIONS_KEY, 'batches', state, integration],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({
        ...(state !== undefined && { state }),
        ...(integration !== undefined && { integration }),
        ...(pageParam !== null && { cursor: pageParam }),
      });
      return get<Page<ActionBatchView>>(`/action-batches?${query}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((one) => one.state === 'running')) === true ? UNDER_WAY_MS : WAITING_MS,
    placeholderData: keepPreviousData,
  });

export function useBatchRequest(onDone: (batch: ActionBatchView) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ActionBatchInput) => post<ActionBatchView>('/action-batches', input),
    onSuccess: async (batch) => {
      onDone(batch);
      await queries.invalidateQueries({ queryKey: ACTIONS_KEY });
    },
  });
}

/** What takes it back, as it is when somebody asks. */
export function useBatchUndo(id: string, onDone: (undo: ActionBatchUndoView) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => get<ActionBatchUndoView>(at('action-batches', id, 'undo')),
    onSuccess: onDone,
    // Somebody else may have taken it back meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ACTIONS_KEY }),
  });
}

export type BatchDecision = 'approve' | 'reject' | 'withdraw' | 'stop';

export function useBatchDecision(id: string, onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: BatchDecision) => post<ActionBatchView>(at('action-batches', id, decision)),
    onSettled: () => queries.invalidateQueries({ queryKey: ACTIONS_KEY }),
    onSuccess: onDone,
  });
}
