import type { Json } from './json.js';
import type { Logger } from './logger.js';
import type { RecordKind, Rejected, SourceRecord } from './records.js';
import type { SyncedReader } from './synced.js';
import type { Instant } from './vocabulary.js';

/** A part of a stream that can be read by itself: one record (`field` is `key`), or all records that share a reference. */
export interface Scope {
  /** `key`, or a field of the stream's kind that holds a reference, e.g. `member`. */
  readonly field: string;
  readonly value: string;
}

/** Something that an event says has changed. */
export interface Stale {
  readonly stream: string;
  /** Absent: all of the stream, which is then listed again from its beginning, unless `delta` says that less will do. */
  readonly scope?: Scope;
  /** Without a scope: nothing of it is gone, so that what its `delta` shows is enough. */
  readonly delta?: boolean;
  /** When it changed, by the provider's clock. A listing of the stream that began well after has seen it. */
  readonly at: Instant;
  /** Nice to have (a last sign-in): a bounded number of these is read with each poll, after all others. */
  readonly low?: boolean;
}

/** What `Stream.refresh` is handed. */
export interface RefreshArgs<Client> {
  readonly client: Client;
  readonly scopes: readonly Scope[];
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly synced: SyncedReader;
  /** `resumeFrom` of the stream's last complete listing. */
  readonly state: Json | undefined;
}

/** Rows of one or more scopes. A scope may take several pages: it is whole on the page that names it in `complete`. */
export interface RefreshPage<K extends RecordKind> {
  readonly records: readonly SourceRecord<K>[];
  /** Read to their end: rows in them that this refresh has not shown are gone. Wider scopes than those asked for will do. */
  readonly complete: readonly Scope[];
  /** Scopes asked for that another scope has answered. */
  readonly settled?: readonly Scope[];
  /** Scopes asked for that could not be read; their rows stay as they were until the next try or full listing. */
  readonly unread?: readonly UnreadScope[];
  readonly rejected?: readonly Rejected[];
  /** What must be read again because of what was found here, in this stream or another. */
  readonly stale?: readonly Stale[];
}

/** A part that could not be read, and why. */
export interface UnreadScope {
  readonly scope: Scope;
  readonly reason: string;
  /** The fault is a passing one: the part goes on waiting, and is tried again with the next poll. */
  readonly retry?: boolean;
}

/** What `Stream.delta` is handed. */
export interface DeltaArgs<Client> {
  readonly client: Client;
  /** What the last complete listing, or the last delta, gave as `resumeFrom`. */
  readonly since: Json;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly synced: SyncedReader;
}

/** Rows that have changed. A row that is shown again counts as seen; none is removed by a delta. */
export interface DeltaPage<K extends RecordKind> {
  readonly records: readonly SourceRecord<K>[];
  readonly rejected?: readonly Rejected[];
  readonly stale?: readonly Stale[];
  /** On the last page only: where the next delta goes on. A delta that ends without it is begun again from where it was. */
  readonly resumeFrom?: Json;
}

/** One text for a scope, to look it up by. */
export function scopeKey({ field, value }: Scope): string {
  return `${field}=${value}`;
}
