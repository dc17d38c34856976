import { isFarFewer } from '../streams/part-reading.js';

/**
 * Whether a list may not be believed without a second proof: it is empty though rows are known, or holds less than half
 * of many. An empty list with status 200 is also how Okta answers when something is wrong.
 */
export function isDoubtful(shown: number, known: number): boolean {
  return known > 0 && (shown === 0 || isFarFewer(shown, known));
}
