import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { hintsIn, takingBy, TAKER_TIMES } from './hint-jobs.js';
import type { Hint, HintStore } from './hint-store.js';

export interface RedisHintsOptions {
  /** `redis://host:6379/0`, or `rediss://` with a user and a password. */
  readonly url: string;
  readonly onError: (error: Error) => void;
}

/** What all keys begin with. */
const PREFIX = 'castellan';
/** A start that cannot reach it is to say so, and not to hang. */
const CONNECT_MS = 5_000;

/**
 * BullMQ on Redis. What is lost with it is lost without harm: the rows say what is due.
 * @throws what Redis says when it cannot be reached.
 */
export async function openRedisHints({ url, onError }: RedisHintsOptions): Promise<HintStore> {
  // Whoever announces must learn at once that it is away: a request of the API must not wait until it is back.
  const sender = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: CONNECT_MS,
  });
  let isOpen = false;
  let why: Error | undefined;
  sender.on('error', (error) => {
    why = error;
    if (isOpen) onError(error);
  });
  try {
    await sender.connect();
    isOpen = true;
  } catch (error) {
    sender.disconnect();
    // What `connect` throws says only that it is closed.
    throw why ?? error;
  }
  // Whoever waits for hints goes on waiting while it is away (BullMQ asks for this setting).
  const taking = sender.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, lazyConnect: false });
  taking.on('error', onError);
  return {
    kind: 'redis',
    hints: (name) => hintsIn(new Queue(name, { connection: sender, prefix: PREFIX, skipWaitingForReady: true })),
    taker: (name, options) => {
      const { take, concurrency } = options;
      const process = async ({ data }: { readonly data: Hint }): Promise<void> => void (await take(data));
      return takingBy(new Worker(name, process, { connection: taking, prefix: PREFIX, concurrency, ...TAKER_TIMES }), options);
    },
    close: async () => {
      await Promise.allSettled([sender.quit(), taking.quit()]);
      sender.disconnect();
      taking.disconnect();
    },
  };
}
