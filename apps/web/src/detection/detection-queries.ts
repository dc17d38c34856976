import type {
  DetectionListKind,
  DetectionListView,
  DryRunInput,
  DryRunView,
  NamedSuppressionView,
  Page,
  RuleDetail,
  RuleFileDetail,
  RuleFileInput,
  RuleFileView,
  RuleSettingInput,
  RulesView,
  SuppressionInput,
} from '@castellan/api';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, at, get, post, remove } from '../api/ask.js';
import { FINDINGS_KEY } from '../findings/findings-queries.js';
import { INCIDENTS_KEY } from '../incidents/incident-queries.js';

const FRESH_MS = 15_000;

/** Beneath it stands all that a change of rules makes old. */
export const DETECTION_KEY = ['detection'] as const;

export const rulesQuery = queryOptions({
  queryKey: [...DETECTION_KEY, 'rules'],
  queryFn: ({ signal }) => get<RulesView>('/detection/rules', signal),
  staleTime: FRESH_MS,
});

/** Ids of rules that say all words, also in their text, which the list leaves out. */
export const rulesSayingQuery = (q: string) =>
  queryOptions({
    queryKey: [...DETECTION_KEY, 'rules', 'saying', q],
    queryFn: async ({ signal }) => {
      const { items } = await get<RulesView>(`/detection/rules?${new URLSearchParams({ q })}`, signal);
      return new Set(items.map(({ id }) => id));
    },
    staleTime: FRESH_MS,
  });

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: [...DETECTION_KEY, 'rule', id],
    queryFn: ({ signal }) => get<RuleDetail>(at('detection', 'rules', id), signal),
    staleTime: FRESH_MS,
  });

export const suppressionsQuery = queryOptions({
  queryKey: [...DETECTION_KEY, 'suppressions'],
  queryFn: async ({ signal }) =>
    (await get<Pick<Page<NamedSuppressionView>, 'items'>>('/detection/suppressions', signal)).items,
  staleTime: FRESH_MS,
});

export const ruleFilesQuery = queryOptions({
  queryKey: [...DETECTION_KEY, 'files'],
  queryFn: async ({ signal }) => (await get<Pick<Page<RuleFileView>, 'items'>>('/detection/rule-files', signal)).items,
  staleTime: FRESH_MS,
});

export const ruleFileQuery = (id: string) =>
  queryOptions({
    queryKey: [...DETECTION_KEY, 'file', id],
    queryFn: ({ signal }) => get<RuleFileDetail>(at('detection', 'rule-files', id), signal),
    staleTime: FRESH_MS,
  });

export const listsQuery = queryOptions({
  queryKey: [...DETECTION_KEY, 'lists'],
  queryFn: async ({ signal }) => (await get<Pick<Page<DetectionListView>, 'items'>>('/detection/lists', signal)).items,
  staleTime: FRESH_MS,
});

/** Does something with rules, files or lists, and has all that shows them read anew. @param act what is asked of the host */
export function useDetectionChange<Input, Answer>(act: (input: Input) => Promise<Answer>, onDone: (answer: Answer) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: DETECTION_KEY });
      onDone(answer);
    },
  });
}

export const useRuleSetting = (id: string, onDone: () => void) =>
  useDetectionChange(
    (setting: RuleSettingInput) => ask<RuleDetail>('PUT', `${at('detection', 'rules', id)}/setting`, { body: setting }),
    onDone,
  );

export const useRuleReset = (id: string, onDone: () => void) =>
  useDetectionChange(() => remove(`${at('detection', 'rules', id)}/setting`), onDone);

export const useSuppress = (onDone: (made: NamedSuppressionView) => void) =>
  useDetectionChange(
    (input: SuppressionInput) => post<NamedSuppressionView>('/detection/suppressions', input),
    useFoundAnew(onDone),
  );

export const useEndSuppression = (onDone: () => void) =>
  useDetectionChange((id: string) => remove(at('detection', 'suppressions', id)), useFoundAnew(onDone));

/** What is suppressed is excepted, and what is not any more is open again: incidents with it. */
function useFoundAnew<Answer>(onDone: (answer: Answer) => void): (answer: Answer) => void {
  const queries = useQueryClient();
  return (answer) => {
    for (const queryKey of [INCIDENTS_KEY, FINDINGS_KEY]) void queries.invalidateQueries({ queryKey });
    onDone(answer);
  };
}

/** @param id of the file; `undefined`: a new one */
export const useSaveFile = (id: string | undefined, onDone: (file: RuleFileDetail) => void) =>
  useDetectionChange(
    (input: RuleFileInput) =>
      id === undefined
        ? post<RuleFileDetail>('/detection/rule-files', input)
        : ask<RuleFileDetail>('PUT', at('detection', 'rule-files', id), { body: input }),
    onDone,
  );

export const useDeleteFile = (onDone: () => void) =>
  useDetectionChange((id: string) => remove(at('detection', 'rule-files', id)), onDone);

/** Nothing is changed by it, and it takes up to some twenty seconds. */
export const useDryRun = () =>
  useMutation({ mutationFn: (input: DryRunInput) => post<DryRunView>('/detection/dry-run', input) });

export interface ListInput {
  readonly kind: DetectionListKind;
  readonly name: string;
  readonly entries: readonly string[];
}

export const useSaveList = (onDone: () => void) =>
  useDetectionChange(
    ({ kind, name, entries }: ListInput) =>
      ask<DetectionListView>('PUT', at('detection', 'lists', kind, name), { body: { entries } }),
    onDone,
  );

export const useDeleteList = (onDone: () => void) =>
  useDetectionChange(
    ({ kind, name }: Pick<ListInput, 'kind' | 'name'>) => remove(at('detection', 'lists', kind, name)),
    onDone,
  );
