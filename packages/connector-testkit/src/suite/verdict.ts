/** The connector breaks the contract: says which rule, what was seen, and the way out. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** The check has nothing to look at in this connector or upstream: a reason for people. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
}

/** @throws Broken unless it holds. */
export function hold(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Broken(message);
}

/** The first few of a list, for a message that can be read. */
export function few(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return `${names.slice(0, most).join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}
