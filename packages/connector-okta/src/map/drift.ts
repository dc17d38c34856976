import type { Logger } from '@castellan/connector-sdk';
import { HarmlessNames } from './redact.js';

/** Why a field was not understood. */
export type DriftReason =
  | 'unknown field'
  | 'wrong type'
  | 'not a date'
  | 'not a duration'
  | 'not an id'
  | 'not a finite number'
  | 'unknown value';

/** Most different fields that are told apart; beyond it an org with made-up names would fill memory and log. */
const MOST_FIELDS = 500;
/** A field's name comes from outside and goes to the log. */
const LONGEST_NAME = 120;

/**
 * What this run met and did not understand. Nothing is lost over it (the object is kept as it came), but a person learns
 * that Okta has changed before somebody misses the data.
 */
export class Drift {
  /** Names that redaction has looked at and found to be no secret's. */
  readonly harmless = new HarmlessNames();
  readonly #logger: Logger;
  readonly #counts = new Map<
    string,
    { readonly kind: string; readonly field: string; readonly reason: DriftReason; count: number }
  >();
  #overflow = 0;
  #summarised = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param type of the value, never the value: it may be a secret, and it is somebody's data. */
  note(kind: string, field: string, reason: DriftReason, type: string): void {
    const name = field.slice(0, LONGEST_NAME);
    const key = JSON.stringify([kind, name, reason]);
    const known = this.#counts.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.#counts.size >= MOST_FIELDS) {
      if (this.#overflow === 0)
        this.#logger.warn('too many fields not understood, the rest is only counted', { most: MOST_FIELDS });
      this.#overflow += 1;
      return;
    }
    this.#counts.set(key, { kind, field: name, reason, count: 1 });
    this.#logger.warn('field not understood', { kind, field: name, reason, type });
  }

  /**
   * Logs how often each field was met in the run so far; nothing when nothing is new since the last time. The counts are the
   * run's and not the stream's: streams run side by side, and some read the same kind of object.
   */
  summarise(stream: string): void {
    const fields = [...this.#counts.values()];
    const total = fields.reduce((sum, { count }) => sum + count, this.#overflow);
    if (total === this.#summarised) return;
    this.#summarised = total;
    const uncounted = this.#overflow > 0 ? { others: this.#overflow } : {};
    this.#logger.warn('fields not understood in this run so far', {
      stream,
      fields: fields.map((field) => ({ ...field })),
      ...uncounted,
    });
  }
}
