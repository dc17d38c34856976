/**
 * What is wrong with a rule, and where in it: keys and places from its top, `['detection', 'selection', 'eventType|like']`. It may
 * be made of several that have nothing to do with each other.
 */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    message: string,
    readonly path: readonly (string | number)[] = [],
    private readonly parts: readonly RuleError[] = [],
  ) {
    super(message);
  }

  /** The same, further up. */
  under(...keys: readonly (string | number)[]): RuleError {
    const parts = this.parts.map((one) => one.under(...keys));
    return new RuleError(this.message, [...keys, ...this.path], parts);
  }

  /** Each of those that it is made of. */
  get each(): readonly RuleError[] {
    return this.parts.length === 0 ? [this] : this.parts.flatMap((one) => one.each);
  }
}

/** What `read` throws is about what is under these keys. */
export function under<T>(keys: readonly (string | number)[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RuleError ? error.under(...keys) : error;
  }
}

/** What `read` has read, or what is wrong with it. */
export function readOrError<T>(read: () => T): T | RuleError {
  try {
    return read();
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
}

/** Nobody mends more at once, and to find out what was meant takes a moment for each. */
export const MOST_FOUND = 100;

/** Reads each, also behind one with a mistake. @throws RuleError of all mistakes, of more than so many of the first */
export function eachOf<From, To>(all: Iterable<From>, read: (one: From) => To): readonly To[] {
  const made: To[] = [];
  const mistakes: RuleError[] = [];
  for (const one of all) {
    const came = readOrError(() => read(one));
    if (!(came instanceof RuleError)) made.push(came);
    else if (mistakes.push(came) === MOST_FOUND) break;
  }
  throwAll(mistakes);
  return made;
}

/** Reads parts that do not need each other: what is wrong with one hides nothing of the next. @throws RuleError of all mistakes */
export function together<Parts extends object>(readers: { readonly [Key in keyof Parts]: () => Parts[Key] }): Parts {
  const entries = eachOf(Object.entries<() => unknown>(readers), ([key, read]) => [key, read()] as const);
  // Each key with what its reader has read.
  return Object.fromEntries(entries) as Parts;
}

/** Nothing, where there are none. @throws RuleError of all */
export function throwAll(mistakes: readonly RuleError[]): void {
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  throw others.length === 0 ? first : new RuleError(first.message, first.path, mistakes);
}
