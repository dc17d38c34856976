import { type SchedulingLog, TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RUN_LOG } from '../runs/run-starter.js';
import { STORAGE } from '../storage/storage-token.js';

const EVERY_MS = 5_000;
/** The longest that one tick works: what is left waits for the next one, of this host or another. */
const AT_MOST_MS = 2_500;

/** Removes what deleted integrations have left. Every host ticks; each works on another integration. */
@Injectable()
export class DeletionTick implements OnModuleDestroy {
  readonly #storage: Storage;
  readonly #runner: TickRunner;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RUN_LOG) log: SchedulingLog) {
    this.#storage = storage;
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  purge(): Promise<void> {
    return this.#runner.once('deleted integrations', async () => {
      const end = performance.now() + AT_MOST_MS;
      while (!this.#runner.isStopped && performance.now() < end && (await this.#storage.deletedIntegrations.purge()));
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
