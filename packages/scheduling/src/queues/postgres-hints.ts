import {
  type BackendFactory,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  Queue,
  Worker,
} from 'bullmq';
import { hintsIn, takingBy, TAKER_TIMES } from './hint-jobs.js';
import type { Hint, HintStore } from './hint-store.js';

export interface PostgresHintsOptions {
  readonly connectionString: string;
  /** Default `castellan_queue`: apart from our tables, so that their migrations never meet. */
  readonly schema?: string;
  readonly onError: (error: Error) => void;
}

/** Besides one that listens: a hint takes milliseconds, and hosts share what connections a database has. */
const CONNECTIONS = 3;

type ListenClient = Awaited<ReturnType<PostgresConnection['getListenClient']>>;

/** Each queue subscribes on the connection that listens, at the same moment, and `pg` takes one statement at a time. */
class SharedConnection extends PostgresConnection {
  readonly #inOrder = new WeakSet<ListenClient>();

  override async getListenClient(): Promise<ListenClient> {
    const client = await super.getListenClient();
    if (this.#inOrder.has(client)) return client;
    this.#inOrder.add(client);
    const query = client.query.bind(client);
    let last: Promise<unknown> = Promise.resolve();
    client.query = <R>(text: string, values?: readonly unknown[]) => {
      const answer = last.then(() => query<R>(text, values));
      last = answer.catch(() => undefined);
      return answer;
    };
    return client;
  }
}

/** Of a connection that others use too: it is not theirs to close. */
class SharingBackend extends PostgresQueueBackend {
  override close(): Promise<void> {
    return Promise.resolve();
  }

  override disconnect(): Promise<void> {
    return this.disconnectBlocking();
  }
}

/**
 * BullMQ on PostgreSQL. All queues of a process share a pool and the connection that listens: with its own for each queue and
 * each worker, as BullMQ makes them, three hosts would take all that a PostgreSQL gives by default.
 * @throws what the database says when it cannot be reached.
 */
export async function openPostgresHints({
  connectionString,
  schema = 'castellan_queue',
  onError,
}: PostgresHintsOptions): Promise<HintStore> {
  const settings = { connectionString, schema, max: CONNECTIONS, migrate: true, application_name: 'castellan queue' };
  const shared = new SharedConnection(settings);
  // Without a listener a dropped connection would end the process.
  shared.on('error', onError);
  // Each queue and each worker listens for its loss and its return.
  shared.setMaxListeners(0);
  try {
    await shared.waitUntilReady();
  } catch (error) {
    await shared.close().catch(() => undefined);
    throw error;
  }
  const backend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options) =>
    new SharingBackend(shared, name, options);
  return {
    kind: 'postgres',
    hints: (name) => hintsIn(new Queue(name, { connection: settings }, backend)),
    taker: (name, options) => {
      const { take, concurrency } = options;
      const process = async ({ data }: { readonly data: Hint }): Promise<void> => void (await take(data));
      return takingBy(new Worker(name, process, { connection: settings, concurrency, ...TAKER_TIMES }, backend), options);
    },
    close: () => shared.close(),
  };
}
