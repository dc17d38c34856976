import type { SchedulingLog } from '../ports.js';
import type { Hint, Hints, HintStore, HintTaker } from './hint-store.js';
import { steadyWarnings } from './steady-warnings.js';

interface NamedQueueOptions {
  readonly name: string;
  readonly concurrency: number;
  readonly log: SchedulingLog;
}

/** Hints of one kind, and whoever takes them in this process. */
export class NamedQueue {
  readonly #store: HintStore;
  readonly #options: NamedQueueOptions;
  readonly #hints: Hints;
  readonly #shutdown = new AbortController();
  #taker: HintTaker | undefined;
  #closing: Promise<void> | undefined;

  constructor(store: HintStore, options: NamedQueueOptions) {
    this.#store = store;
    this.#options = options;
    this.#hints = store.hints(options.name);
  }

  start(take: (hint: Hint) => Promise<unknown>): void {
    if (this.#taker !== undefined || this.#closing !== undefined) return;
    const { log, name, concurrency } = this.#options;
    const warn = steadyWarnings(log);
    this.#taker = this.#store.taker(name, {
      take,
      concurrency,
      onError: (error) => {
        // While it closes, an embedded database may cut connections that are about to end.
        if (this.#closing === undefined) warn('queue worker failed', error.message);
      },
      // The rows say how it stands; this line only tells that its worker gave up, e.g. without a database.
      onFailed: (job, error) => log.warn('work failed', { queue: name, job, error: error.message }),
    });
  }

  async add(hints: Parameters<Hints['add']>[0]): Promise<void> {
    if (this.#closing === undefined) await this.#hints.add(hints);
  }

  async waiting(): Promise<number> {
    return this.#closing === undefined ? this.#hints.waiting() : 0;
  }

  get shutdown(): AbortSignal {
    return this.#shutdown.signal;
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#shutdown.abort();
    await this.#taker?.close();
    await this.#hints.close();
  }
}
