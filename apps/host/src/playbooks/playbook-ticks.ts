import type { Logger } from '@castellan/connector-sdk';
import { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { STORAGE } from '../storage/storage-token.js';
import { PlaybookStarts } from './playbook-starts.js';
import { PLAYBOOK_LOG, PlaybookWork } from './playbook-work.js';

const BEGIN_EVERY_MS = 5_000;
const DRIVE_EVERY_MS = 3_000;
const PURGE_EVERY_MS = 3_600_000;
/** Rows of one statement, and statements of one tick. */
const PURGED = 500;
const PURGES = 20;
/** By one host. What is more waits for the next tick, or for another host. */
const AT_ONCE = 4;

/** Begins runs, and drives those that are due. Which host does it is settled by the row, as with actions. */
@Injectable()
export class PlaybookTicks implements OnModuleDestroy {
  readonly #runner: TickRunner;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(PlaybookStarts) private readonly starts: PlaybookStarts,
    @Inject(PlaybookWork) private readonly work: PlaybookWork,
    @Inject(PLAYBOOK_LOG) private readonly log: Logger,
  ) {
    this.#runner = new TickRunner(log);
  }

  @Interval(BEGIN_EVERY_MS)
  beginDue(): Promise<void> {
    return this.#runner.once('playbooks', async () => {
      for (const { id } of await this.starts.beginDue()) this.drive(id);
    });
  }

  @Interval(DRIVE_EVERY_MS)
  look(): Promise<void> {
    return this.#runner.once('playbook runs', async () => {
      await this.storage.playbookLeases.wake();
      for (const id of await this.storage.playbookLeases.due(AT_ONCE)) this.drive(id);
    });
  }

  @Interval(PURGE_EVERY_MS)
  purge(): Promise<void> {
    return this.#runner.once('ended runs', async () => {
      for (let step = 0; step < PURGES && !this.#runner.isStopped; step += 1)
        if ((await this.storage.playbookRuns.purge(PURGED)) < PURGED) return;
    });
  }

  /** Now, if there is room. */
  drive(id: string): void {
    if (this.#stop.signal.aborted || this.#underWay.has(id) || this.#underWay.size >= AT_ONCE) return;
    const work = this.work
      .execute(id, this.#stop.signal)
      .catch((cause: unknown) => {
        // The row says that it is due still, once its lease has run out.
        this.log.warn('a playbook was given up', { run: id, error: cause instanceof Error ? cause.message : String(cause) });
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
