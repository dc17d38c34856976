import type { JsonObject, RecordKind, SourceRecord, StreamInfo, SyncedEntry, SyncedReader } from '@castellan/connector-sdk';

/**
 * What the streams of this run have listed, for the streams that depend on them. Without a database only keys and hints
 * are kept, and only of kinds that a dependant reads: about 100 bytes a record.
 */
export class MemorySynced implements SyncedReader {
  readonly #kinds: ReadonlySet<RecordKind>;
  readonly #entries = new Map<RecordKind, Map<string, JsonObject | undefined>>();
  /** Keys by kind, field and reference: of edges only, which are what is looked for from their other side. */
  readonly #references = new Map<string, string[]>();

  constructor(streams: readonly StreamInfo[]) {
    const parents = new Set(streams.flatMap((stream) => stream.dependsOn));
    this.#kinds = new Set(streams.filter((stream) => parents.has(stream.name)).map((stream) => stream.kind));
  }

  add(records: readonly SourceRecord[]): void {
    for (const { kind, key, hint, data } of records) {
      if (!this.#kinds.has(kind)) continue;
      const entries = this.#entries.get(kind) ?? new Map<string, JsonObject | undefined>();
      this.#entries.set(kind, entries.set(key, hint));
      if (!key.includes('|')) continue;
      for (const [field, value] of Object.entries(data)) {
        if (typeof value !== 'string' || !key.includes(value)) continue;
        const reference = `${kind} ${field} ${value}`;
        const keys = this.#references.get(reference);
        if (keys === undefined) this.#references.set(reference, [key]);
        else keys.push(key);
      }
    }
  }

  async get(kind: RecordKind, key: string): Promise<SyncedEntry | undefined> {
    const entries = this.#entries.get(kind);
    return entries?.has(key) === true ? { key, hint: entries.get(key) } : undefined;
  }

  async *where(kind: RecordKind, field: string, value: string): AsyncGenerator<SyncedEntry, void, void> {
    for (const key of new Set((this.#references.get(`${kind} ${field} ${value}`) ?? []).toSorted()))
      yield { key, hint: this.#entries.get(kind)?.get(key) };
  }

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
