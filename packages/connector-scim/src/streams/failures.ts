import { type AnyConnectorError, ConnectorError } from '@castellan/connector-sdk';

/** So many faults of different groups one after the other are not the groups' own. */
const MOST_OUTAGES_IN_A_ROW = 5;

/** Whether it is worth going on when one part of many cannot be read. */
export class Failures {
  #isAnyRead: boolean;
  #first: AnyConnectorError | undefined;
  #outages = 0;

  /** @param isAnyRead whether a part was read before, by a run that was cut. */
  constructor(isAnyRead: boolean) {
    this.#isAnyRead = isAnyRead;
  }

  get isAnyRead(): boolean {
    return this.#isAnyRead;
  }

  pass(): void {
    this.#isAnyRead = true;
    this.#outages = 0;
  }

  /** @returns the failure, when it is this part's own. @throws it, when it is not: the credential, a limit, a stop, an outage. */
  fail(failure: unknown): AnyConnectorError {
    const error = ConnectorError.from(failure);
    this.#outages = error.kind === 'transient' ? this.#outages + 1 : 0;
    const own = error.kind === 'permission' || error.kind === 'transient' || error.kind === 'upstream';
    if (!own || this.#outages >= MOST_OUTAGES_IN_A_ROW) throw error;
    this.#first ??= error;
    return error;
  }

  /** @throws the first failure when not one part could be read: then nothing is known about any. */
  finish(): void {
    if (!this.#isAnyRead && this.#first !== undefined) throw this.#first;
  }
}
