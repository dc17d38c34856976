import { createPostgresBackend, Queue, Worker } from 'bullmq';
import type { SchedulingLog, WorkAnnouncer, WorkExecutor } from './ports.js';
import { steadyWarnings } from './steady-warnings.js';

export interface WorkQueueOptions {
  /** What is worked on: `sync`, `posture`. One queue a name, for all hosts on the database. */
  readonly name: string;
  /** Before the id in the name of a job, for whoever looks into the tables: `run`, `look`. */
  readonly job: string;
  /** PostgreSQL. BullMQ keeps its tables in a schema of its own there. */
  readonly connectionString: string;
  /** Default `castellan_queue`: apart from our tables, so that their migrations never meet. */
  readonly schema?: string;
  /** At a time in this process. Default 4. */
  readonly concurrency?: number;
  readonly log: SchedulingLog;
}

/** All that a job carries. Everything else is read from the rows when somebody looks at them. */
interface Job {
  readonly id: string;
}

/**
 * A killed worker's job is handed to another one after at most the sum of the two. Our leases do not depend on it; but
 * while a dead worker's job lies there, the same cannot be announced again, so the sum must stay below the 15 s of DESIGN 3.
 */
const LOCK_MS = 5_000;
const STALLED_CHECK_MS = 2_500;

/**
 * Delivers "look at N" to one of the hosts: at a run, at an organisation. It may lose a message (a tick sends it again) or
 * deliver it twice (after a host was killed), so nothing here needs to be more reliable than a hint.
 */
export class WorkQueue implements WorkAnnouncer {
  readonly #options: Required<WorkQueueOptions>;
  readonly #queue: PostgresQueue;
  readonly #shutdown = new AbortController();
  #worker: PostgresWorker | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: Required<WorkQueueOptions>, queue: PostgresQueue) {
    this.#options = options;
    this.#queue = queue;
  }

  /** Connects and brings BullMQ's own tables up to date. @throws what the database says when it cannot be reached. */
  static async open(given: WorkQueueOptions): Promise<WorkQueue> {
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
    return new WorkQueue(options, queue);
  }

  /** Starts to work on what is announced. */
  start(executor: WorkExecutor): void {
    if (this.#worker !== undefined || this.#closing !== undefined) return;
    const { log, name } = this.#options;
    const warn = steadyWarnings(log);
    const worker = makeWorker(this.#options, (id) => executor.execute(id, this.#shutdown.signal));
    worker.on('error', (error) => {
      // While it closes, an embedded database may cut connections that are about to end.
      if (this.#closing === undefined) warn('queue worker failed', error.message);
    });
    // The rows say how it stands; this line only tells that its worker gave up, e.g. without a database.
    worker.on('failed', (job, error) => log.warn('work failed', { queue: name, job: job?.id, error: error.message }));
    this.#worker = worker;
  }

  /** Announces one. Nothing happens while it is announced already or worked on; afterwards it can be announced again. */
  async enqueue(id: string): Promise<void> {
    if (this.#closing !== undefined) return;
    // The id makes it one job at a time; removal at the end, good or bad, makes the id free again.
    const jobId = `${this.#options.job}-${id}`;
    const job: Job = { id };
    await this.#queue.add('look', job, { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true });
  }

  /** Aborted when this process ends: what is at work is then given back. */
  get shutdown(): AbortSignal {
    return this.#shutdown.signal;
  }

  /** Takes no more, aborts what is at work, and waits until it is given back. */
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

type QueueSettings = Required<WorkQueueOptions>;
// The type arguments are left to inference: BullMQ's classes take eight, and naming one would fix the others to Redis.
type PostgresQueue = ReturnType<typeof makeQueue>;
type PostgresWorker = ReturnType<typeof makeWorker>;

function makeQueue(settings: QueueSettings) {
  return new Queue(settings.name, { connection: connection(settings, 2) }, createPostgresBackend);
}

function makeWorker(settings: QueueSettings, look: (id: string) => Promise<unknown>) {
  const process = async (job: { readonly data: Job }): Promise<void> => {
    await look(job.data.id);
  };
  const times = { lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS };
  const { concurrency, name } = settings;
  return new Worker(name, process, { connection: connection(settings, 3), concurrency, ...times }, createPostgresBackend);
}

/** `max` bounds the pool: BullMQ opens one for the queue and one for the worker, each besides a connection that listens. */
function connection({ connectionString, schema }: QueueSettings, max: number) {
  return { connectionString, schema, max, migrate: true, application_name: 'castellan queue' };
}
