import {
  type Json,
  RECORD_KINDS,
  type RecordKind,
  type Scope,
  type SourceRecord,
  type Stale,
  scopeKey,
} from '@castellan/connector-sdk';
import { connector } from '../../src/index.js';
import type { TinyHost } from './tiny-host.js';

const MOST_ROUNDS = 10;
const MOST_SCOPES = 500;
/** How much older than a listing's beginning an event may be that the listing may not have seen. */
const MARGIN_MS = 600_000;

/** Of these no event tells: the next full sync finds what has changed. */
const ONLY_WHOLE: ReadonlySet<RecordKind> = new Set(
  connector.streams.filter(({ refreshable, pack }) => !refreshable && pack === undefined).map(({ kind }) => kind),
);

/** The host was killed. */
export class Cut extends Error {}

/**
 * Does around a `TinyHost` what the engine does: full syncs that end with a sweep, polls of the System Log that keep what
 * has changed, and the reading of it until nothing is left.
 */
export class PollingHost {
  readonly host: TinyHost;
  readonly pending = new Map<string, Stale>();
  readonly unread: string[] = [];
  /** Streams that were listed again because an event said so. */
  readonly relisted: string[] = [];
  readonly states = new Map<string, Json>();
  readonly #listedAt = new Map<string, number>();
  readonly #streamOf = new Map<string, string>();
  #pagesLeft = Number.POSITIVE_INFINITY;

  constructor(host: TinyHost) {
    this.host = host;
  }

  /** Rows (but events) that are not the same in both, hint and raw included: for a message that can be read. */
  differencesFrom(other: PollingHost): readonly string[] {
    return RECORD_KINDS.filter((kind) => kind !== 'activity' && !ONLY_WHOLE.has(kind)).flatMap((kind) => {
      const keys = new Set([...this.host.keys(kind), ...other.host.keys(kind)]);
      return [...keys].flatMap((key) => {
        const [ours, theirs] = [this.#text(kind, key), other.#text(kind, key)];
        return ours === theirs ? [] : [`${kind} ${key}: ${firstDifference(ours, theirs)}`];
      });
    });
  }

  #text(kind: RecordKind, key: string): string {
    return JSON.stringify(this.host.rows.get(kind)?.get(key)) ?? 'no row';
  }

  async sync(streams: readonly string[] = this.host.names): Promise<void> {
    await this.#list(streams);
  }

  /** @param pages after which the host is killed. @throws Cut */
  async poll(pages = Number.POSITIVE_INFINITY): Promise<void> {
    this.#pagesLeft = pages;
    try {
      await this.#list(['activity']);
      for (let round = 0; this.pending.size > 0; round += 1) {
        if (round >= MOST_ROUNDS) throw new Error(`no end: ${[...this.pending.keys()].slice(0, 5).join(', ')}`);
        for (const name of this.host.names) await this.#drain(name);
        // Of a stream that the settings leave out nobody reads anything again.
        for (const [key, { stream }] of this.pending) if (!this.host.names.includes(stream)) this.pending.delete(key);
      }
    } finally {
      this.#pagesLeft = Number.POSITIVE_INFINITY;
    }
  }

  async delta(stream: string): Promise<void> {
    await this.host.as(async (context, synced) => {
      const since = this.states.get(stream);
      if (since === undefined) throw new Error(`${stream} was never listed`);
      for await (const page of connector.delta({ ...context, stream, since, synced })) {
        for (const record of page.records) this.#keep(stream, record);
        this.#note(page.stale);
        if (page.resumeFrom !== undefined) this.states.set(stream, page.resumeFrom);
      }
    });
  }

  async #drain(stream: string): Promise<void> {
    const mine = [...this.pending.values()].filter((stale) => stale.stream === stream);
    if (mine.some(({ scope }) => scope === undefined)) {
      this.relisted.push(stream);
      await this.#list([stream]);
      for (const stale of mine) this.pending.delete(keyOf(stale));
      return;
    }
    const ordered = [...mine.filter(({ low }) => low !== true), ...mine.filter(({ low }) => low === true)];
    const scopes = ordered.flatMap(({ scope }) => scope ?? []).slice(0, MOST_SCOPES);
    if (scopes.length === 0) return;
    const shown = new Set<string>();
    await this.host.as(async (context, synced) => {
      const state = this.states.get(stream);
      for await (const page of connector.refresh({ ...context, stream, scopes, state, synced })) {
        this.#page();
        for (const record of page.records) {
          this.#keep(stream, record);
          shown.add(`${record.kind} ${record.key}`);
        }
        for (const scope of page.complete) this.#remove(stream, scope, shown);
        for (const scope of [...page.complete, ...page.settled, ...page.unread.map((one) => one.scope)])
          this.pending.delete(keyOf({ stream, scope, at: '' }));
        this.unread.push(...page.unread.map(({ scope, reason }) => `${stream} ${scopeKey(scope)}: ${reason}`));
        this.#note(page.stale);
      }
    });
  }

  async #list(streams: readonly string[]): Promise<void> {
    const started = Date.now();
    const seen = new Map<string, Set<string>>();
    const unlisted = new Map<string, Set<string>>();
    await this.host.as(async (context, synced) => {
      const completed = connector.streams.map(({ name }) => name).filter((name) => !streams.includes(name));
      const checkpoints = this.states.has('activity') ? { activity: this.states.get('activity') ?? null } : {};
      const last = Object.fromEntries(this.states);
      for await (const message of connector.sync({ ...context, streams, completed, checkpoints, last, synced })) {
        if (message.type === 'stopped') throw new Error(`${message.stream}: ${message.error.message}`);
        if (message.type !== 'page') continue;
        this.#page();
        const { stream, progress } = message;
        for (const record of message.records) {
          this.#keep(stream, record);
          addTo(seen, stream, `${record.kind} ${record.key}`);
        }
        for (const { partition } of message.unlisted) addTo(unlisted, stream, partition);
        this.#note(message.stale);
        const position = progress.done ? progress.resumeFrom : progress.cursor;
        if (stream === 'activity' || progress.done) {
          if (position === undefined) this.states.delete(stream);
          else this.states.set(stream, JSON.parse(JSON.stringify(position)) as Json);
        }
        if (!progress.done || stream === 'activity') continue;
        this.#listedAt.set(stream, started);
        this.#sweep(stream, seen.get(stream) ?? new Set(), unlisted.get(stream) ?? new Set());
      }
    });
  }

  #page(): void {
    this.#pagesLeft -= 1;
    if (this.#pagesLeft < 0) throw new Cut();
  }

  #note(found: readonly Stale[]): void {
    for (const stale of found) {
      const listedAt = this.#listedAt.get(stale.stream);
      if (listedAt !== undefined && Date.parse(stale.at) < listedAt - MARGIN_MS) continue;
      const known = this.pending.get(keyOf(stale));
      if (known === undefined || known.low === true) this.pending.set(keyOf(stale), stale);
    }
  }

  #keep(stream: string, record: SourceRecord): void {
    const rows = this.host.rows.get(record.kind) ?? new Map<string, SourceRecord>();
    this.host.rows.set(record.kind, rows.set(record.key, record));
    this.#streamOf.set(`${record.kind} ${record.key}`, stream);
  }

  #remove(stream: string, scope: Scope, shown: ReadonlySet<string>): void {
    for (const [kind, record] of this.#rowsOf(stream)) {
      const isInside =
        scope.field === 'key' ? record.key === scope.value : Reflect.get(record.data, scope.field) === scope.value;
      if (isInside && !shown.has(`${kind} ${record.key}`)) this.host.rows.get(kind)?.delete(record.key);
    }
  }

  #sweep(stream: string, seen: ReadonlySet<string>, unlisted: ReadonlySet<string>): void {
    for (const [kind, { key, partition }] of this.#rowsOf(stream)) {
      const isSafe = seen.has(`${kind} ${key}`) || (partition !== undefined && unlisted.has(partition));
      if (!isSafe) this.host.rows.get(kind)?.delete(key);
    }
  }

  *#rowsOf(stream: string): Generator<readonly [RecordKind, SourceRecord]> {
    const kind = connector.streams.find(({ name }) => name === stream)?.kind;
    if (kind === undefined) return;
    for (const record of this.host.rows.get(kind)?.values() ?? [])
      if (this.#streamOf.get(`${kind} ${record.key}`) === stream) yield [kind, record];
  }
}

function keyOf({ stream, scope }: Stale): string {
  return `${stream} ${scope === undefined ? '' : scopeKey(scope)}`;
}

function addTo(lists: Map<string, Set<string>>, name: string, value: string): void {
  lists.set(name, (lists.get(name) ?? new Set<string>()).add(value));
}

function firstDifference(ours: string, theirs: string): string {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  const from = Math.max(0, at - 30);
  return `${ours.slice(from, at + 30)} <> ${theirs.slice(from, at + 30)}`;
}
