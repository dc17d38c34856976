import {
  type AnyConnectorError,
  ConnectorError,
  type RecordKind,
  type Rejected,
  type SourceRecord,
  type Unlisted,
} from '@castellan/connector-sdk';
import { isScopeError } from '../client/api-errors.js';

/** So many time-outs or server errors of different parts one after the other are not the parts' fault. */
const MOST_OUTAGES_IN_A_ROW = 5;

/** What has come together since the last page of a fan-out, and whether it is still worth going on. */
export class PartTally<K extends RecordKind> {
  #records: SourceRecord<K>[] = [];
  #unlisted: Unlisted[] = [];
  #rejected: Rejected[] = [];
  #listed: boolean;
  #firstFailure: AnyConnectorError | undefined;
  #outages = 0;

  /** @param listed whether a part could be listed before this read began. */
  constructor(listed: boolean) {
    this.#listed = listed;
  }

  get listed(): boolean {
    return this.#listed;
  }

  get size(): number {
    return this.#records.length + this.#unlisted.length + this.#rejected.length;
  }

  add(part: { readonly records: readonly SourceRecord<K>[]; readonly rejected: readonly Rejected[] }): void {
    this.#records.push(...part.records);
    this.#rejected.push(...part.rejected);
    this.pass();
  }

  /** A part that is through without rows, or gone. */
  pass(): void {
    this.#listed = true;
    this.#outages = 0;
  }

  /**
   * One part could not be listed: the others go on, and its rows stay as they were.
   * @throws the failure itself when it is not this part's alone: the credential, the rate limit, a stop, a scope, an outage.
   */
  fail(partition: string, failure: unknown): void {
    const error = ConnectorError.from(failure);
    this.#outages = error.kind === 'transient' ? this.#outages + 1 : 0;
    const own = ['permission', 'transient', 'upstream'].includes(error.kind) && !isScopeError(error);
    if (!own || this.#outages >= MOST_OUTAGES_IN_A_ROW) throw error;
    this.#firstFailure ??= error;
    this.#unlisted.push({ partition, reason: error.message });
  }

  /** The list of a part was read, but cannot be all of it: its rows stay as they were. */
  doubt(partition: string, reason: string): void {
    this.#unlisted.push({ partition, reason });
  }

  /** @throws the first failure when not one part could be listed: then the stream was not read at all. */
  finish(): void {
    if (!this.#listed && this.#firstFailure !== undefined) throw this.#firstFailure;
  }

  take(): {
    readonly records: readonly SourceRecord<K>[];
    readonly unlisted: readonly Unlisted[];
    readonly rejected: readonly Rejected[];
  } {
    const taken = { records: this.#records, unlisted: this.#unlisted, rejected: this.#rejected };
    this.#records = [];
    this.#unlisted = [];
    this.#rejected = [];
    return taken;
  }
}
