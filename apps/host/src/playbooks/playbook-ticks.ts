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
/** Integrations of which one host drives runs: it mostly waits for answers, and a few providers that hang must not hold up all others. */
const AT_ONCE = 32;
/** So long of one integration, before another one that waits may have its place. */
const MOST_ROW_MS = 30_000;

/** Begins runs, and drives those that are due: of each integration one after another. Which host does it is settled by the row, as with actions. */
@Injectable()
export class PlaybookTicks implements OnModuleDestroy {
  readonly #runner: TickRunner;
  readonly #stop = new AbortController();
  /** By integration. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Integrations of which something has become due while they were under way. */
  readonly #dueMeanwhile = new Set<string>();

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
      for (const { integrationId } of await this.starts.beginDue()) this.drive(integrationId);
    });
  }

  @Interval(DRIVE_EVERY_MS)
  look(): Promise<void> {
    return this.#runner.once('playbook runs', async () => {
      await this.storage.playbookLeases.wake();
      await this.#driveDue();
    });
  }

  @Interval(PURGE_EVERY_MS)
  purge(): Promise<void> {
    return this.#runner.once('ended runs', async () => {
      for (let step = 0; step < PURGES && !this.#runner.isStopped; step += 1)
        if ((await this.storage.playbookRuns.purge(PURGED)) < PURGED) return;
    });
  }

  /** What is due in an integration: now, if there is room. */
  drive(integrationId: string): void {
    if (this.#stop.signal.aborted) return;
    if (this.#underWay.has(integrationId)) return void this.#dueMeanwhile.add(integrationId);
    if (this.#underWay.size < AT_ONCE) this.#underWay.set(integrationId, this.#work(integrationId));
  }

  async #driveDue(): Promise<void> {
    const free = AT_ONCE - this.#underWay.size;
    if (free <= 0) return;
    for (const id of await this.storage.playbookLeases.due(free, [...this.#underWay.keys()])) this.drive(id);
  }

  async #work(integrationId: string): Promise<void> {
    try {
      // Given back before the next look, which may begin with this very integration again: that entry is not ours to remove.
      await this.#oneAfterAnother(integrationId).finally(() => this.#underWay.delete(integrationId));
      if (!this.#stop.signal.aborted) await this.#driveDue();
    } catch (cause) {
      // The rows say that they are due still, once their leases have run out.
      const error = cause instanceof Error ? cause.message : String(cause);
      this.log.warn('playbooks were given up', { integration: integrationId, error });
    }
  }

  async #oneAfterAnother(integrationId: string): Promise<void> {
    const until = performance.now() + MOST_ROW_MS;
    while (!this.#stop.signal.aborted && performance.now() < until) {
      this.#dueMeanwhile.delete(integrationId);
      const run = await this.storage.playbookLeases.take(integrationId);
      if (run !== undefined) await this.work.execute(run, this.#stop.signal);
      else if (!this.#dueMeanwhile.has(integrationId)) return;
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#runner.stop();
    await Promise.all(this.#underWay.values());
  }
}
