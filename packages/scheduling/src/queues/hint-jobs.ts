import type { Hint, Hints, HintTaker, TakerOptions } from './hint-store.js';

/**
 * A killed worker's hint is handed to another one after at most the sum of the two. Our leases do not depend on it; but while a
 * dead worker's hint lies there, the same cannot be announced again, so the sum must stay below the 15 s of DESIGN 3.
 */
export const TAKER_TIMES = { lockDuration: 5_000, stalledInterval: 2_500 } as const;

/** One attempt: what failed is found by a tick. Removed at the end, good or bad: its id is free again. */
const HINT_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

interface HintJob {
  readonly name: string;
  readonly data: Hint;
  readonly opts: typeof HINT_OPTIONS & { readonly jobId?: string };
}

/** What is used of a queue of BullMQ, whatever it keeps its jobs in. */
interface JobQueue {
  addBulk(jobs: HintJob[]): Promise<unknown>;
  getWaitingCount(): Promise<number>;
  on(event: 'error', listener: () => void): unknown;
  close(): Promise<void>;
}

/** The same of a worker. */
interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: { readonly id?: string } | undefined, error: Error) => void): unknown;
  close(): Promise<void>;
}

export function hintsIn(queue: JobQueue): Hints {
  // What it is connected by tells already.
  queue.on('error', () => undefined);
  return {
    add: async (hints) => {
      const jobs = hints.map(({ hint, jobId }) => ({
        name: 'look',
        data: hint,
        opts: { ...HINT_OPTIONS, ...(jobId !== undefined && { jobId }) },
      }));
      await queue.addBulk(jobs);
    },
    waiting: () => queue.getWaitingCount(),
    close: () => queue.close(),
  };
}

export function takingBy(worker: JobWorker, { onError, onFailed }: TakerOptions): HintTaker {
  worker.on('error', onError);
  worker.on('failed', (job, error) => onFailed(job?.id, error));
  return { close: () => worker.close() };
}
