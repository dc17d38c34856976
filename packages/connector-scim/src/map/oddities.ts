import type { Logger } from '@castellan/connector-sdk';

/** Most different fields that are told apart; beyond it a service with made-up names would fill memory and log. */
const MOST = 200;
/** A field's name comes from outside and goes to the log. */
const LONGEST_NAME = 120;

/** What this run met and did not understand: said once for each field, never with its value. The row itself is kept. */
export class Oddities {
  readonly #logger: Logger;
  readonly #known = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  note(kind: string, field: string, reason: 'wrong type' | 'not a date'): void {
    const name = field.slice(0, LONGEST_NAME);
    const key = JSON.stringify([kind, name, reason]);
    if (this.#known.has(key) || this.#known.size >= MOST) return;
    this.#known.add(key);
    this.#logger.warn('field not understood', { kind, field: name, reason });
  }
}
