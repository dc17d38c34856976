import { createPostgresBackend, Queue, Worker } from 'bullmq';
import type { RunAnnouncer, RunExecutor, SchedulingLog } from './ports.js';
import { steadyWarnings } from './steady-warnings.js';

export interface SyncQueueOptions {
  /** PostgreSQL. BullMQ keeps its tables in a schema of its own there. */
  readonly connectionString: string;
  /** Default `castellan_queue`: apart from our tables, so that their migrations never meet. */
  readonly schema?: string;
  /** Runs at a time in this process. Default 4. */
  readonly concurrency?: number;
  readonly log: SchedulingLog;
}

/** All that a job carries. Everything else is read from the run's row when somebody looks at it. */
interface SyncJob {
  readonly runId: string;
}

const QUEUE = 'sync';
/**
 * A killed worker's job is handed to another one after at most the sum of the two. Our leases do not depend on it; but
 * while a dead worker's job lies there, its run cannot be announced again, so the sum must stay below the 15 s of DESIGN 3.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_500;

/**
 * Delivers "look at run N" to one of the hosts. It may lose a message (the reconcile tick sends it again) or deliver it
 * twice (the lease refuses the second), so nothing here needs to be more reliable than a hint.
 */
export class SyncQueue implements RunAnnouncer {
  readonly #options: Required<SyncQueueOptions>;
  readonly #queue: PostgresQueue;
  readonly #shutdown = new AbortController();
  #worker: PostgresWorker | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: Required<SyncQueueOptions>, queue: PostgresQueue) {
    this.#options = options;
    this.#queue = queue;
  }

  /** Connects and brings BullMQ's own tables up to date. @throws what the database says when it cannot be reached. */
  static async open(given: SyncQueueOptions): Promise<SyncQueue> {
    const options = { schema: 'castellan_queue', concurrency: 4, ...given };
    const queue = makeQueue(options);
    // Without a listener a dropped connection would end the process.
    const warn = steadyWarnings(options.log);
    queue.on('error', (error) => warn('queue connection failed', error.message));
    try {
      await queue.waitUntilReady();
    } catch (error) {
      await queue.close().catch(() => undefined);
      throw error;
    }
    return new SyncQueue(options, queue);
  }

  /** Starts to work on runs. */
  start(executor: RunExecutor): void {
    if (this.#worker !== undefined || this.#closing !== undefined) return;
    const { log } = this.#options;
    const warn = steadyWarnings(log);
    const worker = makeWorker(this.#options, (runId) => executor.execute(runId, this.#shutdown.signal));
    worker.on('error', (error) => {
      // While it closes, an embedded database may cut connections that are about to end.
      if (this.#closing === undefined) warn('queue worker failed', error.message);
    });
    // The run's row says how it stands; this line only tells that its worker gave up, e.g. without a database.
    worker.on('failed', (job, error) => log.warn('look at a run failed', { job: job?.id, error: error.message }));
    this.#worker = worker;
  }

  /** Announces a run. Nothing happens while it is announced already or worked on; afterwards it can be announced again. */
  async enqueue(runId: string): Promise<void> {
    if (this.#closing !== undefined) return;
    // The id makes it one job at a time; removal at the end, good or bad, makes the id free again.
    const jobId = `run-${runId}`;
    const job: SyncJob = { runId };
    await this.#queue.add('look', job, { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true });
  }

  /** Aborted when this process ends: runs are then given back. */
  get shutdown(): AbortSignal {
    return this.#shutdown.signal;
  }

  /** Stops taking runs, aborts those at work, and waits until they are given back. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#shutdown.abort();
    await this.#worker?.close();
    await this.#queue.close();
  }
}

type QueueSettings = Required<SyncQueueOptions>;
// The type arguments are left to inference: BullMQ's classes take eight, and naming one would fix the others to Redis.
type PostgresQueue = ReturnType<typeof makeQueue>;
type PostgresWorker = ReturnType<typeof makeWorker>;

function makeQueue(settings: QueueSettings) {
  return new Queue(QUEUE, { connection: connection(settings, 2) }, createPostgresBackend);
}

function makeWorker(settings: QueueSettings, look: (runId: string) => Promise<unknown>) {
  const process = async (job: { readonly data: SyncJob }): Promise<void> => {
    await look(job.data.runId);
  };
  const times = { lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS };
  const { concurrency } = settings;
  return new Worker(QUEUE, process, { connection: connection(settings, 3), concurrency, ...times }, createPostgresBackend);
}

/** `max` bounds the pool: BullMQ opens one for the queue and one for the worker, each besides a connection that listens. */
function connection({ connectionString, schema }: QueueSettings, max: number) {
  return { connectionString, schema, max, migrate: true, application_name: 'castellan queue' };
}
