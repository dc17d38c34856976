import type { Logger } from '@castellan/connector-sdk';
import { type HintStore, openHints, TurnQueue, WorkQueue } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import type { AppParts } from './app.module.js';
import type { Closing } from './closing.js';
import type { HostSettings } from './settings/host-settings.js';
import { StartError } from './settings/start-error.js';

interface QueueParts {
  readonly runs: number;
  readonly log: Logger;
  readonly closing: Closing;
}

/** Of runs, of looks at organisations and at their logs: those work in the database alone, one at a time, so that syncs have it too. */
export async function openQueues(
  { redisUrl }: HostSettings,
  storage: Storage,
  { runs, log, closing }: QueueParts,
): Promise<Pick<AppParts, 'queue' | 'looks' | 'detections'>> {
  const hints = await hintsIn(storage.databaseUrl, redisUrl, log);
  closing.add(() => hints.close());
  const queue = new TurnQueue(hints, { name: 'sync', concurrency: runs, log });
  closing.add(() => queue.close());
  const looks = new WorkQueue(hints, { name: 'posture', job: 'look', concurrency: 1, log });
  closing.add(() => looks.close());
  const detections = new WorkQueue(hints, { name: 'detection', job: 'watch', concurrency: 1, log });
  closing.add(() => detections.close());
  return { queue, looks, detections };
}

async function hintsIn(connectionString: string, redisUrl: string | undefined, log: Logger): Promise<HintStore> {
  try {
    return await openHints({ connectionString, redisUrl, log });
  } catch (cause) {
    if (redisUrl === undefined) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `The Redis of REDIS_URL cannot be reached: ${why}. Start it, mend the address, or leave REDIS_URL out.`,
      {
        cause,
      },
    );
  }
}
