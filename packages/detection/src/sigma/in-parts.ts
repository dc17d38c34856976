import type { EventReader } from './event-reader.js';
import type { Expression } from './expression.js';
import { predicateOf } from './predicate.js';
import { cheapFirst } from './questions.js';

/** Asks one part of a rule, which takes a moment; others may be served before it. */
export type AskPart = (part: () => boolean) => Promise<boolean>;

/** Whether an event is what a rule asks for, where that may take too long to be asked at once. */
export async function holdsInParts(
  expression: Expression,
  event: unknown,
  reader: EventReader,
  ask: AskPart,
): Promise<boolean> {
  switch (expression.type) {
    case 'and':
      for (const one of cheapFirst(expression.of)) if (!(await holdsInParts(one, event, reader, ask))) return false;
      return true;
    case 'or':
      for (const one of cheapFirst(expression.of)) if (await holdsInParts(one, event, reader, ask)) return true;
      return false;
    case 'not':
      return !(await holdsInParts(expression.of, event, reader, ask));
    case 'search':
      return holdsInParts(expression.of, event, reader, ask);
    case 'field':
    case 'keyword':
      return ask(() => predicateOf(expression, reader)(event));
  }
}
