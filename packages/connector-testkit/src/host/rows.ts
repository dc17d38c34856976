import { RECORD_KINDS, type RecordKind, type Scope, type SourceRecord, type SyncedReader } from '@castellan/connector-sdk';

/** The records of one integration, by kind and key, and the stream that each came from. */
export class Rows {
  readonly #rows = new Map<RecordKind, Map<string, { readonly record: SourceRecord; readonly stream: string }>>();
  /** How often each was written, by kind and key. */
  readonly #writes = new Map<string, number>();

  write(stream: string, record: SourceRecord): void {
    const rows = this.#rows.get(record.kind) ?? new Map<string, { readonly record: SourceRecord; readonly stream: string }>();
    this.#rows.set(record.kind, rows.set(record.key, { record, stream }));
    const id = `${record.kind} ${record.key}`;
    this.#writes.set(id, (this.#writes.get(id) ?? 0) + 1);
  }

  /** All that the other has, as never written. */
  take(other: Rows): void {
    for (const [kind, rows] of other.#rows) this.#rows.set(kind, new Map(rows));
  }

  remove(kind: RecordKind, key: string): void {
    this.#rows.get(kind)?.delete(key);
  }

  of(stream: string): readonly SourceRecord[] {
    return [...this.#rows.values()].flatMap((rows) =>
      [...rows.values()].flatMap((row) => (row.stream === stream ? [row.record] : [])),
    );
  }

  keysOf(stream: string): readonly string[] {
    return this.of(stream)
      .map(({ key }) => key)
      .toSorted();
  }

  /** Written more than once: `kind key`. */
  get twice(): readonly string[] {
    return [...this.#writes].flatMap(([id, times]) => (times > 1 ? [id] : []));
  }

  /** What was copied in counts as never written. */
  forgetWrites(): void {
    this.#writes.clear();
  }

  /** What lies in a scope of a stream. */
  inside(stream: string, { field, value }: Scope): readonly SourceRecord[] {
    return this.of(stream).filter((record) => (field === 'key' ? record.key : fieldOf(record, field)) === value);
  }

  /** Rows that are not the same in both, hint and raw included; `streams` narrows it. Empty: they are equal. */
  differencesFrom(other: Rows, streams: readonly string[]): readonly string[] {
    const ours = this.#texts(streams);
    const theirs = other.#texts(streams);
    return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name) => {
      const [mine, its] = [ours.get(name), theirs.get(name)];
      if (mine === its) return [];
      if (mine === undefined) return [`${name} is missing`];
      if (its === undefined) return [`${name} is too much`];
      return [`${name} differs: ${firstDifference(mine, its)}`];
    });
  }

  synced(): SyncedReader {
    const sorted = (kind: RecordKind): readonly SourceRecord[] =>
      [...(this.#rows.get(kind)?.values() ?? [])].map(({ record }) => record).toSorted(byBytes);
    return {
      async *entries(kind, after) {
        for (const { key, hint } of sorted(kind)) if (after === undefined || inBytes(key, after) > 0) yield { key, hint };
      },
      get: async (kind, key) => {
        const record = this.#rows.get(kind)?.get(key)?.record;
        return record === undefined ? undefined : { key, hint: record.hint };
      },
      async *where(kind, field, value) {
        for (const record of sorted(kind)) if (fieldOf(record, field) === value) yield { key: record.key, hint: record.hint };
      },
    };
  }

  #texts(streams: readonly string[]): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const kind of RECORD_KINDS) {
      for (const [key, { record, stream }] of this.#rows.get(kind) ?? []) {
        if (streams.includes(stream)) texts.set(`${kind} ${key} of stream ${stream}`, JSON.stringify(sortedKeys(record)));
      }
    }
    return texts;
  }
}

function fieldOf(record: SourceRecord, field: string): unknown {
  return new Map<string, unknown>(Object.entries(record.data)).get(field);
}

function byBytes(one: SourceRecord, other: SourceRecord): number {
  return inBytes(one.key, other.key);
}

function inBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The order in which a connector writes the fields of an object means nothing. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sortedKeys(item)]));
}

function firstDifference(ours: string, theirs: string): string {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  const from = Math.max(0, at - 30);
  return `${ours.slice(from, at + 40)} <> ${theirs.slice(from, at + 40)}`;
}
