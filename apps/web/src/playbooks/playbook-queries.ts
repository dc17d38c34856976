import type {
  Page,
  PlaybookDecisionInput,
  PlaybookDetail,
  PlaybookRunState,
  PlaybookRunView,
  PlaybookSimulation,
  PlaybookStartInput,
  PlaybookStopInput,
  PlaybooksView,
  PlaybookTickInput,
} from '@castellan/api';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ACTIONS_KEY, type ActionCause } from '../actions/action-queries.js';
import { at, get, post } from '../api/ask.js';

const FRESH_MS = 5_000;
/** What goes on is looked at that often; what waits for days less. */
const UNDER_WAY_MS = 1_000;
const WAITING_MS = 10_000;
/** Somebody may look at it, and wait for another to answer. */
const ANSWERED_MS = 2_500;

/** Beneath it stands all that a change of one makes old. */
const PLAYBOOKS_KEY = ['playbooks'] as const;

export const playbooksQuery = queryOptions({
  queryKey: [...PLAYBOOKS_KEY, 'list'],
  queryFn: ({ signal }) => get<PlaybooksView>('/playbooks', signal),
  staleTime: FRESH_MS,
  refetchInterval: WAITING_MS,
});

export const playbookQuery = (id: string) =>
  queryOptions({
    queryKey: [...PLAYBOOKS_KEY, 'one', id],
    queryFn: ({ signal }) => get<PlaybookDetail>(at('playbooks', id), signal),
    staleTime: FRESH_MS,
  });

/** Which runs are listed; left out: all. */
export interface RunsWhere extends ActionCause {
  readonly state?: PlaybookRunState;
  readonly playbook?: string;
  readonly integration?: string;
}

export const runsQuery = (where: RunsWhere) =>
  infiniteQueryOptions({
    queryKey: [...PLAYBOOKS_KEY, 'runs', where],
    queryFn: ({ signal, pageParam }) => {
      const { findingId: finding, incidentId: incident, state, playbook, integration } = where;
      const said = { finding, incident, state, playbook, integration, cursor: pageParam ?? undefined };
      const query = new URLSearchParams(
        Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      return get<Page<PlaybookRunView>>(`/playbook-runs?${query}`, signal);
    },
    initialPageParam: null as string | null, // wider than the value, for the pages after it
    getNextPageParam: ({ next }) => next,
    staleTime: FRESH_MS,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(goesOn)) === true ? UNDER_WAY_MS : WAITING_MS,
    placeholderData: keepPreviousData,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...PLAYBOOKS_KEY, 'run', id],
    queryFn: ({ signal }) => get<PlaybookRunView>(at('playbook-runs', id), signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || goesOn(data)) return UNDER_WAY_MS;
      // Whoever answers elsewhere has it go on.
      return data.state === 'waiting' ? ANSWERED_MS : WAITING_MS;
    },
  });

/** It does something right now. */
function goesOn({ state, waitsFor }: PlaybookRunView): boolean {
  return state === 'running' && waitsFor !== 'event';
}

/** The read of a whole history: it is kept until the page is left. */
export function useSimulation(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (days: number) => post<PlaybookSimulation>(at('playbooks', id, 'simulate'), { days }),
    onSuccess: () => queries.invalidateQueries({ queryKey: PLAYBOOKS_KEY }),
  });
}

export type Switch = 'enable' | 'disable';

export function usePlaybookSwitch(id: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (to: Switch) => post<PlaybookDetail>(at('playbooks', id, to)),
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: PLAYBOOKS_KEY });
    },
  });
}

export function useStart(onDone: (run: PlaybookRunView) => void) {
  return useRunChange(
    ({ playbook, because }: { readonly playbook: string; readonly because: PlaybookStartInput }) =>
      post<PlaybookRunView>(at('playbooks', playbook, 'runs'), because),
    onDone,
  );
}

export function useStop(run: string, onDone: () => void) {
  return useRunChange((input: PlaybookStopInput) => post<PlaybookRunView>(at('playbook-runs', run, 'stop'), input), onDone);
}

export type Decided = 'approve' | 'decline';

export function useStepDecision(run: string, step: string, onDone: () => void) {
  return useRunChange(
    ({ is, ...input }: PlaybookDecisionInput & { readonly is: Decided }) =>
      post<PlaybookRunView>(at('playbook-runs', run, 'steps', step, is), input),
    onDone,
  );
}

export function useTick(run: string, step: string, onDone: () => void) {
  return useRunChange(
    (input: PlaybookTickInput) => post<PlaybookRunView>(at('playbook-runs', run, 'steps', step, 'tick'), input),
    onDone,
  );
}

/** Whatever changes a run may change what was asked for by it. */
function useRunChange<Input>(change: (input: Input) => Promise<PlaybookRunView>, onDone: (run: PlaybookRunView) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: onDone,
    onSettled: () => Promise.all([PLAYBOOKS_KEY, ACTIONS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
