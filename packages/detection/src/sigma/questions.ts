import type { Expression, Matcher } from './expression.js';

/** Longer lists are the own of one rule. */
const MOST_TEXTS = 32;

/** What is asked of a field, as a text: who asks the same has the same. `undefined`: that cannot be said, or is long. */
export function questionOf(field: string, matcher: Matcher): string | undefined {
  switch (matcher.kind) {
    case 'addresses':
      return undefined;
    case 'one_of':
      return matcher.texts.size > MOST_TEXTS ? undefined : JSON.stringify([field, 'one_of', [...matcher.texts].toSorted()]);
    case 'regex':
      return JSON.stringify([field, 'regex', matcher.regex.pattern(), matcher.regex.flags()]);
    case 'text': {
      const parts = matcher.pattern.map((part) => (typeof part === 'string' ? part : [part.description]));
      return JSON.stringify([field, 'text', matcher.cased, parts]);
    }
    case 'number':
    case 'time':
    case 'nothing':
    case 'exists':
    case 'field':
      return JSON.stringify([field, matcher]);
  }
}

/** What all of them say does not depend on their order; how long it takes does. */
export function cheapFirst(of: readonly Expression[]): readonly Expression[] {
  return of.toSorted((one, other) => costOf(one) - costOf(other));
}

/** Roughly: 1 is a look at a field that is written in the event. */
function costOf(expression: Expression): number {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.of.reduce((sum, one) => sum + costOf(one), 0);
    case 'not':
    case 'search':
      return costOf(expression.of);
    case 'keyword':
      return 100;
    case 'field':
      return leafCost(expression.matcher) + (isMade(expression.field) ? 10 : 0);
  }
}

/** What is known of an event is made when it is asked for. */
const isMade = (field: string): boolean => field.startsWith('x.');

function leafCost({ kind }: Matcher): number {
  if (kind === 'regex' || kind === 'addresses') return 20;
  return kind === 'field' || kind === 'time' ? 3 : 1;
}
