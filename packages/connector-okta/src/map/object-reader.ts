import type { Instant } from '@castellan/connector-sdk';
import type { Drift, DriftReason } from './drift.js';
import { minutesOf } from './duration.js';
import { isWellFormedId } from './ids.js';
import { parseInstant } from './instant.js';
import { isObject } from './is-object.js';

/**
 * Reads an object of which nothing may be taken for granted. Every method gives `null` (or an empty list) for what is
 * missing or odd, and notes what is odd: a field that Okta has changed costs a value, never the row.
 */
export class ObjectReader {
  readonly #source: object;
  readonly #kind: string;
  readonly #path: string;
  readonly #drift: Drift;

  private constructor(source: object, kind: string, path: string, drift: Drift, known: readonly string[] | undefined) {
    this.#source = source;
    this.#kind = kind;
    this.#path = path;
    this.#drift = drift;
    if (known === undefined) return;
    for (const key of Object.keys(source)) if (!known.includes(key)) this.#note(key, 'unknown field', this.#get(key));
  }

  /**
   * `null` when the value is no object.
   * @param kind Okta's object, for the log: `user`, `app user`.
   * @param known all fields that Okta documents for it; `undefined` for an open map.
   */
  static of(value: unknown, kind: string, drift: Drift, known?: readonly string[]): ObjectReader | null {
    return isObject(value) ? new ObjectReader(value, kind, '', drift, known) : null;
  }

  /** Text that is not empty and may stand in a path: for everything that becomes a key. */
  id(key: string): string | null {
    const value = this.filled(key);
    if (value === null || isWellFormedId(value)) return value;
    this.#note(key, 'not an id', value);
    return null;
  }

  /** Text that is not empty. */
  filled(key: string): string | null {
    const value = this.string(key);
    return value === '' ? null : value;
  }

  string(key: string): string | null {
    const value = this.#get(key);
    if (typeof value === 'string') return value;
    return this.#odd(key, value);
  }

  /** Text, or a number or boolean as text: for attributes whose type an organisation may choose itself. */
  text(key: string): string | null {
    const value = this.#get(key);
    if (typeof value === 'number') return this.#finite(key, value) === null ? null : String(value);
    return typeof value === 'boolean' ? String(value) : this.string(key);
  }

  number(key: string): number | null {
    const value = this.#get(key);
    if (typeof value === 'number') return this.#finite(key, value);
    return this.#odd(key, value);
  }

  boolean(key: string): boolean | null {
    const value = this.#get(key);
    if (typeof value === 'boolean') return value;
    return this.#odd(key, value);
  }

  instant(key: string): Instant | null {
    const value = this.#get(key);
    if (typeof value !== 'string') return this.#odd(key, value);
    const instant = parseInstant(value);
    if (instant === null) this.#note(key, 'not a date', value);
    return instant;
  }

  /** A duration (`PT2H`) in minutes. */
  minutes(key: string): number | null {
    const value = this.#get(key);
    if (typeof value !== 'string') return this.#odd(key, value);
    const minutes = minutesOf(value);
    if (minutes === null) this.#note(key, 'not a duration', value);
    return minutes;
  }

  /** One of Okta's constants as one of ours; `fallback` for what is missing or new. */
  oneOf<T extends string>(key: string, table: Readonly<Record<string, T>>, fallback: T): T {
    const value = this.string(key);
    if (value === null) return fallback;
    const found = Object.hasOwn(table, value) ? table[value] : undefined;
    if (found === undefined) this.#note(key, 'unknown value', value);
    return found ?? fallback;
  }

  /** The same for a field that need not be there: `null` for what is missing, `other` for what is new. */
  optionalOneOf<T>(key: string, table: Readonly<Record<string, T>>, other: T): T | null {
    const value = this.string(key);
    if (value === null) return null;
    if (Object.hasOwn(table, value)) return table[value] ?? other;
    this.#note(key, 'unknown value', value);
    return other;
  }

  strings(key: string): readonly string[] {
    const strings: string[] = [];
    for (const item of this.#list(key)) {
      if (typeof item === 'string') strings.push(item);
      else this.#note(`${key}[]`, 'wrong type', item);
    }
    return strings;
  }

  /** An empty reader when the field is missing or odd. */
  child(key: string, known?: readonly string[]): ObjectReader {
    const value = this.#get(key);
    if (!isObject(value)) this.#odd(key, value);
    return new ObjectReader(isObject(value) ? value : {}, this.#kind, `${this.#path}${key}.`, this.#drift, known);
  }

  children(key: string, known?: readonly string[]): readonly ObjectReader[] {
    const readers: ObjectReader[] = [];
    for (const item of this.#list(key)) {
      if (isObject(item)) readers.push(new ObjectReader(item, this.#kind, `${this.#path}${key}[].`, this.#drift, known));
      else this.#note(`${key}[]`, 'wrong type', item);
    }
    return readers;
  }

  /** An open map, not looked into. */
  map(key: string): object | null {
    const value = this.#get(key);
    return isObject(value) ? value : this.#odd(key, value);
  }

  has(key: string): boolean {
    return isPresent(this.#get(key));
  }

  /** Okta sends the field and says that there is nothing; not so for one that it leaves out. */
  isNull(key: string): boolean {
    return this.#get(key) === null;
  }

  /** Only what the object has itself: `constructor` is a field of none. */
  #get(key: string): unknown {
    return Object.hasOwn(this.#source, key) ? Reflect.get(this.#source, key) : undefined;
  }

  #list(key: string): readonly unknown[] {
    const value = this.#get(key);
    if (Array.isArray(value)) return value;
    this.#odd(key, value);
    return [];
  }

  /** JSON can write numbers that are too large for any reader (`1e400`). */
  #finite(key: string, value: number): number | null {
    if (Number.isFinite(value)) return value;
    this.#note(key, 'not a finite number', value);
    return null;
  }

  #odd(key: string, value: unknown): null {
    if (isPresent(value)) this.#note(key, 'wrong type', value);
    return null;
  }

  #note(key: string, reason: DriftReason, value: unknown): void {
    this.#drift.note(this.#kind, `${this.#path}${key}`, reason, typeOf(value));
  }
}

/** Okta leaves out what is null, or sends null: both mean that there is nothing. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
