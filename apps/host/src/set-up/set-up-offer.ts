import type { Storage } from '@castellan/storage';
import { hashOf, newToken } from '../callers/token.js';

const VALID_SECONDS = 24 * 60 * 60;

/**
 * Makes the one-time token of the first set-up, as long as there is no user. It goes to the console and to nothing else:
 * logs are shipped to places where more people read.
 * @param given a token that the operator has chosen (`CASTELLAN_SETUP_TOKEN`): he knows it, so it is not said
 * @returns what to tell the person at the console; `undefined`: nothing to set up, or nothing to tell
 */
export async function offerSetUp(storage: Storage, url: string, given?: string): Promise<string | undefined> {
  if (await storage.door.isSetUp()) return undefined;
  if (given !== undefined) {
    await storage.door.offerSetUp(hashOf(given), VALID_SECONDS);
    return undefined;
  }
  const { token, hash } = newToken('');
  await storage.door.offerSetUp(hash, VALID_SECONDS);
  return `Castellan is not set up yet. For the next 24 hours the first administrator can be made with this token, once, at ${url}/set-up:\n\n    ${token}\n`;
}
