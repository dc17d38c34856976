import {
  type ConnectionMemory,
  connectionMemory,
  type ConnectorContext,
  type HttpFactory,
  type Json,
  type RecordKind,
  type SourceRecord,
  type SyncedEntry,
  type SyncedReader,
  type SyncMessage,
  type SyncPlan,
} from '@castellan/connector-sdk';
import { createHttpFactory, type GuardedHttp } from '@castellan/http-client';
import { connector, type OktaConfig } from '../../src/index.js';
import { RecordingLogger } from './recording-logger.js';

type Stopped = Extract<SyncMessage, { type: 'stopped' }>;

/** Keeps what a host keeps, in memory: rows, positions, which streams are through. Everything else is the connector's. */
export class TinyHost {
  readonly rows = new Map<RecordKind, Map<string, SourceRecord>>();
  /** How often each row was written, by stream and key. */
  readonly writes = new Map<string, number>();
  readonly checkpoints: Record<string, Json> = {};
  /** `resumeFrom` of complete snapshots. */
  readonly states: Record<string, Json> = {};
  readonly completed = new Set<string>();
  readonly stopped: Stopped[] = [];
  readonly unlisted: string[] = [];
  readonly rejected: string[] = [];
  /** Why something is in `unlisted` or `rejected`. */
  readonly reasons: string[] = [];
  /** Every plan that was said, in order. */
  readonly plans: SyncPlan[] = [];
  readonly logger = new RecordingLogger();
  /** What the http client says that a bucket grants a minute, in place of what the answers' headers say. */
  grants: ((bucket: string) => number) | undefined;
  /** Outlives a run, as a host's does. */
  readonly memory: ConnectionMemory = connectionMemory();
  readonly #config: OktaConfig;
  readonly #now: () => Date;
  readonly #http: HttpFactory | undefined;

  private constructor(config: OktaConfig, now: () => Date, http: HttpFactory | undefined) {
    this.#config = config;
    this.#now = now;
    this.#http = http;
  }

  /** @param answers instead of the network. @param settings over those of the form. */
  static async create(
    input: unknown,
    now: () => Date = () => new Date(),
    answers?: HttpFactory,
    settings: object = {},
  ): Promise<TinyHost> {
    const result = await connector.validateConfig(input, { allowedHosts: ['127.0.0.1'] });
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return new TinyHost({ ...result.config, ...settings }, now, answers);
  }

  get names(): readonly string[] {
    return connector.streamsOf(this.#config).map(({ name }) => name);
  }

  count(kind: RecordKind): number {
    return this.rows.get(kind)?.size ?? 0;
  }

  keys(kind: RecordKind): readonly string[] {
    return [...(this.rows.get(kind)?.keys() ?? [])].toSorted();
  }

  all<K extends RecordKind>(kind: K): readonly SourceRecord<K>[] {
    // Filed under its own kind below.
    return [...(this.rows.get(kind)?.values() ?? [])] as unknown as readonly SourceRecord<K>[];
  }

  /** Reads the streams; stops after `pages` pages as a killed host does, and says whether all is through. */
  async run(streams: readonly string[] = this.names, pages = Number.POSITIVE_INFINITY): Promise<boolean> {
    return this.#with(async (context) => {
      let left = pages;
      const messages = connector.sync({
        ...context,
        streams,
        completed: [...this.completed],
        checkpoints: { ...this.checkpoints },
        last: { ...this.states },
        synced: this.synced(),
      });
      for await (const message of messages) {
        if (message.type === 'stopped') this.stopped.push(message);
        if (message.type === 'plan') this.plans.push(message.plan);
        if (message.type !== 'page') continue;
        this.#commit(message);
        left -= 1;
        if (left === 0) return false;
      }
      return true;
    });
  }

  /** Does something with the connector as this host; see `PollingHost`. */
  async as<T>(work: (context: ConnectorContext<OktaConfig>, synced: SyncedReader) => Promise<T>): Promise<T> {
    return this.#with((context) => work(context, this.synced()));
  }

  async test(): ReturnType<typeof connector.testConnection> {
    return this.#with((context) => connector.testConnection(context));
  }

  async #with<T>(work: (context: ConnectorContext<OktaConfig>) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const http: GuardedHttp = createHttpFactory({
      allowedHosts: ['127.0.0.1'],
      signal: stop.signal,
      logger: this.logger,
      limits: { retryBaseMs: 1, retryCapMs: 5, concurrencyWaitMs: [1, 5], resetMarginMs: 1 },
    });
    try {
      return await work({
        config: this.#config,
        signal: stop.signal,
        logger: this.logger,
        http: this.#http ?? this.#granting(http.factory),
        now: this.#now,
        memory: this.memory,
      });
    } finally {
      await http.close();
    }
  }

  #granting(factory: HttpFactory): HttpFactory {
    const { grants } = this;
    if (grants === undefined) return factory;
    return (options) => {
      const client = factory(options);
      return { send: (request) => client.send(request), limitOf: grants };
    };
  }

  #commit(page: Extract<SyncMessage, { type: 'page' }>): void {
    for (const record of page.records) {
      const rows = this.rows.get(record.kind) ?? new Map<string, SourceRecord>();
      this.rows.set(record.kind, rows.set(record.key, record));
      const id = `${page.stream} ${record.key}`;
      this.writes.set(id, (this.writes.get(id) ?? 0) + 1);
    }
    this.unlisted.push(...page.unlisted.map(({ partition }) => `${page.stream} ${partition}`));
    this.rejected.push(...page.rejected.map(({ at }) => `${page.stream} ${at}`));
    this.reasons.push(...[...page.unlisted, ...page.rejected].map(({ reason }) => reason));
    // Through JSON, as a database would: what does not survive that must not be in a position.
    const isSnapshot = connector.streams.find(({ name }) => name === page.stream)?.semantics === 'snapshot';
    if (page.progress.done) this.completed.add(page.stream);
    if (page.progress.done && isSnapshot && page.progress.resumeFrom !== undefined)
      this.states[page.stream] = page.progress.resumeFrom;
    const after = page.progress.done && !isSnapshot ? page.progress.resumeFrom : undefined;
    const position = page.progress.done ? after : page.progress.cursor;
    if (position === undefined) delete this.checkpoints[page.stream];
    else this.checkpoints[page.stream] = JSON.parse(JSON.stringify(position)) as Json;
  }

  synced(): SyncedReader {
    const rows = this.rows;
    const keysOf = (kind: RecordKind): readonly string[] =>
      // For the ids of these tests the same as byte order, and much faster to sort by.
      [...(rows.get(kind)?.keys() ?? [])].toSorted();
    const entry = (row: SourceRecord): SyncedEntry => ({ key: row.key, hint: row.hint });
    return {
      async *entries(kind, after) {
        for (const key of keysOf(kind)) {
          if (after !== undefined && key <= after) continue;
          const row = rows.get(kind)?.get(key);
          if (row !== undefined) yield entry(row);
        }
      },
      get: (kind, key) => {
        const row = rows.get(kind)?.get(key);
        return Promise.resolve(row === undefined ? undefined : entry(row));
      },
      async *where(kind, field, value) {
        // Few of many: those first, then their order.
        const found = [...(rows.get(kind)?.values() ?? [])].filter((row) => Reflect.get(row.data, field) === value);
        for (const { key } of found.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
          const row = rows.get(kind)?.get(key);
          if (row !== undefined && Reflect.get(row.data, field) === value) yield entry(row);
        }
      },
    };
  }
}
