import type { CorrelationRule } from './correlation/correlation-rule.js';
import { link } from './correlation/linked.js';
import type { RuleBook } from './rule-book.js';
import type { DetectionRule, RuleFacts } from './sigma/rule.js';

/** Rules of which all that is told is an episode: of a detection, what one actor does within an hour is one. */
export interface FoldedBook {
  readonly book: RuleBook;
  /** What an episode is of: the rule that somebody has written. */
  ruleOf(correlation: RuleFacts): RuleFacts;
}

const FOLD_MS = 3_600_000;
/** Of somebody, or else from somewhere. */
const WHO = 'x.who';

export function folded(book: RuleBook): FoldedBook {
  const known = book.linked.correlations.map(({ rule }) => rule);
  const loud = book.detections.filter(({ id }) => !book.silent.has(id));
  const folds = new Map(loud.map((rule) => [foldOf(rule), rule]));
  const { problems: _none, ...linked } = link(book.detections, [...known, ...folds.keys()]);
  const silent = new Set([...book.silent, ...book.detections.map(({ id }) => id)]);
  const originals = new Map<string, RuleFacts>([...folds].map(([fold, rule]) => [fold.id, rule]));
  return { book: { ...book, linked, silent }, ruleOf: (correlation) => originals.get(correlation.id) ?? correlation };
}

function foldOf({ expression: _expression, logSource: _source, fields: _fields, ...facts }: DetectionRule): CorrelationRule {
  return {
    ...facts,
    type: 'correlation',
    id: `${facts.id}, each`,
    name: undefined,
    kind: { type: 'event_count', bounds: { gte: 1 } },
    rules: [facts.id],
    groupBy: [WHO],
    aliases: new Map(),
    spanMs: FOLD_MS,
    generate: true,
  };
}
