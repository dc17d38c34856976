import { Field } from './field.js';
import type { Predicate } from './predicate.js';

export type Texts = (event: unknown) => readonly string[];

/**
 * Reads events for many rules, one event after the other: most ask the same of the same fields, and what was answered once is
 * remembered up to the next event.
 */
export class EventReader {
  readonly #fields = new Map<string, Field>();
  readonly #together = new Map<string, Texts>();
  readonly #answers = new Map<string, Predicate>();

  field(name: string): Field {
    return known(this.#fields, name, () => new Field(name));
  }

  texts(name: string): Texts {
    const field = this.field(name);
    return (event) => field.texts(event);
  }

  /** Texts of several fields at once, which are read from an event once. @param fields in their order, at least two */
  together(fields: readonly string[], read: Texts): Texts {
    return known(this.#together, JSON.stringify(fields), () => remembered(read));
  }

  /** @param question what is asked, whoever asks it; `undefined`: nobody else does */
  answer(question: string | undefined, make: () => Predicate): Predicate {
    if (question === undefined) return make();
    return known(this.#answers, question, () => remembered(make()));
  }
}

function known<Value>(values: Map<string, Value>, name: string, make: () => Value): Value {
  let value = values.get(name);
  if (value === undefined) values.set(name, (value = make()));
  return value;
}

/** No event. */
const NONE = Symbol('none');

/** @returns the same, which looks at an event once as long as no other comes between */
export function remembered<Value>(read: (event: unknown) => Value): (event: unknown) => Value {
  let last: unknown = NONE;
  let value: Value;
  return (event) => {
    if (event === last) return value;
    value = read(event);
    last = event;
    return value;
  };
}
