import type { DetectionKind, RuleDetail, RuleSettingView, RulesView, RuleView, Severity } from '@castellan/api';
import {
  ATTACK_VERSION,
  attackFacts,
  type CorrelationRule,
  type DetectionRule,
  expressionLine,
  type RuleBook,
  ruleText,
  type SetBounds,
  spanText,
} from '@castellan/detection';
import { type HitsOfDay, type Queries, ruleHits, ruleSettings, type StoredRuleSetting } from '@castellan/storage';
import type { WrittenRules } from '../workspace-rules.js';
import { problemView } from './problem-view.js';

export type AnyRule = DetectionRule | CorrelationRule;

const HITS_DAYS = 30;

/**
 * Rules of a workspace, ours first, in the order in which they stand in their files.
 * @param only ids of those that are meant; left out: all
 */
export async function rulesView(
  queries: Queries,
  workspaceId: string,
  written: WrittenRules,
  only?: ReadonlySet<string>,
): Promise<RulesView> {
  const settings = await ruleSettings(queries, workspaceId);
  const hits = new Map<string, number>();
  for (const { rule, hits: more } of await ruleHits(queries, workspaceId, HITS_DAYS))
    hits.set(rule, (hits.get(rule) ?? 0) + more);
  const files = [...written.texts.keys()];
  const items = rulesOf(written.book)
    .filter(({ id }) => only?.has(id) ?? true)
    .toSorted((one, other) => files.indexOf(one.file) - files.indexOf(other.file) || one.line - other.line)
    .map((rule) => ruleView(written, rule, settings.get(rule.id), hits.get(rule.id) ?? 0));
  return {
    items,
    attackVersion: ATTACK_VERSION,
    problems: written.book.problems.map((one) => problemView(one, written.fileIds)),
  };
}

export async function ruleDetail(
  queries: Queries,
  workspaceId: string,
  written: WrittenRules,
  rule: AnyRule,
): Promise<RuleDetail> {
  const setting = (await ruleSettings(queries, workspaceId)).get(rule.id);
  const byDay = await ruleHits(queries, workspaceId, HITS_DAYS, rule.id);
  const { status, references, falsePositives, own } = rule;
  return {
    ...ruleView(written, rule, setting, sumOf(byDay)),
    status: status ?? null,
    references,
    falsePositives,
    response: own.response,
    levels: own.levels.map(({ level, when }) => ({ level, when: expressionLine(when) })),
    bounds: boundsOf(rule) ?? null,
    timespan: rule.type === 'correlation' ? spanText(rule.spanMs) : null,
    rules: rule.type === 'correlation' ? partsOf(written.book, rule) : [],
    text: ruleText(written.texts.get(rule.file) ?? '', rule.line),
    hitsByDay: byDay.map(({ day, hits }) => ({ day, hits })),
  };
}

export function rulesOf(book: RuleBook): readonly AnyRule[] {
  return [...book.detections, ...book.linked.correlations.map(({ rule }) => rule)];
}

export function ruleOf(book: RuleBook, id: string): AnyRule | undefined {
  return rulesOf(book).find((rule) => rule.id === id);
}

/** Of a correlation that compares a number. */
export function boundsOf(rule: AnyRule): SetBounds | undefined {
  if (rule.type !== 'correlation' || !('bounds' in rule.kind)) return undefined;
  return rule.kind.type === 'ratio' ? { ...rule.kind.bounds, least: rule.kind.least } : rule.kind.bounds;
}

function ruleView({ book, ours }: WrittenRules, rule: AnyRule, setting: StoredRuleSetting | undefined, hits: number): RuleView {
  const { id, name, title, description, author, level, own, tags, file } = rule;
  const kind: DetectionKind = rule.type === 'detection' ? 'detection' : rule.kind.type;
  return {
    id,
    name: name ?? null,
    title,
    description: description ?? null,
    author: author ?? null,
    kind,
    level,
    confidence: own.confidence,
    techniques: attackFacts(tags).techniques,
    source: ours.has(file) ? 'ours' : file,
    isTold: !book.silent.has(id),
    enabled: setting?.enabled ?? true,
    setting: setting === undefined ? null : settingView(setting),
    hits,
  };
}

/** As it is shown, and written down in the audit log. */
export function settingView({
  enabled,
  level,
  bounds,
  timespan,
  reason,
  changedBy,
  changedAt,
}: StoredRuleSetting): RuleSettingView {
  return {
    enabled,
    // Only levels are let in.
    level: level as Severity | null,
    bounds,
    timespan,
    reason,
    changedBy: changedBy.name,
    changedAt: changedAt.toISOString(),
  };
}

function partsOf(book: RuleBook, { rules }: CorrelationRule): RuleDetail['rules'] {
  return rules.flatMap((named) => {
    const part = rulesOf(book).find(({ id, name }) => id === named || name === named);
    return part === undefined ? [] : [{ id: part.id, title: part.title }];
  });
}

function sumOf(days: readonly HitsOfDay[]): number {
  let sum = 0;
  for (const { hits } of days) sum += hits;
  return sum;
}
