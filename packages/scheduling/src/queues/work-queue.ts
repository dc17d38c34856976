import type { SchedulingLog, WorkAnnouncer, WorkExecutor } from '../ports.js';
import type { Hint, HintStore } from './hint-store.js';
import { NamedQueue } from './named-queue.js';

export interface WorkQueueOptions {
  /** What is worked on: `posture`. One queue a name, for all hosts. */
  readonly name: string;
  /** Before the id in the name of a job, for whoever looks into the queue: `look`. */
  readonly job: string;
  /** At a time in this process. */
  readonly concurrency: number;
  readonly log: SchedulingLog;
}

/**
 * Delivers "look at N" to one of the hosts. It may lose a message (a tick sends it again) or deliver it twice (after a host was
 * killed), so nothing here needs to be more reliable than a hint.
 */
export class WorkQueue implements WorkAnnouncer {
  readonly #job: string;
  readonly #queue: NamedQueue;

  constructor(store: HintStore, { job, ...options }: WorkQueueOptions) {
    this.#job = job;
    this.#queue = new NamedQueue(store, options);
  }

  /** Starts to work on what is announced. */
  start(executor: WorkExecutor): void {
    this.#queue.start(({ id }: Hint) => (id === null ? Promise.resolve() : executor.execute(id, this.#queue.shutdown)));
  }

  /** Announces one. Nothing happens while it is announced already or worked on; afterwards it can be announced again. */
  async enqueue(id: string): Promise<void> {
    await this.#queue.add([{ hint: { id }, jobId: `${this.#job}-${id}` }]);
  }

  /** Takes no more, aborts what is at work, and waits until it is given back. */
  close(): Promise<void> {
    return this.#queue.close();
  }
}
