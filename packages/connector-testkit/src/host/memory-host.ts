import {
  type ActionOutcome,
  type ComparablePlan,
  type ConnectionMemory,
  connectionMemory,
  type ConnectionReport,
  type Connector,
  type ConnectorContext,
  type Json,
  type SourceRecord,
  type Stale,
  type SyncMessage,
} from '@castellan/connector-sdk';
import { Recorder } from './recorder.js';
import { Rows } from './rows.js';

export type Stopped = Extract<SyncMessage, { type: 'stopped' }>;
/** How an action is asked for. */
export interface Agreed {
  readonly signal?: AbortSignal;
  readonly expected?: string;
}
export type PageOf = Extract<SyncMessage, { type: 'page' }>;

/** Opens the network for one call of the connector, and closes it. */
export type OpenNetwork = (call: {
  readonly signal: AbortSignal;
}) => Pick<ConnectorContext<object>, 'http'> & { close(): Promise<void> };

export interface RunOptions {
  /** Default: all that the settings ask for. */
  readonly streams?: readonly string[];
  /** Committed pages after which the host dies. */
  readonly pages?: number;
  readonly signal?: AbortSignal;
  /** Positions in place of those that were committed. */
  readonly checkpoints?: Readonly<Record<string, Json>>;
  /** Called after the page was committed; the next is asked for when it is through. */
  readonly onPage?: (page: PageOf) => void | Promise<void>;
}

/**
 * Keeps what a host keeps, in memory: rows, positions, which streams are through. Written for the suite and not taken from the
 * engine, so that a mistake of the engine's does not hide one of a connector's.
 */
export class MemoryHost {
  readonly rows = new Rows();
  readonly positions: Record<string, Json> = {};
  /** `resumeFrom` of the last complete listing of a snapshot. */
  readonly states: Record<string, Json> = {};
  readonly completed = new Set<string>();
  readonly stopped: Stopped[] = [];
  readonly unlisted: { readonly stream: string; readonly partition: string }[] = [];
  readonly rejected: { readonly stream: string; readonly at: string }[] = [];
  readonly stale: Stale[] = [];
  /** Whether records are kept as well: switched off, pages are counted and thrown away. */
  readonly recorder = new Recorder();
  pages = 0;
  memory: ConnectionMemory = connectionMemory();
  readonly connector: Connector;
  readonly config: object;
  readonly #network: OpenNetwork;

  constructor(connector: Connector, config: object, network: OpenNetwork) {
    this.connector = connector;
    this.config = config;
    this.#network = network;
  }

  get streams(): readonly string[] {
    return this.connector.streamsOf(this.config).map(({ name }) => name);
  }

  /** Reads until everything has been said, or the host dies. @returns whether it came to the end */
  async run(options: RunOptions = {}): Promise<boolean> {
    const { streams = this.streams, pages = Number.POSITIVE_INFINITY, signal, onPage } = options;
    let left = pages;
    return this.with(signal, async (context) => {
      const messages = this.connector.sync({
        ...context,
        streams,
        completed: [...this.completed],
        checkpoints: options.checkpoints ?? { ...this.positions },
        last: { ...this.states },
        synced: this.rows.synced(),
      });
      for await (const message of messages) {
        if (message.type === 'stopped') this.#stop(message);
        if (message.type !== 'page') continue;
        this.#commit(message);
        await onPage?.(message);
        left -= 1;
        if (left === 0) return false;
      }
      return true;
    });
  }

  async test(signal?: AbortSignal): Promise<ConnectionReport> {
    const report = await this.with(signal, (context) => this.connector.testConnection(context));
    this.recorder.note('the report of testConnection', report);
    return report;
  }

  async planAction(action: string, input: unknown): Promise<ComparablePlan> {
    const plan = await this.with(undefined, (context) => this.connector.planAction({ ...context, action, input }));
    this.recorder.note(`the plan of action ${action}`, plan);
    return plan;
  }

  /** @param expected the fingerprint of a plan, where one was agreed to */
  async act(action: string, input: unknown, { signal, expected }: Agreed = {}): Promise<ActionOutcome> {
    const outcome = await this.with(signal, (context) =>
      this.connector.act({
        ...context,
        action,
        input,
        idempotencyKey: `${action} of the suite`,
        ...(expected !== undefined && { expected }),
      }),
    );
    this.recorder.note(`the outcome of action ${action}`, outcome);
    return outcome;
  }

  /** Calls the connector as a host does: with a network of its own, which is closed after. */
  async with<T>(signal: AbortSignal | undefined, work: (context: ConnectorContext<object>) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const { http, close } = this.#network({ signal: both });
    const { recorder, config, memory } = this;
    try {
      return await work({ config, signal: both, logger: recorder.logger, http, now: () => new Date(), memory });
    } catch (error) {
      recorder.note('an error', error);
      throw error;
    } finally {
      stop.abort();
      await close();
    }
  }

  /** Another host that has what this one has: rows, positions and states. */
  copy(): MemoryHost {
    const copy = new MemoryHost(this.connector, this.config, this.#network);
    copy.rows.take(this.rows);
    Object.assign(copy.positions, this.positions);
    Object.assign(copy.states, this.states);
    for (const stream of this.completed) copy.completed.add(stream);
    return copy;
  }

  #stop(message: Stopped): void {
    this.stopped.push(message);
    this.recorder.note(`the error of stream ${message.stream}`, message);
  }

  #commit(page: PageOf): void {
    const { stream, progress } = page;
    this.pages += 1;
    if (this.recorder.keeps) {
      for (const record of page.records) this.rows.write(stream, throughJson(record));
      this.recorder.note(`the records of stream ${stream}`, page.records);
      this.recorder.note(`what stream ${stream} says beside its records`, { ...page, records: [] });
    }
    for (const { partition } of page.unlisted) this.unlisted.push({ stream, partition });
    for (const { at } of page.rejected) this.rejected.push({ stream, at });
    this.stale.push(...page.stale);
    const isSnapshot = this.connector.streams.find(({ name }) => name === stream)?.semantics === 'snapshot';
    if (progress.done) this.completed.add(stream);
    if (progress.done && isSnapshot && progress.resumeFrom !== undefined)
      this.states[stream] = throughJson(progress.resumeFrom);
    const position = progress.done ? (isSnapshot ? undefined : progress.resumeFrom) : progress.cursor;
    if (position === undefined) delete this.positions[stream];
    else this.positions[stream] = throughJson(position);
  }
}

/** As a database would: what does not survive this must not be in a page. */
export function throughJson<T extends Json | SourceRecord>(value: T): T {
  // The same value again, as far as JSON can say; the listing check compares the two.
  return JSON.parse(JSON.stringify(value)) as T;
}
