import type { JsonObject, RecordKind, SourceRecord, StreamInfo, SyncedEntry, SyncedReader } from '@castellan/connector-sdk';

/** Kinds of which there are more than people: kept only where a stream depends on them. */
const MANY: readonly RecordKind[] = ['membership', 'app_assignment', 'idp_link', 'authenticator', 'activity'];

/**
 * What the streams of this run have listed, for the streams that depend on them. Without a database only keys and hints
 * are kept: about 100 bytes a record.
 */
export class MemorySynced implements SyncedReader {
  readonly #kinds: ReadonlySet<RecordKind>;
  readonly #entries = new Map<RecordKind, Map<string, JsonObject | undefined>>();

  constructor(streams: readonly StreamInfo[]) {
    const parents = new Set(streams.flatMap((stream) => stream.dependsOn));
    this.#kinds = new Set(
      streams.filter(({ name, kind }) => parents.has(name) || !MANY.includes(kind)).map((stream) => stream.kind),
    );
  }

  add(records: readonly SourceRecord[]): void {
    for (const { kind, key, hint } of records) {
      if (!this.#kinds.has(kind)) continue;
      const entries = this.#entries.get(kind) ?? new Map<string, JsonObject | undefined>();
      this.#entries.set(kind, entries.set(key, hint));
    }
  }

  async get(kind: RecordKind, key: string): Promise<SyncedEntry | undefined> {
    const entries = this.#entries.get(kind);
    return entries?.has(key) === true ? { key, hint: entries.get(key) } : undefined;
  }

  /** Without a database nothing is found from its other side: that serves only to put some calls before others. */
  async *where(): AsyncGenerator<SyncedEntry, void, void> {}

  async *entries(kind: RecordKind, after?: string): AsyncGenerator<SyncedEntry, void, void> {
    const entries = this.#entries.get(kind) ?? new Map<string, JsonObject | undefined>();
    const start = after === undefined ? undefined : Buffer.from(after);
    // By bytes, as the contract says and the database does: JavaScript's own order differs outside of ASCII.
    const keys = [...entries.keys()].map((key) => Buffer.from(key)).toSorted(Buffer.compare);
    for (const bytes of keys) {
      if (start !== undefined && Buffer.compare(bytes, start) <= 0) continue;
      const key = bytes.toString();
      yield { key, hint: entries.get(key) };
    }
  }
}
