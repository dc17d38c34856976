import { asText, Field } from '../sigma/field.js';
import type { Expression } from '../sigma/expression.js';
import { predicateOf } from '../sigma/predicate.js';

/** A part of a condition, and whether an event is what it asks for. */
export interface Explained {
  /** `selection`, or the line of the rule: `eventType: user.session.start`. */
  readonly says: string;
  readonly holds: boolean;
  /** What the event has in that field: the first few values. */
  readonly values?: readonly string[];
  readonly of?: readonly Explained[];
}

const MOST_VALUES = 5;
const LONGEST = 200;

/** How an event and what a rule asks of it came together, part by part. */
export function explain(expression: Expression, event: unknown): Explained {
  const holds = predicateOf(expression)(event);
  switch (expression.type) {
    case 'and':
      return { says: 'all of', holds, of: expression.of.map((one) => explain(one, event)) };
    case 'or':
      return { says: 'one of', holds, of: expression.of.map((one) => explain(one, event)) };
    case 'not':
      return { says: 'not', holds, of: [explain(expression.of, event)] };
    case 'search':
      return { says: expression.name, holds, of: [explain(expression.of, event)] };
    case 'field':
      return { says: expression.as, holds, values: valuesOf(expression.field, event) };
    case 'keyword':
      return { says: expression.as, holds };
  }
}

function valuesOf(field: string, event: unknown): readonly string[] {
  const values: string[] = [];
  new Field(field).some(event, (value) => {
    const text = asText(value);
    if (text !== undefined) values.push(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
    return values.length === MOST_VALUES;
  });
  return values;
}
