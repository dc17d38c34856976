/**
 * An object whose values are made when somebody asks for them: most rules ask for few of them, and of most events no rule asks
 * for any. Fields find them as they find any other.
 */
export abstract class Later {
  /** As they are written; none is another one in small letters. */
  abstract readonly keys: Iterable<string>;
  /** @returns `undefined`, too, where there is no such key */
  abstract at(key: string): unknown;

  /** A value by its key, whatever its capitals. */
  find(key: string, small: string): unknown {
    const value = this.at(key);
    if (value !== undefined) return value;
    for (const one of this.keys) if (one !== key && one.toLowerCase() === small) return this.at(one);
    return undefined;
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Array.from(this.keys, (key) => [key, this.at(key)]));
  }
}

/** How each part is made, by its key. */
export type Parts<Of> = ReadonlyMap<string, (of: Of) => unknown>;

export function partsOf<Of>(parts: Readonly<Record<string, (of: Of) => unknown>>): Parts<Of> {
  return new Map(Object.entries(parts));
}

/** What is known of one thing, part by part. */
export class Part<Of> extends Later {
  constructor(
    private readonly parts: Parts<Of>,
    private readonly of: Of,
  ) {
    super();
  }

  override get keys(): Iterable<string> {
    return this.parts.keys();
  }

  override at(key: string): unknown {
    return this.parts.get(key)?.(this.of);
  }
}

/** The name under which stands what is made of an event: an `x` of its own is not seen beside it. */
export const MADE = 'x';

/** An event, and what is made of it: neither is copied. */
export class WithMade {
  constructor(
    readonly raw: Readonly<Record<string, unknown>>,
    readonly x: Later,
  ) {}

  toJSON(): Readonly<Record<string, unknown>> {
    return { ...this.raw, [MADE]: this.x };
  }
}
