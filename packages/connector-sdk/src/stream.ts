import type { Json, JsonObject } from './json.js';
import type { Logger } from './logger.js';
import type { RecordKind, SourceRecord } from './records.js';

/** Records and the position that claims them are ONE value, so that they cannot be committed apart. */
export interface Page<K extends RecordKind, Cursor extends Json> {
  readonly records: readonly SourceRecord<K>[];
  /** Keys that the provider said are gone. */
  readonly deleted?: readonly string[];
  /** Partitions that could not be listed in this pass. Their rows are exempt from the sweep and shown as not refreshed. */
  readonly unlisted?: readonly Unlisted[];
  /** Rows that could not be understood at all (no id): counted and named, never silently dropped. */
  readonly rejected?: readonly Rejected[];
  /** The position after these records; `null` SAYS that the stream is complete. */
  readonly next: Cursor | null;
  /**
   * For a `changes` stream's last page (`next: null`): where the next run goes on. Without it the next run starts afresh.
   */
  readonly resumeFrom?: Cursor;
}

export interface Unlisted {
  readonly partition: string;
  readonly reason: string;
}
export interface Rejected {
  readonly reason: string;
  /** Where it stood, for a person who looks: an index, a parent's id. */
  readonly at: string;
}

export interface ReadArgs<Client, Cursor extends Json> {
  readonly client: Client;
  /** `undefined` on a fresh pass, else exactly the `next` (or `resumeFrom`) of a committed page. */
  readonly from: Cursor | undefined;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly synced: SyncedReader;
}

/** What earlier streams of this pass have committed: by ascending key (byte order), so that a resume sees the same order. */
export interface SyncedReader {
  entries(kind: RecordKind, after?: string): AsyncIterable<SyncedEntry>;
}
export interface SyncedEntry {
  readonly key: string;
  readonly hint: JsonObject | undefined;
}

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
  /** The optional pack that it belongs to, e.g. `posture`: see `ConnectorSpec.wants`. Absent: it is always read. */
  readonly pack?: string;
}

export interface Stream<Client, K extends RecordKind, Cursor extends Json> extends Omit<StreamInfo, 'dependsOn'> {
  readonly kind: K;
  readonly dependsOn?: readonly string[];
  /** A stored position is input from another version: throw when it is not understood, and the pass starts afresh. */
  readonly parseCursor: (value: Json) => Cursor;
  read(args: ReadArgs<Client, NoInfer<Cursor>>): AsyncIterable<Page<K, NoInfer<Cursor>>>;
}

/** A union discriminated by `kind`: with a plain `K` parameter inference would widen a group stream to fit account rows. */
export type StreamOf<Client, Cursor extends Json> = { [K in RecordKind]: Stream<Client, K, Cursor> }[RecordKind];

/** A stream whose cursor type is its own business: what `defineConnector` takes. */
export interface AnyStream<Client> extends StreamInfo {
  read(args: OpenArgs<Client>): AsyncIterable<Page<RecordKind, Json>>;
}
/** `ReadArgs` before the stored position was parsed. */
export interface OpenArgs<Client> extends Omit<ReadArgs<Client, Json>, 'from'> {
  readonly saved: Json | undefined;
}

/**
 * `const stream = defineStream<OktaClient>()`, then `stream({ name, kind, ... })`. Two calls, because TypeScript infers
 * either all type arguments or none: the client is named here, the cursor is inferred there.
 */
export function defineStream<Client>() {
  return <Cursor extends Json>(stream: StreamOf<Client, Cursor>): AnyStream<Client> => ({
    name: stream.name,
    kind: stream.kind,
    dependsOn: stream.dependsOn ?? [],
    requires: stream.requires,
    semantics: stream.semantics,
    ...(stream.pack !== undefined && { pack: stream.pack }),
    read({ saved, ...args }) {
      return stream.read({ ...args, from: saved === undefined ? undefined : parse(stream, saved, args.logger) });
    },
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
