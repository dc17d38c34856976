import type { Expression } from './expression.js';
import { literalOf } from './text-pattern.js';

/**
 * What a rule cannot match without: one of these texts in that field, in small letters. Rules are looked up by it, so that an
 * event meets only those that may match.
 */
export interface Witness {
  readonly field: string;
  readonly texts: ReadonlySet<string>;
}

/** `undefined`: there is none, and the rule meets every event. Of several that with the fewest texts. */
export function witnessOf(expression: Expression): Witness | undefined {
  switch (expression.type) {
    case 'and':
      return expression.of
        .map(witnessOf)
        .reduce<Witness | undefined>((best, one) => (isNarrower(one, best) ? one : best), undefined);
    case 'or':
      return union(expression.of.map(witnessOf));
    case 'search':
      return witnessOf(expression.of);
    case 'field':
      return leafWitness(expression);
    case 'not':
    case 'keyword':
      return undefined;
  }
}

function isNarrower(one: Witness | undefined, best: Witness | undefined): boolean {
  if (one === undefined) return false;
  return best === undefined || one.texts.size < best.texts.size;
}

/** Of alternatives all must have one, of the same field. */
function union(witnesses: readonly (Witness | undefined)[]): Witness | undefined {
  const texts = new Set<string>();
  const [first] = witnesses;
  for (const witness of witnesses) {
    if (witness === undefined || witness.field !== first?.field) return undefined;
    for (const text of witness.texts) texts.add(text);
  }
  return first === undefined ? undefined : { field: first.field, texts };
}

function leafWitness({ field, matcher }: Extract<Expression, { type: 'field' }>): Witness | undefined {
  if (matcher.kind === 'one_of') return { field, texts: matcher.texts };
  if (matcher.kind !== 'text') return undefined;
  const text = literalOf(matcher.pattern);
  // Of a text with capitals the index says what may match; the rule itself looks at them.
  return text === undefined ? undefined : { field, texts: new Set([text.toLowerCase()]) };
}
