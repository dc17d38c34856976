import { type ErrorView, InternalError, type Logger, type StreamInfo, type SyncMessage } from '@castellan/connector-sdk';
import type { ClaimedRun, RunStore, SweepRule } from '../ports/run-store.js';
import type { ReadResult } from './outcome.js';

/** Takes a connector's messages one by one and turns them into commits. Trusts no connector to name its own streams. */
export class PageReader {
  readonly #runs: RunStore;
  readonly #claimed: ClaimedRun;
  readonly #streams: ReadonlyMap<string, StreamInfo>;
  readonly #sweepRule: SweepRule;
  readonly #logger: Logger;
  readonly #onComplete: (stream: string) => void;
  readonly #errors: ErrorView[] = [];
  #complete: number;

  constructor(
    runs: RunStore,
    claimed: ClaimedRun,
    streams: readonly StreamInfo[],
    sweepRule: SweepRule,
    logger: Logger,
    complete: number,
    onComplete: (stream: string) => void = () => undefined,
  ) {
    this.#runs = runs;
    this.#claimed = claimed;
    this.#streams = new Map(streams.map((stream) => [stream.name, stream]));
    this.#sweepRule = sweepRule;
    this.#logger = logger;
    this.#complete = complete;
    this.#onComplete = onComplete;
  }

  get result(): ReadResult {
    return { asked: this.#streams.size, complete: this.#complete, errors: this.#errors };
  }

  async take(message: SyncMessage): Promise<void> {
    // Not about a stream: whoever drives the run notes it.
    if (message.type === 'plan') return;
    const stream = this.#streams.get(message.stream);
    if (stream === undefined)
      throw new InternalError({ message: `The connector sent a page of ${message.stream}, which was not asked for.` });
    if (message.type === 'started') return this.#logger.info('stream started', { stream: stream.name });
    if (message.type === 'page') return this.#commit(stream, message);
    this.#errors.push(message.error);
    const { status, error, detail } = message;
    this.#logger.warn('stream stopped', { stream: stream.name, status, error, detail });
    // What a stopped run looks like is decided once, at its end; a stream cut by the stop itself is simply not through.
    if (error.kind !== 'aborted') await this.#runs.stopStream(this.#claimed, stream, status, error);
  }

  async #commit(stream: StreamInfo, page: Extract<SyncMessage, { type: 'page' }>): Promise<void> {
    const foreign = page.records.find((record) => record.kind !== stream.kind);
    if (foreign !== undefined) {
      throw new InternalError({
        message: `Stream ${stream.name} sent a record of kind ${foreign.kind} instead of ${stream.kind}.`,
      });
    }
    const { records, deleted, unlisted, rejected, stale, progress } = page;
    const commit = { stream, records, deleted, unlisted, rejected, stale, progress };
    const result = await this.#runs.commitPage(this.#claimed, commit, this.#sweepRule);
    this.#logger.debug('page committed', { stream: stream.name, rows: records.length, ...result });
    if (unlisted.length > 0)
      this.#logger.warn('parts of a stream could not be listed', { stream: stream.name, unlisted: unlisted.slice(0, 5) });
    if (rejected.length > 0)
      this.#logger.warn('rows rejected', { stream: stream.name, count: rejected.length, first: rejected[0] });
    if (!progress.done) return;
    this.#complete += 1;
    this.#onComplete(stream.name);
    this.#logger.info('stream complete', {
      stream: stream.name,
      ...(result.held && { held: result.held }),
      removed: result.removed,
    });
  }
}
