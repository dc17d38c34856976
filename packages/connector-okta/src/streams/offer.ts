import { ConnectorError } from '@castellan/connector-sdk';
import { NotLicensedError, NotOfferedError } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';

/** So many refusals, and nothing but refusals, are the organisation's and not those of what was asked about. */
const MOST_REFUSALS = 3;

/** Okta says that it has nothing of the kind: no failure, or an organisation without the feature would never be read to its end. */
export function isNotOffered(error: unknown): error is ConnectorError {
  return error instanceof NotOfferedError || error instanceof NotLicensedError;
}

/**
 * Lists of one kind below many parents, which an organisation may not offer at all. After some refusals it is not asked any
 * more: else an organisation without the feature would cost a call for each of its groups.
 */
export class Offer {
  readonly #client: OktaClient;
  readonly #what: string;
  #refusals = 0;
  #isOpen = false;

  /** @param what for people, in the plural: `owners of groups`. */
  constructor(client: OktaClient, what: string) {
    this.#client = client;
    this.#what = what;
  }

  /** @returns `'not offered'` in place of the refusal. @throws any other failure */
  async ask<T>(list: () => Promise<T>): Promise<T | 'not offered'> {
    if (!this.#isOpen && this.#refusals >= MOST_REFUSALS) return 'not offered';
    try {
      const answer = await list();
      this.#isOpen = true;
      return answer;
    } catch (error) {
      if (!isNotOffered(error)) throw error;
      this.#refusals += 1;
      if (this.#refusals === 1) this.#client.logger.info('not offered', { what: this.#what, detail: error.detail });
      return 'not offered';
    }
  }
}
