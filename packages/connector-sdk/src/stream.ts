import type { Json } from './json.js';
import type { Logger } from './logger.js';
import type { RecordKind, Rejected, SourceRecord } from './records.js';
import type { DeltaArgs, DeltaPage, RefreshArgs, RefreshPage, Stale } from './refresh.js';
import type { SyncedReader } from './synced.js';

/** Records and the position that claims them are ONE value, so that they cannot be committed apart. */
export interface Page<K extends RecordKind, Cursor extends Json> {
  readonly records: readonly SourceRecord<K>[];
  /** Keys that the provider said are gone. */
  readonly deleted?: readonly string[];
  /** Partitions that could not be listed in this pass. Their rows are exempt from the sweep and shown as not refreshed. */
  readonly unlisted?: readonly Unlisted[];
  /** Rows that could not be understood at all (no id): counted and named, never silently dropped. */
  readonly rejected?: readonly Rejected[];
  /** What these records (events) say has changed elsewhere: kept with them, and read again by itself soon after. */
  readonly stale?: readonly Stale[];
  /** The position after these records; `null` SAYS that the stream is complete. */
  readonly next: Cursor | null;
  /**
   * On the last page (`next: null`). Of a `changes` stream: where the next run goes on; without it that starts afresh.
   * Of a snapshot: what its `delta` and `refresh` are given, e.g. the provider's time at which this listing began.
   */
  readonly resumeFrom?: Json;
}

/** A partition that could not be listed in this pass, and why: shown to people. */
export interface Unlisted {
  readonly partition: string;
  readonly reason: string;
}

/** What `Stream.read` is handed. */
export interface ReadArgs<Client, Cursor extends Json> {
  readonly client: Client;
  /** `undefined` on a fresh pass, else exactly the `next` (or `resumeFrom`) of a committed page. */
  readonly from: Cursor | undefined;
  /** `resumeFrom` of the last complete listing, for a choice that should stay the same. */
  readonly last: Json | undefined;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly synced: SyncedReader;
}

/** What is known of a stream without reading it. */
export interface StreamInfo {
  /** `app-user-assignments`: kebab-case, stable for ever. */
  readonly name: string;
  readonly kind: RecordKind;
  /** Streams whose committed records this one reads. A data dependency only, never a rate-limit trick. */
  readonly dependsOn: readonly string[];
  /** Provider scopes: docs, testConnection and permission errors use this one list. */
  readonly requires: readonly string[];
  /** `snapshot`: what was not seen is gone. `changes`: only what is in `deleted` is gone, and the position outlives the run. */
  readonly semantics: 'snapshot' | 'changes';
  /** Whether parts of it can be read again by themselves, see `Stream.refresh`. Derived. */
  readonly refreshable: boolean;
  /** Whether it can be asked for what has changed since a moment, see `Stream.delta`. Derived. */
  readonly hasDelta: boolean;
  /**
   * A listing that costs a call for each person need not be made every day where `refresh` keeps it fresh: a scheduled run
   * leaves the stream out when it was listed completely within so many days. Default: every run lists it.
   */
  readonly listedEveryDays?: number;
  /** The optional pack that it belongs to, e.g. `posture`: see `ConnectorSpec.wants`. Absent: it is always read. */
  readonly pack?: string;
}

/** What an author writes of a stream. */
export interface Stream<Client, K extends RecordKind, Cursor extends Json>
  extends Omit<StreamInfo, 'dependsOn' | 'refreshable' | 'hasDelta'> {
  readonly kind: K;
  readonly dependsOn?: readonly string[];
  /** A stored position is input from another version: throw when it is not understood, and the pass starts afresh. */
  readonly parseCursor: (value: Json) => Cursor;
  read(args: ReadArgs<Client, NoInfer<Cursor>>): AsyncIterable<Page<K, NoInfer<Cursor>>>;
  /** Reads the named parts again, each to its end. Every scope that was asked for must be answered by some page. */
  refresh?(args: RefreshArgs<Client>): AsyncIterable<RefreshPage<K>>;
  /** Reads what has changed since the last complete listing or delta. Cannot see what is gone. */
  delta?(args: DeltaArgs<Client>): AsyncIterable<DeltaPage<K>>;
}

/** A union discriminated by `kind`: with a plain `K` parameter inference would widen a group stream to fit account rows. */
export type StreamOf<Client, Cursor extends Json> = { [K in RecordKind]: Stream<Client, K, Cursor> }[RecordKind];

/** A stream whose cursor type is its own business: what `defineConnector` takes. */
export interface AnyStream<Client> extends StreamInfo {
  read(args: OpenArgs<Client>): AsyncIterable<Page<RecordKind, Json>>;
  refresh?(args: RefreshArgs<Client>): AsyncIterable<RefreshPage<RecordKind>>;
  delta?(args: DeltaArgs<Client>): AsyncIterable<DeltaPage<RecordKind>>;
}
/** `ReadArgs` before the stored position was parsed. */
export interface OpenArgs<Client> extends Omit<ReadArgs<Client, Json>, 'from'> {
  readonly saved: Json | undefined;
}

/**
 * `const stream = defineStream<AcmeClient>()`, then `stream({ name, kind, ... })`. Two calls, because TypeScript infers
 * either all type arguments or none: the client is named here, the cursor is inferred there.
 */
export function defineStream<Client>() {
  return <Cursor extends Json>(stream: StreamOf<Client, Cursor>): AnyStream<Client> => ({
    name: stream.name,
    kind: stream.kind,
    dependsOn: stream.dependsOn ?? [],
    requires: stream.requires,
    semantics: stream.semantics,
    refreshable: stream.refresh !== undefined,
    hasDelta: stream.delta !== undefined,
    ...(stream.listedEveryDays !== undefined && { listedEveryDays: stream.listedEveryDays }),
    ...(stream.pack !== undefined && { pack: stream.pack }),
    read({ saved, ...args }) {
      return stream.read({ ...args, from: saved === undefined ? undefined : parse(stream, saved, args.logger) });
    },
    ...(stream.refresh !== undefined && { refresh: stream.refresh.bind(stream) }),
    ...(stream.delta !== undefined && { delta: stream.delta.bind(stream) }),
  });
}

function parse<Cursor extends Json>(
  stream: { readonly name: string; readonly parseCursor: (value: Json) => Cursor },
  saved: Json,
  logger: Logger,
): Cursor | undefined {
  try {
    return stream.parseCursor(saved);
  } catch (error) {
    // Written by another version or damaged: a fresh pass loses nothing, since no sweep happens before it is complete.
    logger.warn('stored position not understood, the stream starts afresh', { stream: stream.name, error: String(error) });
    return undefined;
  }
}
