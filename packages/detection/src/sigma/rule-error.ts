/** What is wrong with a rule, and where in it: keys and places from its top, `['detection', 'selection', 'eventType|like']`. */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    message: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(message);
  }

  /** The same, further up. */
  under(...keys: readonly (string | number)[]): RuleError {
    return new RuleError(this.message, [...keys, ...this.path]);
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
