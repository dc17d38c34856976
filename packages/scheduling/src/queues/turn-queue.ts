import type { SchedulingLog, TurnTaker } from '../ports.js';
import type { HintStore } from './hint-store.js';
import { NamedQueue } from './named-queue.js';

export interface TurnQueueOptions {
  readonly name: string;
  /** At a time in this process. */
  readonly concurrency: number;
  readonly log: SchedulingLog;
}

/**
 * Says to the hosts that there is work, and not which: whoever has room takes what is most urgent by then. So it needs no order
 * of its own, nobody waits behind what was announced earlier, and a hint that is lost or doubled does no harm.
 */
export class TurnQueue {
  readonly #queue: NamedQueue;

  constructor(store: HintStore, options: TurnQueueOptions) {
    this.#queue = new NamedQueue(store, options);
  }

  /** Each of its places takes turn after turn until no work is left. */
  start(taker: TurnTaker): void {
    const { shutdown } = this.#queue;
    this.#queue.start(async () => {
      while (!shutdown.aborted && (await taker.takeTurn(shutdown)));
    });
  }

  /** One more is to be worked on. */
  async announce(): Promise<void> {
    await this.#queue.add([{ hint: { id: null } }]);
  }

  /** So many wait to be worked on: as many hints as nobody has sent yet. */
  async announceAll(due: number): Promise<void> {
    if (due === 0) return;
    const missing = due - (await this.#queue.waiting());
    if (missing > 0) await this.#queue.add(Array.from({ length: missing }, () => ({ hint: { id: null } })));
  }

  /** Aborted when this process ends: what is at work is then given back. */
  get shutdown(): AbortSignal {
    return this.#queue.shutdown;
  }

  /** Takes no more, aborts what is at work, and waits until it is given back. */
  close(): Promise<void> {
    return this.#queue.close();
  }
}
