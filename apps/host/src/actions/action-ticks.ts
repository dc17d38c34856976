import type { Logger } from '@castellan/connector-sdk';
import { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { ACTION_LOG, ActionWork } from './action-work.js';

const EVERY_MS = 5_000;
/** By one host. What is more waits for the next tick, or for another host. */
const AT_ONCE = 8;

/**
 * Begins with what is to be done, or to be looked at again. Which host does it is settled by the row (`ActionRequests.take`): a queue of
 * its own would take connections from every host, and know nothing better.
 */
@Injectable()
export class ActionTicks implements OnModuleDestroy {
  readonly #runner: TickRunner;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ActionWork) private readonly work: ActionWork,
    @Inject(ACTION_LOG) private readonly log: Logger,
  ) {
    this.#runner = new TickRunner(log);
  }

  @Interval(EVERY_MS)
  look(): Promise<void> {
    return this.#runner.once('actions', async () => {
      for (const id of await this.storage.actions.due(AT_ONCE)) this.begin(id);
    });
  }

  /** Now, if there is room. */
  begin(id: string): void {
    if (this.#stop.signal.aborted || this.#underWay.has(id) || this.#underWay.size >= AT_ONCE) return;
    const work = this.work
      .execute(id, this.#stop.signal)
      .catch((cause: unknown) => {
        // The row says that it is due still, once its lease has run out.
        this.log.warn('an action was given up', { request: id, error: cause instanceof Error ? cause.message : String(cause) });
      })
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, work);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#runner.stop();
    await Promise.all(this.#underWay.values());
  }
}
