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
const AGAIN_MS = 10 * 60_000;

/** Counts who reaches what and uses it, after syncs that changed something. Every host ticks; each counts another integration. */
@Injectable()
export class AccessCounting implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #runner: TickRunner;
  readonly #log: SchedulingLog;
  /** Until when to leave those alone that could not be counted. */
  readonly #failed = new Map<string, number>();

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RUN_LOG) log: SchedulingLog) {
    this.#storage = storage;
    this.#log = log;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  count(): Promise<void> {
    return this.#runner.once('access counts', async () => {
      const { queries } = this.#storage;
      const now = performance.now();
      for (const id of await dueForCounting(queries, AT_ONCE + this.#failed.size)) {
        if (this.#runner.isStopped) return;
        if ((this.#failed.get(id) ?? 0) > now) continue;
        await this.#countOne(id);
      }
    });
  }

  /** What fails for one is no reason for the others to wait. */
  async #countOne(id: string): Promise<void> {
    try {
      await this.#storage.transaction(() => countAccess(this.#storage.queries, id));
      this.#failed.delete(id);
    } catch (cause) {
      this.#failed.set(id, performance.now() + AGAIN_MS);
      this.#log.warn('access was not counted', {
        integration: id,
        error: cause instanceof Error ? cause.message : String(cause),
      });
    }
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
