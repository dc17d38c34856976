import type { EventReader } from './event-reader.js';
import type { Expression, Matcher } from './expression.js';
import { MOST_OF_FIELD } from './field.js';
import { MADE } from './later.js';
import { sizeOf } from './some-value.js';
import { literalOf, roomOf, type TextPattern } from './text-pattern.js';

// In ms, as `npm run bench -- detection-hostile` has shown them.
const PLAIN = 0.05;
const SEARCHED = 1.5;
/** What has a bound of its own takes as long at most. */
const BOUNDED = 20;

/** How long what a rule asks may take, in ms: of an event that was written to be slow, and of one as it is. */
export class Weight {
  #most = 0;
  #anywhere = 0;
  /** Of what somebody else has written; what is made of an event is short. */
  readonly #byField = new Map<string, number>();

  constructor(of: Iterable<Expression>) {
    for (const expression of of) this.#add(expression);
  }

  /** Whatever the event is. */
  get most(): number {
    return this.#most;
  }

  of(event: unknown, reader: EventReader): number {
    let weight = this.#anywhere === 0 ? 0 : this.#anywhere * (sizeOf(event, MOST_OF_FIELD) / MOST_OF_FIELD);
    for (const [field, most] of this.#byField) weight += most * (reader.field(field).characters(event) / MOST_OF_FIELD);
    return weight;
  }

  #add(expression: Expression): void {
    switch (expression.type) {
      case 'and':
      case 'or':
        for (const one of expression.of) this.#add(one);
        return;
      case 'not':
      case 'search':
        return this.#add(expression.of);
      case 'keyword':
        this.#most += BOUNDED;
        this.#anywhere += BOUNDED;
        return;
      case 'field': {
        const { field, matcher } = expression;
        const weight = leafWeight(matcher);
        this.#most += weight;
        if (!field.toLowerCase().startsWith(`${MADE}.`)) this.#byField.set(field, (this.#byField.get(field) ?? 0) + weight);
      }
    }
  }
}

function leafWeight(matcher: Matcher): number {
  switch (matcher.kind) {
    case 'regex':
    case 'field':
      return BOUNDED;
    case 'text':
      return patternWeight(matcher.pattern);
    default:
      return PLAIN;
  }
}

/** What has little room has it because it may take so long. */
function patternWeight(pattern: TextPattern): number {
  if (literalOf(pattern) !== undefined) return PLAIN;
  return roomOf(pattern) === Number.POSITIVE_INFINITY ? SEARCHED : BOUNDED;
}
