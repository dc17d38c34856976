import type { Logger } from '@castellan/connector-sdk';
import { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { ACTION_LOG } from './action-work.js';

const EVERY_MS = 30 * 60 * 1_000;
const STEP = 500;
/** What is left over is removed by the next tick. */
const STEPS = 20;

/** Forgets what was done long ago. */
@Injectable()
export class ActionKeeping implements OnModuleDestroy {
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ACTION_LOG) log: Logger,
  ) {
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  purge(): Promise<void> {
    return this.#runner.once('ended actions', async () => {
      for (let step = 0; step < STEPS && !this.#runner.isStopped; step += 1)
        if ((await this.storage.actionRetention.purge(STEP)) < STEP) return;
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
