import { emailKey, type Storage } from '@castellan/storage';
import { networkOf } from '../edge/address-of.js';
import { hashOf } from '../callers/token.js';
import { Problem } from '../problems/problem.js';

export const TRY_WINDOW_SECONDS = 15 * 60;
const PER_ACCOUNT = 10;
const PER_NETWORK = 50;

/** Counts tries to get in, by account and by network, in the database: for all hosts, and beyond a restart. */
export class SignInTries {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /**
   * Counts one before anything is compared, so that a thousand at once are a thousand.
   * @param account an e-mail address, whether somebody has it or not
   * @throws Problem (429), the same for accounts that do not exist
   */
  async count(address: string, account?: string): Promise<void> {
    await this.#require(networkSubject(address), PER_NETWORK);
    if (account !== undefined) await this.#require(accountSubject(account), PER_ACCOUNT);
  }

  /** It was the right one: whoever knows the password is not guessing. */
  async succeeded(address: string, account?: string): Promise<void> {
    await this.#storage.door.takeBackTry(networkSubject(address));
    if (account !== undefined) await this.#storage.door.forgetTries(accountSubject(account));
  }

  async #require(subject: string, limit: number): Promise<void> {
    const { tries, secondsLeft } = await this.#storage.door.countTry(subject, TRY_WINDOW_SECONDS);
    if (tries <= limit) return;
    const minutes = Math.max(1, Math.ceil(secondsLeft / 60));
    const detail = `Too many tries. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
    throw new Problem({ code: 'too-many-tries', detail, retryAfterSeconds: Math.max(1, secondsLeft) });
  }
}

/** Hashed: what people type there by mistake is often their password. */
function accountSubject(account: string): string {
  return `account:${hashOf(emailKey(account)).toString('hex')}`;
}

function networkSubject(address: string): string {
  return `network:${networkOf(address)}`;
}
