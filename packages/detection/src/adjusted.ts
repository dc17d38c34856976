import type { Bounds, CorrelationRule } from './correlation/correlation-rule.js';
import { spanOf } from './correlation/read-correlation.js';
import { link } from './correlation/linked.js';
import type { RuleBook } from './rule-book.js';
import type { Level, RuleFacts } from './sigma/rule.js';

/** What somebody has set of a rule apart from what it says. */
export interface RuleSetting {
  /** Instead of its own, whatever happens to whom. */
  readonly level?: Level;
  /** Instead of those of a correlation that has some. */
  readonly bounds?: Bounds;
  /** Of a correlation: `90m`. */
  readonly timespan?: string;
}

/** Rules as they are set, by their ids; what is set of one that is not there does nothing. */
export function adjusted(book: RuleBook, settings: ReadonlyMap<string, RuleSetting>): RuleBook {
  if (settings.size === 0) return book;
  const detections = book.detections.map((rule) => levelled(rule, settings.get(rule.id)));
  const correlations = book.linked.correlations.map(({ rule }) => adjustedOne(rule, settings.get(rule.id)));
  const { problems: _none, ...linked } = link(detections, correlations);
  return { ...book, detections, linked };
}

/** Without these rules, by their ids, and without the correlations that are about them: those would take for missing what nobody has looked for. */
export function without(book: RuleBook, ids: ReadonlySet<string>): RuleBook {
  if (ids.size === 0) return book;
  const detections = book.detections.filter(({ id }) => !ids.has(id));
  const correlations = book.linked.correlations.map(({ rule }) => rule).filter(({ id }) => !ids.has(id));
  // What is about a rule that is not there is left out.
  const { problems: _none, ...linked } = link(detections, correlations);
  return { ...book, detections, linked };
}

function levelled<Rule extends RuleFacts>(rule: Rule, setting: RuleSetting | undefined): Rule {
  if (setting?.level === undefined) return rule;
  return { ...rule, level: setting.level, own: { ...rule.own, levels: [] } };
}

function adjustedOne(rule: CorrelationRule, setting: RuleSetting | undefined): CorrelationRule {
  if (setting === undefined) return rule;
  const spanMs = setting.timespan === undefined ? undefined : spanOf(setting.timespan);
  const { bounds } = setting;
  const kind = bounds !== undefined && 'bounds' in rule.kind ? { ...rule.kind, bounds } : rule.kind;
  return { ...levelled(rule, setting), kind, ...(spanMs !== undefined && { spanMs }) };
}
