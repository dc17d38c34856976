import { type SchedulingLog, TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RUN_LOG } from '../runs/run-starter.js';
import { STORAGE } from '../storage/storage-token.js';

const EVERY_MS = 10 * 60 * 1_000;
const BATCH = 1_000;
/** What is left over is removed by the next tick. */
const BATCHES = 20;

/** Forgets holds that were decided long ago: each complete listing that is held supersedes the one before, for years. */
@Injectable()
export class HoldKeeping implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #runner: TickRunner;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RUN_LOG) log: SchedulingLog) {
    this.#storage = storage;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  purge(): Promise<void> {
    return this.#runner.once('decided holds', async () => {
      for (let batch = 0; batch < BATCHES && !this.#runner.isStopped; batch += 1)
        if ((await this.#storage.holds.purge(BATCH)) < BATCH) return;
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
