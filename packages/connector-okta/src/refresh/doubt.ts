import type { OktaClient } from '../client/okta-client.js';
import { isFarFewer } from '../streams/part-reading.js';

/**
 * Whether a list may not be believed without a second proof: it is empty though rows are known, or holds less than half
 * of many. An empty list with status 200 is also how Okta answers when something is wrong.
 */
export function isDoubtful(shown: number, known: number): boolean {
  return known > 0 && (shown === 0 || isFarFewer(shown, known));
}

export interface Shortened {
  readonly known: ReadonlySet<string>;
  readonly shown: ReadonlySet<string>;
  /** A known row that was not shown; `undefined` when there is none. */
  readonly witness: string | undefined;
  /** Where the witness is asked for by itself. */
  readonly urlOf: (key: string) => string;
  /** What was listed, in the plural, for the reason. */
  readonly rows: string;
}

/**
 * A second proof for a list that is much shorter than what is known: one that was not listed, asked for by itself. Not for
 * a list of something that is gone, whose rows are gone with it. @throws ConnectorError
 */
export async function doubtByWitness(
  client: OktaClient,
  { known, shown, witness, urlOf, rows }: Shortened,
): Promise<string | undefined> {
  if (witness === undefined || !isDoubtful(shown.size, known.size)) return undefined;
  if ((await client.find({ url: urlOf(witness) })) === undefined) return undefined;
  return `Okta listed ${shown.size} ${rows} without one that is there when asked for by itself`;
}
