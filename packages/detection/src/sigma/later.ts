/** How each part of something is made, by its key. None is another one in small letters. */
export type Parts<Of> = ReadonlyMap<string, (of: Of) => unknown>;

export function partsOf<Of>(parts: Readonly<Record<string, (of: Of) => unknown>>): Parts<Of> {
  return new Map(Object.entries(parts));
}

/**
 * An object whose values are made when somebody asks for them: most rules ask for few of them, and of most events no rule asks
 * for any. Fields find them as they find any other.
 */
export abstract class Later {
  abstract has(key: string): boolean;
  abstract at(key: string): unknown;
  /** A value by its key, whatever its capitals. @param small the key in small letters */
  abstract find(key: string, small: string): unknown;
  abstract toJSON(): Readonly<Record<string, unknown>>;
}

/** Made of one thing, part by part. */
export class LaterOf<Of> extends Later {
  constructor(
    private readonly parts: Parts<Of>,
    private readonly of: Of,
  ) {
    super();
  }

  override has(key: string): boolean {
    return this.parts.has(key);
  }

  override at(key: string): unknown {
    return this.parts.get(key)?.(this.of);
  }

  override find(key: string, small: string): unknown {
    if (this.parts.has(key)) return this.at(key);
    for (const one of this.parts.keys()) if (one.toLowerCase() === small) return this.at(one);
    return undefined;
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Array.from(this.parts, ([key, part]) => [key, part(this.of)]));
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
