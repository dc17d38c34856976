import { countAccess, dueForCounting } from '@castellan/access';
import { type SchedulingLog, TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RUN_LOG } from '../runs/run-starter.js';
import { STORAGE } from '../storage/storage-token.js';

const EVERY_MS = 5_000;
/** One after the other, so that a sync has the database to itself but for one. */
const AT_ONCE = 10;

/** Counts who reaches what and uses it, after syncs that changed something. Every host ticks; each counts another integration. */
@Injectable()
export class AccessCounting implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #runner: TickRunner;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RUN_LOG) log: SchedulingLog) {
    this.#storage = storage;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  count(): Promise<void> {
    return this.#runner.once('access counts', async () => {
      const { queries } = this.#storage;
      for (const id of await dueForCounting(queries, AT_ONCE)) {
        if (this.#runner.isStopped) return;
        await this.#storage.transaction(() => countAccess(queries, id));
      }
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
