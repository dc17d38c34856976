import {
  type Connector,
  ConnectorError,
  type ConnectorContext,
  ERROR_POLICY,
  type ErrorView,
  type Json,
  type Logger,
  type RefreshMessage,
  scopeKey,
  type StreamInfo,
  type SyncedReader,
} from '@castellan/connector-sdk';
import type { ClaimedRun, RunStore, StaleBatch, StaleStream } from '../ports/run-store.js';
import { untilAborted } from './until-aborted.js';

export interface DrainParts {
  readonly runs: RunStore;
  readonly claimed: ClaimedRun;
  readonly connector: Connector;
  readonly context: ConnectorContext<object>;
  /** In dependency order. */
  readonly streams: readonly StreamInfo[];
  /** Streams that may be read now; the parts of others wait. */
  readonly isOpen: (stream: string) => boolean;
  readonly synced: SyncedReader;
  readonly resumeFrom: ReadonlyMap<string, Json>;
  readonly logger: Logger;
  readonly onProgress: () => void;
}

/** Parts for one call of the connector: so many rows fit into memory, and a cut loses no more. */
const BATCH = 500;
/** A refresh may find that more is stale, which may find more: a bound for what can only be a mistake. */
const MOST_BATCHES = 1_000;
/** Parts of low priority that one drain reads. */
const MOST_LOW = 200;

/** Reads again what events have called stale, stream by stream in the order of their dependencies, until nothing is left. */
export class StaleDrain {
  readonly #parts: DrainParts;
  readonly #errors: ErrorView[] = [];
  /** Streams that have failed: not asked again in this drain. */
  readonly #blocked = new Set<string>();
  /** Streams whose parts are asked for one by one, to find the one that is to blame. */
  readonly #careful = new Set<string>();
  readonly #tried = new Set<string>();
  #lowLeft = MOST_LOW;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  /** @returns what went wrong, first come first; the parts concerned wait for the next drain. */
  async run(): Promise<readonly ErrorView[]> {
    for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
      const next = await this.#next();
      if (next === undefined) return this.#errors;
      if (!(await this.#read(next))) return this.#errors;
    }
    this.#parts.logger.error('stale parts do not come to an end', { batches: MOST_BATCHES });
    return this.#errors;
  }

  async #next(): Promise<StreamInfo | undefined> {
    const { streams, isOpen } = this.#parts;
    const waiting = new Map((await this.#waiting()).map((stale) => [stale.stream, stale]));
    const candidates = streams.filter(({ name, refreshable }) => refreshable && isOpen(name) && !this.#blocked.has(name));
    return candidates.find(({ name }) => this.#isWanted(waiting.get(name)));
  }

  #waiting(): Promise<readonly StaleStream[]> {
    const { runs, claimed, streams } = this.#parts;
    return runs.staleStreams(
      claimed,
      streams.map(({ name }) => name),
    );
  }

  #isWanted(stale: StaleStream | undefined): boolean {
    if (stale === undefined) return false;
    return stale.parts > stale.low || (stale.low > 0 && this.#lowLeft > 0);
  }

  /** @returns whether the drain may go on. */
  async #read(stream: StreamInfo): Promise<boolean> {
    const { runs, claimed, logger } = this.#parts;
    const size = this.#careful.has(stream.name) ? 1 : BATCH;
    const urgent = await runs.takeStale(claimed, stream.name, size, false);
    const isLow = urgent.parts.length === 0;
    const batch = isLow ? await runs.takeStale(claimed, stream.name, Math.min(size, this.#lowLeft), true) : urgent;
    if (isLow) this.#lowLeft -= batch.parts.length;
    // Those that were tried come last: once they come again, all others are through.
    if (batch.parts.length === 0 || batch.parts.some(({ id }) => this.#tried.has(id))) {
      this.#blocked.add(stream.name);
      return true;
    }
    const open = new Map(batch.parts.map(({ id, scope }) => [scopeKey(scope), id]));
    try {
      await this.#refresh(stream, batch, open);
      logger.debug('parts read again', { stream: stream.name, parts: batch.parts.length });
      return true;
    } catch (error) {
      return await this.#failed(stream, error, [...open.values()]);
    }
  }

  async #refresh(stream: StreamInfo, batch: StaleBatch, open: Map<string, string>): Promise<void> {
    const { connector, context, synced, resumeFrom, runs, claimed, logger, onProgress } = this.#parts;
    const scopes = batch.parts.map(({ scope }) => scope);
    const state = resumeFrom.get(stream.name);
    const messages = connector.refresh({ ...context, stream: stream.name, scopes, state, synced });
    for await (const message of untilAborted(messages, context.signal)) {
      onProgress();
      const answered = answeredIn(message).flatMap((key) => open.get(key) ?? []);
      await runs.commitRefresh(claimed, { ...message, stream, since: batch.since, answered });
      for (const key of answeredIn(message)) open.delete(key);
      await this.#later(stream, message, open);
      if (message.unread.length > 0)
        logger.warn('parts could not be read again', {
          stream: stream.name,
          count: message.unread.length,
          first: message.unread[0],
        });
    }
  }

  /** Parts that a passing fault has kept from being read wait for the next drain. */
  async #later({ name }: StreamInfo, { unread }: RefreshMessage, open: Map<string, string>): Promise<void> {
    const keys = unread.filter(({ retry }) => retry === true).map(({ scope }) => scopeKey(scope));
    if (keys.length === 0) return;
    this.#blocked.add(name);
    await this.#countAsTried(keys.flatMap((key) => open.get(key) ?? []));
    for (const key of keys) open.delete(key);
  }

  async #countAsTried(ids: readonly string[]): Promise<void> {
    const { runs, claimed, logger } = this.#parts;
    const dropped = await runs.staleFailed(claimed, ids);
    if (dropped > 0) logger.warn('parts given up until the next full run', { count: dropped });
  }

  async #failed(stream: StreamInfo, error: unknown, ids: readonly string[]): Promise<boolean> {
    if (!ConnectorError.is(error)) throw error;
    const view = error.view();
    this.#parts.logger.warn('refresh stopped', { stream: stream.name, error: view, detail: error.detail });
    // A mistake of ours over one part must not keep the others waiting, or be counted against them.
    if (error.kind === 'internal' && ids.length > 1) {
      this.#careful.add(stream.name);
      return true;
    }
    this.#errors.push(view);
    if (error.kind === 'internal') {
      for (const id of ids) this.#tried.add(id);
      await this.#countAsTried(ids);
      return true;
    }
    this.#blocked.add(stream.name);
    // An outage, a wait or a stop says nothing about the parts themselves.
    if (ERROR_POLICY[error.kind].ends === 'run') return false;
    if (error.kind !== 'transient') await this.#countAsTried(ids);
    return true;
  }
}

function answeredIn({ complete, settled, unread }: RefreshMessage): readonly string[] {
  const unreadForNow = unread.filter(({ retry }) => retry !== true).map(({ scope }) => scope);
  return [...complete, ...settled, ...unreadForNow].map(scopeKey);
}
