import { SEVERITIES, type RuleView } from '@castellan/api';
import type { RulesSearch } from './detection-search.js';
import { isChanged, shownLevel } from './rule-words.js';

/**
 * Those that the address asks for, in its order.
 * @param saying ids of rules that say the words in their text; left out: not known yet
 */
export function shownRules(
  rules: readonly RuleView[],
  search: RulesSearch,
  saying: ReadonlySet<string> = new Set(),
): readonly RuleView[] {
  return rules.filter((rule) => isShown(rule, search, saying)).toSorted(search.sort === 'hits' ? byHits : byLevel);
}

const rank = (rule: RuleView): number => SEVERITIES.indexOf(shownLevel(rule));
const byTitle = (one: RuleView, other: RuleView): number => one.title.localeCompare(other.title, 'en');
const byLevel = (one: RuleView, other: RuleView): number => rank(other) - rank(one) || byTitle(one, other);
const byHits = (one: RuleView, other: RuleView): number => other.hits - one.hits || byLevel(one, other);

function isShown(rule: RuleView, search: RulesSearch, saying: ReadonlySet<string>): boolean {
  const { level, kind, technique, tactic, source, state, hits, q } = search;
  const { techniques } = rule;
  return (
    (level === undefined || shownLevel(rule) === level) &&
    (kind === undefined || rule.kind === kind) &&
    (technique === undefined || techniques.some(({ id }) => isPartOf(id, technique))) &&
    (tactic === undefined || techniques.some(({ tactics }) => tactics.includes(tactic))) &&
    (source === undefined || rule.source === source) &&
    (state === undefined || (state === 'changed' ? isChanged(rule) : rule.enabled === (state === 'on'))) &&
    (hits === undefined || rule.hits > 0 === (hits === 'some')) &&
    (saying.has(rule.id) || isMeant(rule, q))
  );
}

/** `T1110.003` is part of `T1110`. */
export function isPartOf(id: string, technique: string): boolean {
  return id === technique || id.startsWith(`${technique}.`);
}

/** All words, wherever they stand. */
function isMeant(rule: RuleView, q = ''): boolean {
  const { title, name, id, description, author, techniques } = rule;
  const text = [title, name, id, description, author, ...techniques.flatMap((one) => [one.id, one.name])]
    .join(' ')
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
