/** What is wrong with a value, as the end of a sentence that begins with the variable's name: `must be ...`. */
export class WrongValue extends Error {}

export type Parse<T> = (text: string) => T;

/** One variable of the environment. The tables of the READMEs are checked against these. */
export interface Variable<T> {
  readonly meaning: string;
  /** As the READMEs show it: the value, or in words what happens without one. */
  readonly shownDefault: string;
  /** @throws WrongValue */
  read(text: string | undefined): T;
}

export function withDefault<T>(meaning: string, value: string, parse: Parse<T>): Variable<T> {
  return { meaning, shownDefault: value, read: (text) => parse(given(text) ?? value) };
}

/** @param without what happens when it is not set. */
export function optional<T>(meaning: string, without: string, parse: Parse<T>): Variable<T | undefined> {
  const read = (text: string | undefined): T | undefined => {
    const value = given(text);
    return value === undefined ? undefined : parse(value);
  };
  return { meaning, shownDefault: without, read };
}

/** An empty variable is how many tools write "not set". */
function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
