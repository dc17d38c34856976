/**
 * An object whose values are made when somebody asks for them: most rules ask for few of them, and of most events no rule asks
 * for any. Fields find them as they find any other.
 */
export abstract class Later {
  /** As they are written; none is another one in small letters. */
  abstract readonly keys: readonly string[];
  abstract at(key: string): unknown;

  /** A value by its key, whatever its capitals. */
  find(key: string, small: string): unknown {
    const { keys } = this;
    const known = keys.includes(key) ? key : keys.find((one) => one.toLowerCase() === small);
    return known === undefined ? undefined : this.at(known);
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.keys.map((key) => [key, this.at(key)]));
  }
}
