import type { JsonObject } from './json.js';
import type { RecordKind } from './records.js';

/** What earlier streams of this pass have committed: by ascending key (byte order), so that a resume sees the same order. */
export interface SyncedReader {
  entries(kind: RecordKind, after?: string): AsyncIterable<SyncedEntry>;
  /** One record; `undefined` when it is not there (any more). */
  get(kind: RecordKind, key: string): Promise<SyncedEntry | undefined>;
  /** Records of one kind that share a reference, e.g. the memberships whose `member` is an account. By ascending key. */
  where(kind: RecordKind, field: string, value: string): AsyncIterable<SyncedEntry>;
}
/** What a later stream may know of a record that an earlier one has brought: its key, and the hint that it was given. */
export interface SyncedEntry {
  readonly key: string;
  readonly hint: JsonObject | undefined;
}
