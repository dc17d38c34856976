import type { Bounds, CorrelationKind, CorrelationRule } from './correlation/correlation-rule.js';
import { spanOf } from './correlation/read-correlation.js';
import { link } from './correlation/linked.js';
import type { RuleBook } from './rule-book.js';
import type { Level, RuleFacts } from './sigma/rule.js';

/** The numbers of a correlation that can be set. */
export interface SetBounds extends Bounds {
  /** Of a ratio: of how many at least. */
  readonly least?: number;
}

/** What somebody has set of a rule apart from what it says. */
export interface RuleSetting {
  /** Instead of its own, whatever happens to whom. */
  readonly level?: Level;
  /** Instead of those of a correlation that has some; one that compares nothing leaves what the rule compares. */
  readonly bounds?: SetBounds;
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
  const kind = setting.bounds === undefined ? rule.kind : bounded(rule.kind, setting.bounds);
  return { ...levelled(rule, setting), kind, ...(spanMs !== undefined && { spanMs }) };
}

function bounded(kind: CorrelationKind, { least, ...compared }: SetBounds): CorrelationKind {
  if (!('bounds' in kind)) return kind;
  const own = Object.keys(compared).length === 0 ? kind : { ...kind, bounds: compared };
  return own.type === 'ratio' && least !== undefined ? { ...own, least } : own;
}
