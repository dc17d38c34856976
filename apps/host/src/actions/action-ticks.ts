import type { Logger } from '@castellan/connector-sdk';
import { TickRunner, type WorkAnnouncer } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { ACTION_LOG } from './action-work.js';

export const ACTION_QUEUE = Symbol('ActionQueue');

const EVERY_MS = 5_000;
/** What is more waits for the next tick. */
const AT_ONCE = 200;

/** Finds what is to be done, or to be looked at again, and announces it. */
@Injectable()
export class ActionTicks implements OnModuleDestroy {
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ACTION_QUEUE) private readonly queue: WorkAnnouncer,
    @Inject(ACTION_LOG) log: Logger,
  ) {
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  announce(): Promise<void> {
    return this.#runner.once('actions', async () => {
      for (const id of await this.storage.actions.due(AT_ONCE)) await this.queue.enqueue(id);
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
