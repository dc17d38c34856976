import { attackFacts } from '@castellan/detection';
import type { WrittenRules } from '../workspace-rules.js';
import { type AnyRule, rulesOf } from './rule-views.js';

/** A document of YAML ends where another begins. */
const BOUNDARY = /^(?:---|\.\.\.)(?=\s|$)/;

/**
 * Rules that have all words somewhere: in what they are called, their techniques, or their text, which names the fields and values
 * that they ask for. What a correlation puts together is asked by it, too.
 */
export function rulesThatSay(written: WrittenRules, words: readonly string[]): ReadonlySet<string> {
  const rules = rulesOf(written.book);
  const texts = textsOf(written, rules);
  const named = new Map(rules.flatMap((rule) => [rule.id, rule.name ?? rule.id].map((name) => [name, rule] as const)));
  const wanted = words.map((word) => sayingOf(word.toLowerCase(), texts, named));
  return new Set(rules.filter((rule) => wanted.every((says) => says(rule))).map(({ id }) => id));
}

/** Each rule is asked once for a word, however many correlations are about it. */
function sayingOf(word: string, texts: ReadonlyMap<AnyRule, string>, named: ReadonlyMap<string, AnyRule>) {
  const known = new Map<AnyRule, boolean>();
  const says = (rule: AnyRule): boolean => {
    const before = known.get(rule);
    if (before !== undefined) return before;
    known.set(rule, false);
    const parts = rule.type === 'correlation' ? rule.rules.flatMap((name) => named.get(name) ?? []) : [];
    const isSaid = texts.get(rule)?.includes(word) === true || parts.some(says);
    known.set(rule, isSaid);
    return isSaid;
  };
  return says;
}

/** In small letters. Each file is gone through once: it may have thousands of rules. */
function textsOf(written: WrittenRules, rules: readonly AnyRule[]): ReadonlyMap<AnyRule, string> {
  const lines = new Map([...written.texts].map(([file, text]) => [file, text.split(/\r?\n/)]));
  return new Map(
    rules.map((rule) => {
      const { id, title, tags, file, line } = rule;
      const techniques = attackFacts(tags).techniques.map(({ name }) => name);
      return [rule, [id, title, ...techniques, ...documentAt(lines.get(file) ?? [], line)].join('\n').toLowerCase()];
    }),
  );
}

/** @param first at which a rule begins, from 1 */
function documentAt(lines: readonly string[], first: number): readonly string[] {
  let end = first;
  while (end < lines.length && !BOUNDARY.test(lines[end] ?? '')) end += 1;
  return lines.slice(first - 1, end);
}
