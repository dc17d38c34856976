import { nearKey } from '../sigma/near-name.js';
import { RuleError } from '../sigma/rule-error.js';
import { namesOf, type RuleFacts } from '../sigma/rule.js';
import type { CorrelationRule } from './correlation-rule.js';

/** So many of a rule are looked for among its names: to look for each among thousands takes a while. */
const MOST = 5;

/**
 * An alias that says what it means in the events of a rule that the correlation is not about: of those that were meant nothing is
 * grouped. Rules have two names, so that this is known when all are read.
 * @param known by id and name
 */
export function aliasMistakes(
  { aliases, rules }: CorrelationRule,
  known: ReadonlyMap<string, RuleFacts>,
): readonly RuleError[] {
  const about = rules.map((name) => known.get(name));
  // Which names those have that are not there nobody knows; that is told.
  if (about.includes(undefined)) return [];
  const names = new Set(about.flatMap((one) => (one === undefined ? [] : namesOf(one))));
  const wrong = [...aliases].flatMap(([alias, fields]) =>
    [...fields.keys()].filter((rule) => !names.has(rule)).map((rule) => [alias, rule] as const),
  );
  return wrong.slice(0, MOST).map(([alias, rule]) => {
    const near = nearKey(rule, rules);
    const hint = near === undefined ? '' : `: is "${near}" meant?`;
    return new RuleError(`"rules" does not name "${rule}"${hint}`, ['correlation', 'aliases', alias, rule]);
  });
}
