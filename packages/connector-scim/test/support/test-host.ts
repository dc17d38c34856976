import {
  type ActionDone,
  type ConnectionMemory,
  connectionMemory,
  type ConnectionReport,
  type ConnectorContext,
  type Json,
  type RecordKind,
  type Scope,
  type SourceRecord,
  type Stale,
  scopeKey,
  type SyncedEntry,
  type SyncedReader,
  type SyncMessage,
} from '@castellan/connector-sdk';
import { createHttpFactory, type Limits } from '@castellan/http-client';
import { connector, type ScimConfig } from '../../src/index.js';
import { RecordingLogger } from './recording-logger.js';

type Stopped = Extract<SyncMessage, { type: 'stopped' }>;
type Page = Extract<SyncMessage, { type: 'page' }>;

export const ALLOWED = { allowedHosts: ['127.0.0.1'] };
/** Short waits: a test must not take the minutes that a service may ask for. */
const LIMITS: Partial<Limits> = { retryBaseMs: 1, retryCapMs: 5, concurrencyWaitMs: [1, 5], resetMarginMs: 1, idleMs: 5_000 };
const MOST_ROUNDS = 10;

export interface HostOptions {
  /** Over the settings for a token. */
  readonly settings?: object;
  readonly limits?: Partial<Limits>;
  readonly now?: () => Date;
}

/** Keeps what a host keeps, in memory, and does what an engine does: listings that end with a sweep, deltas, parts read again. */
export class TestHost {
  readonly rows = new Map<RecordKind, Map<string, SourceRecord>>();
  readonly positions: Record<string, Json> = {};
  readonly states: Record<string, Json> = {};
  readonly completed = new Set<string>();
  readonly stopped: Stopped[] = [];
  readonly unlisted: string[] = [];
  readonly rejected: string[] = [];
  readonly unread: string[] = [];
  readonly logger = new RecordingLogger();
  /** Records that a listing gave a second time. */
  readonly twice: string[] = [];
  pages = 0;
  memory: ConnectionMemory = connectionMemory();
  readonly #seen = new Map<string, Set<string>>();
  readonly #pending = new Map<string, Stale>();
  readonly #config: ScimConfig;
  readonly #options: HostOptions;

  private constructor(config: ScimConfig, options: HostOptions) {
    this.#config = config;
    this.#options = options;
  }

  static async of(url: string, options: HostOptions = {}): Promise<TestHost> {
    const input = { url, auth: { method: 'bearer', token: 'good-token' }, ...options.settings };
    const result = await connector.validateConfig(input, ALLOWED);
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return new TestHost(result.config, options);
  }

  keys(kind: RecordKind): readonly string[] {
    return [...(this.rows.get(kind)?.keys() ?? [])].toSorted();
  }

  /** `data` by key. */
  data(kind: RecordKind): ReadonlyMap<string, object> {
    return new Map([...(this.rows.get(kind)?.values() ?? [])].map((row) => [row.key, row.data]));
  }

  row<K extends RecordKind>(kind: K, key: string): SourceRecord<K> {
    const row = this.rows.get(kind)?.get(key);
    if (row === undefined) throw new Error(`no ${kind} ${key}`);
    // Filed under its own kind below.
    return row as unknown as SourceRecord<K>;
  }

  /** Reads streams; stops after `pages` pages as a killed host does. @returns whether it came to the end */
  async run(
    options: {
      readonly streams?: readonly string[];
      readonly pages?: number;
      readonly signal?: AbortSignal;
      readonly onPage?: (page: Page) => void | Promise<void>;
    } = {},
  ): Promise<boolean> {
    const names = options.streams ?? connector.streams.map(({ name }) => name);
    let left = options.pages ?? Number.POSITIVE_INFINITY;
    return this.with(async (context) => {
      const messages = connector.sync({
        ...context,
        streams: names,
        completed: [...this.completed],
        checkpoints: { ...this.positions },
        last: { ...this.states },
        synced: this.synced(),
      });
      for await (const message of messages) {
        if (message.type === 'stopped') this.stopped.push(message);
        if (message.type !== 'page') continue;
        this.#commit(message);
        await options.onPage?.(message);
        left -= 1;
        if (left <= 0) return false;
      }
      return true;
    }, options.signal);
  }

  /** A full listing of the streams from their beginnings, swept. */
  async list(streams: readonly string[] = connector.streams.map(({ name }) => name)): Promise<void> {
    for (const name of streams) {
      this.completed.delete(name);
      delete this.positions[name];
      this.#seen.delete(name);
    }
    await this.run({ streams });
  }

  /** Deltas, and what they call stale. */
  async poll(): Promise<void> {
    for (const { name, hasDelta } of connector.streams) if (hasDelta && this.states[name] !== undefined) await this.delta(name);
    await this.drain();
  }

  async delta(stream: string): Promise<void> {
    const since = this.states[stream];
    if (since === undefined) throw new Error(`${stream} has left nothing to go on from`);
    await this.with(async (context) => {
      for await (const page of connector.delta({ ...context, stream, since, synced: this.synced() })) {
        for (const record of page.records) this.#keep(record);
        this.note(page.stale);
        if (page.resumeFrom !== undefined) this.states[stream] = throughJson(page.resumeFrom);
      }
    });
  }

  note(found: readonly Stale[]): void {
    for (const stale of found) {
      if (stale.scope === undefined) throw new Error('nothing here calls a whole stream stale');
      this.#pending.set(`${stale.stream} ${scopeKey(stale.scope)}`, stale);
    }
  }

  async drain(): Promise<void> {
    for (let round = 0; this.#pending.size > 0; round += 1) {
      if (round >= MOST_ROUNDS) throw new Error(`no end: ${[...this.#pending.keys()].slice(0, 5).join(', ')}`);
      for (const { name } of connector.streams) {
        const mine = [...this.#pending].filter(([, stale]) => stale.stream === name);
        for (const [key] of mine) this.#pending.delete(key);
        const scopes = mine.flatMap(([, { scope }]) => scope ?? []);
        if (scopes.length > 0) await this.refresh(name, scopes);
      }
    }
  }

  async refresh(stream: string, scopes: readonly Scope[]): Promise<void> {
    const shown = new Set<string>();
    await this.with(async (context) => {
      const state = this.states[stream];
      for await (const page of connector.refresh({ ...context, stream, scopes, state, synced: this.synced() })) {
        for (const record of page.records) {
          this.#keep(record);
          shown.add(record.key);
        }
        for (const scope of page.complete) this.#removeUnseen(stream, scope, shown);
        this.unread.push(...page.unread.map(({ scope, reason }) => `${stream} ${scopeKey(scope)}: ${reason}`));
        this.note(page.stale);
      }
    });
  }

  async test(signal?: AbortSignal): Promise<ConnectionReport> {
    return this.with((context) => connector.testConnection(context), signal);
  }

  async act(action: string, input: unknown, signal?: AbortSignal): Promise<ActionDone> {
    const outcome = await this.with(
      (context) => connector.act({ ...context, action, input, idempotencyKey: 'one wish' }),
      signal,
    );
    if (outcome.outdated !== undefined) throw new Error('Nobody has agreed to a plan.');
    return outcome;
  }

  async with<T>(work: (context: ConnectorContext<ScimConfig>) => Promise<T>, outer?: AbortSignal): Promise<T> {
    const stop = new AbortController();
    const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
    const limits = { ...LIMITS, ...this.#options.limits };
    const http = createHttpFactory({ ...ALLOWED, signal, logger: this.logger, limits });
    try {
      const { logger, memory } = this;
      const now = this.#options.now ?? (() => new Date());
      return await work({ config: this.#config, signal, logger, memory, http: http.factory, now });
    } finally {
      await http.close();
    }
  }

  synced(): SyncedReader {
    const rowsOf = (kind: RecordKind): readonly SourceRecord[] =>
      this.keys(kind).flatMap((key) => this.rows.get(kind)?.get(key) ?? []);
    const entry = ({ key, hint }: SourceRecord): SyncedEntry => ({ key, hint });
    return {
      async *entries(kind, after) {
        for (const row of rowsOf(kind)) if (after === undefined || row.key > after) yield entry(row);
      },
      get: (kind, key) => {
        const row = this.rows.get(kind)?.get(key);
        return Promise.resolve(row === undefined ? undefined : entry(row));
      },
      async *where(kind, field, value) {
        for (const row of rowsOf(kind)) if (fieldOf(row, field) === value) yield entry(row);
      },
    };
  }

  #commit({ stream, records, unlisted, rejected, progress }: Page): void {
    this.pages += 1;
    const seen = this.#seen.get(stream) ?? new Set<string>();
    this.#seen.set(stream, seen);
    for (const record of records) {
      if (seen.has(record.key)) this.twice.push(`${stream} ${record.key}`);
      seen.add(record.key);
      this.#keep(record);
    }
    for (const { partition } of unlisted) for (const row of this.#inPartition(stream, partition)) seen.add(row.key);
    this.unlisted.push(...unlisted.map(({ partition, reason }) => `${stream} ${partition}: ${reason}`));
    this.rejected.push(...rejected.map(({ at, reason }) => `${stream} ${at}: ${reason}`));
    if (!progress.done) {
      this.positions[stream] = throughJson(progress.cursor);
      return;
    }
    delete this.positions[stream];
    this.completed.add(stream);
    if (progress.resumeFrom === undefined) delete this.states[stream];
    else this.states[stream] = throughJson(progress.resumeFrom);
    const rows = this.rows.get(kindOf(stream));
    for (const key of rows?.keys() ?? []) if (!seen.has(key)) rows?.delete(key);
  }

  #keep(record: SourceRecord): void {
    const rows = this.rows.get(record.kind) ?? new Map<string, SourceRecord>();
    this.rows.set(record.kind, rows.set(record.key, throughJson(record)));
  }

  #removeUnseen(stream: string, { field, value }: Scope, shown: ReadonlySet<string>): void {
    const rows = this.rows.get(kindOf(stream));
    for (const row of rows?.values() ?? []) {
      const isInside = field === 'key' ? row.key === value : fieldOf(row, field) === value;
      if (isInside && !shown.has(row.key)) rows?.delete(row.key);
    }
  }

  #inPartition(stream: string, partition: string): readonly SourceRecord[] {
    return [...(this.rows.get(kindOf(stream))?.values() ?? [])].filter((row) => row.partition === partition);
  }
}

function kindOf(stream: string): RecordKind {
  const found = connector.streams.find(({ name }) => name === stream);
  if (found === undefined) throw new Error(`no stream ${stream}`);
  return found.kind;
}

function fieldOf(row: SourceRecord, field: string): unknown {
  return new Map<string, unknown>(Object.entries(row.data)).get(field);
}

/** As a database would keep it: what does not survive this must not be in a page. */
function throughJson<T>(value: T): T {
  // The same value again, as far as JSON can say.
  return JSON.parse(JSON.stringify(value)) as T;
}
