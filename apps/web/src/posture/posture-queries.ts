import type {
  CheckDetail,
  CheckSettingsInput,
  CheckView,
  FindingView,
  FrameworkView,
  LookAsked,
  Page,
  PostureOverview,
} from '@castellan/api';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at, get, post } from '../api/ask.js';
import { FINDINGS_KEY } from '../findings/findings-queries.js';

const FRESH_MS = 15_000;
/** While somebody waits for a look, or for the first one: it takes seconds. */
const SOON_MS = 2_500;
const EVERY_MS = 30_000;

export const POSTURE_KEY = ['posture'] as const;

const of = (integration: string | undefined): string =>
  integration === undefined ? '' : `?${new URLSearchParams({ integration })}`;

export const overviewQuery = (integration: string | undefined) =>
  queryOptions({
    queryKey: [...POSTURE_KEY, 'overview', integration],
    queryFn: ({ signal }) => get<PostureOverview>(`/posture/overview${of(integration)}`, signal),
    staleTime: 5_000,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.pending > 0 || data.areas.length === 0) ? SOON_MS : EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const checksQuery = (integration: string | undefined) =>
  queryOptions({
    queryKey: [...POSTURE_KEY, 'checks', integration],
    queryFn: async ({ signal }) =>
      (await get<{ readonly items: readonly CheckView[] }>(`/posture/checks${of(integration)}`, signal)).items,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const checkQuery = (check: string, integration: string | undefined) =>
  queryOptions({
    queryKey: [...POSTURE_KEY, 'check', check, integration],
    queryFn: ({ signal }) => get<CheckDetail>(`${at('posture', 'checks', check)}${of(integration)}`, signal),
    staleTime: FRESH_MS,
  });

export const frameworksQuery = (integration: string | undefined) =>
  queryOptions({
    queryKey: [...POSTURE_KEY, 'frameworks', integration],
    queryFn: async ({ signal }) =>
      (await get<{ readonly items: readonly FrameworkView[] }>(`/posture/frameworks${of(integration)}`, signal)).items,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

/** On paper nobody turns a page of a list: the worst of them, and the whole list is behind a link. */
const MOST_NAMED = 25;

/** Critical and high findings that are to be worked through, the worst first. */
export const worstFindingsQuery = (integration: string | undefined) =>
  queryOptions({
    queryKey: [...FINDINGS_KEY, 'worst', integration],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams([
        ['severity', 'critical'],
        ['severity', 'high'],
        ['limit', String(MOST_NAMED)],
        ...(integration === undefined ? [] : [['integration', integration]]),
      ]);
      return (await get<Page<FindingView>>(`/findings?${query}`, signal)).items;
    },
    staleTime: FRESH_MS,
  });

/** Has integrations looked at again. */
export function useLook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (integrations: readonly string[]) =>
      Promise.all(integrations.map((id) => post<LookAsked>(`${at('integrations', id)}/posture/look`))),
    // Its number of those that wait says the rest.
    onSuccess: () => queries.invalidateQueries({ queryKey: [...POSTURE_KEY, 'overview'] }),
  });
}

/** Sets what a workspace may set of a check. */
export function useCheckSettings(check: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: CheckSettingsInput) =>
      ask<CheckDetail>('PUT', `${at('posture', 'checks', check)}/settings`, { body: settings }),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: POSTURE_KEY }),
        queries.invalidateQueries({ queryKey: FINDINGS_KEY }),
      ]);
      onDone();
    },
  });
}
