import type { Instant } from '@castellan/connector-sdk';
import { parseInstant } from './instant.js';
import { asFlag, isObject, memberOf } from './member.js';
import type { Oddities } from './oddities.js';

/**
 * Reads a resource of which nothing may be taken for granted. Every method gives `null` (or an empty list) for what is missing or
 * odd, and notes what is odd: it costs a value, never the row.
 */
export class Resource {
  readonly #source: object;
  readonly #kind: string;
  readonly #path: string;
  readonly #oddities: Oddities;

  private constructor(source: object, kind: string, path: string, oddities: Oddities) {
    this.#source = source;
    this.#kind = kind;
    this.#path = path;
    this.#oddities = oddities;
  }

  /** `null` when the value is no object. @param kind for the log: `User`. */
  static of(value: unknown, kind: string, oddities: Oddities): Resource | null {
    return isObject(value) ? new Resource(value, kind, '', oddities) : null;
  }

  /** Text that is not empty; a number is text too. */
  text(name: string): string | null {
    const value = memberOf(this.#source, name);
    if (typeof value === 'string') return value.trim() === '' ? null : value;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    return this.#odd(name, value);
  }

  /** A flag, also written as text. */
  flag(name: string): boolean | null {
    const value = memberOf(this.#source, name);
    return asFlag(value) ?? this.#odd(name, value);
  }

  /** A text or a flag exactly as the service writes it. */
  word(name: string): string | null {
    const value = memberOf(this.#source, name);
    return typeof value === 'boolean' ? String(value) : this.text(name);
  }

  instant(name: string): Instant | null {
    const value = memberOf(this.#source, name);
    if (typeof value !== 'string') return this.#odd(name, value);
    const instant = value.trim() === '' ? null : parseInstant(value);
    if (instant === null && value.trim() !== '') this.#oddities.note(this.#kind, `${this.#path}${name}`, 'not a date');
    return instant;
  }

  /** An empty reader when it is missing or odd. */
  child(name: string): Resource {
    const value = memberOf(this.#source, name);
    if (!isObject(value)) this.#odd(name, value);
    return new Resource(isObject(value) ? value : {}, this.#kind, `${this.#path}${name}.`, this.#oddities);
  }

  /** Text, or what a reference of several parts says of it: `value`, else its name. */
  reference(name: string): string | null {
    const value = memberOf(this.#source, name);
    if (!isObject(value)) return this.text(name);
    const parts = this.child(name);
    return parts.text('value') ?? parts.text('displayName') ?? parts.text('display');
  }

  /** Values of an attribute that may have several. A bare text stands for one with that `value`, and one alone for a list of it. */
  values(name: string): readonly Resource[] {
    const value = memberOf(this.#source, name);
    const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    return list.flatMap((item) => {
      const source = typeof item === 'string' || typeof item === 'number' ? { value: item } : item;
      if (isObject(source)) return [new Resource(source, this.#kind, `${this.#path}${name}.`, this.#oddities)];
      this.#odd(name, item);
      return [];
    });
  }

  /** Reads an attribute of an extension: inside of its schema's URN, or beside the others with the URN before its name. */
  extended<T>(urn: string, name: string, read: (from: Resource, name: string) => T | null): T | null {
    return read(this.child(urn), name) ?? read(this, `${urn}:${name}`);
  }

  #odd(name: string, value: unknown): null {
    if (value !== undefined && value !== null) this.#oddities.note(this.#kind, `${this.#path}${name}`, 'wrong type');
    return null;
  }
}

/** When a resource was last changed, by the service; `null` where it does not say. */
export function lastModifiedOf(item: unknown): Instant | null {
  const value = memberOf(memberOf(item, 'meta'), 'lastModified');
  return typeof value === 'string' ? parseInstant(value) : null;
}

/** The latest of these changes, and of an earlier one. */
export function latestOf(items: readonly unknown[], before: Instant | null = null): Instant | null {
  return items.reduce<Instant | null>((found, item) => {
    const at = lastModifiedOf(item);
    return at !== null && (found === null || at > found) ? at : found;
  }, before);
}
