import type { FieldNeed, Need, ValueNeed } from './need.js';

/** A need as a text of a statement. */
export function asText(need: Need): string {
  return `'${need}'`;
}

/** What a statement compares, by need: each an expression that is `null` where the provider does not say it. */
export type Compared = Readonly<Partial<Record<FieldNeed | ValueNeed, string>>>;

/** The first of what a subject's row does not say. */
function firstUnsaid(compared: Compared): string {
  // The keys of a record of needs.
  const cases = Object.entries(compared).map(([need, value]) => `WHEN ${value} IS NULL THEN ${asText(need as Need)}`);
  return `CASE ${cases.join(' ')} END`;
}

/** Where a statement can say neither yes nor no, with the first thing that is missing for it. */
interface Undecided {
  /** E.g. `t.key`. */
  readonly key: string;
  /** From FROM on, with a WHERE. */
  readonly from: string;
  /** What is looked for; `null` where it is not said. */
  readonly where: string;
  readonly compares: Compared;
}

export function undecided({ key, from, where, compares }: Undecided): string {
  return `SELECT ${key} AS key, ${firstUnsaid(compares)} AS about ${from} AND (${where}) IS NULL`;
}

/** A word of ours, or `null` where the provider's own is one that the connector does not know. */
export function known(word: string): string {
  return `nullif(${word}, 'unknown')`;
}
