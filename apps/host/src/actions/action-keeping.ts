import type { Logger } from '@castellan/connector-sdk';
import { TickRunner } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AuditTrail } from '../audit/audit-trail.js';
import { STORAGE } from '../storage/storage-token.js';
import { ACTION_LOG } from './action-work.js';

const EVERY_MS = 30 * 60 * 1_000;
const EXPIRED_EVERY_MS = 30_000;
const STEP = 500;
/** What is left over is removed by the next tick. */
const STEPS = 20;

/** Ends what nobody has agreed to in time, and forgets what was done long ago. */
@Injectable()
export class ActionKeeping implements OnModuleDestroy {
  readonly #runner: TickRunner;

  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
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

  @Interval(EXPIRED_EVERY_MS)
  expire(): Promise<void> {
    return this.#runner.once('proposals', async () => {
      for (let step = 0; step < STEPS && !this.#runner.isStopped; step += 1) if ((await this.#expireSome()) < STEP) return;
    });
  }

  /** Each with its line in the audit log, or not at all. */
  #expireSome(): Promise<number> {
    return this.storage.transaction(async () => {
      const expired = await this.storage.actionRetention.expire(STEP);
      for (const { kind, id, workspaceId, title, action, about } of expired)
        await this.trail.byHost(workspaceId, kind === 'action' ? 'action.expire' : 'action-batch.expire', {
          target: { kind, id, name: `${title}: ${about}` },
          after: { action, state: 'withdrawn' },
        });
      return expired.length;
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
