import type { Expression } from './expression.js';
import { literalOf } from './text-pattern.js';

/**
 * What a rule cannot match without: by field, one of these texts, in small letters. Each field alone will do. Rules are looked up
 * by one of them, so that an event meets only those that may match.
 */
export type Witnesses = ReadonlyMap<string, ReadonlySet<string>>;

const NONE: Witnesses = new Map();

/** Empty: there is none, and the rule meets every event. */
export function witnessesOf(expression: Expression): Witnesses {
  switch (expression.type) {
    case 'and':
      return expression.of.map(witnessesOf).reduce(either, NONE);
    case 'or': {
      const [first = NONE, ...others] = expression.of.map(witnessesOf);
      return others.reduce(union, first);
    }
    case 'search':
      return witnessesOf(expression.of);
    case 'field':
      return leafWitnesses(expression);
    case 'not':
    case 'keyword':
      return NONE;
  }
}

/** Both hold: of one field the fewer texts. */
function either(one: Witnesses, other: Witnesses): Witnesses {
  const all = new Map(one);
  for (const [field, texts] of other) {
    const known = all.get(field);
    if (known === undefined || texts.size < known.size) all.set(field, texts);
  }
  return all;
}

/** One of them holds: of fields that both ask for. */
function union(one: Witnesses, other: Witnesses): Witnesses {
  const both = new Map<string, ReadonlySet<string>>();
  for (const [field, texts] of one) {
    const others = other.get(field);
    if (others !== undefined) both.set(field, new Set([...texts, ...others]));
  }
  return both;
}

function leafWitnesses({ field, matcher }: Extract<Expression, { type: 'field' }>): Witnesses {
  if (matcher.kind === 'one_of') return new Map([[field, matcher.texts]]);
  if (matcher.kind !== 'text') return NONE;
  const text = literalOf(matcher.pattern);
  // Of a text with capitals the index says what may match; the rule itself looks at them.
  return text === undefined ? NONE : new Map([[field, new Set([text.toLowerCase()])]]);
}

/**
 * The field to look rules up by: that in which rules ask for the most different texts, since an event with one of them meets the
 * fewest rules. What is asked for by all (`SUCCESS`) is in most events.
 */
export function bestFields(all: readonly Witnesses[]): (witnesses: Witnesses) => string | undefined {
  const asked = new Map<string, Set<string>>();
  for (const witnesses of all)
    for (const [field, texts] of witnesses) {
      const known = asked.get(field) ?? new Set<string>();
      asked.set(field, known);
      for (const text of texts) known.add(text);
    }
  const spread = (field: string): number => asked.get(field)?.size ?? 0;
  return (witnesses) => [...witnesses.keys()].toSorted((one, other) => spread(other) - spread(one))[0];
}
