import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { DueRuns, DueSchedules, SchedulingLog, TurnAnnouncer } from '../ports.js';
import { TickRunner } from './tick-runner.js';

export interface SyncTicksPorts {
  readonly runs: DueRuns;
  readonly schedules: DueSchedules;
  readonly announcer: TurnAnnouncer;
  readonly log: SchedulingLog;
}
export const SYNC_TICKS_PORTS = Symbol('SyncTicksPorts');

/** A crashed run goes on within lease + this + the queue's hand-over: it must stay below 15 s (DESIGN 3). */
export const RECONCILE_MS = 3_000;
/** Added to the wait of a change for its poll: of a minute's poll it must not become a minute and a half. */
export const SCHEDULES_MS = 5_000;
/** More hints than this are no use: whoever takes one goes on until no work is left. */
const BATCH = 100;

/** Finds due work and announces it. Every host ticks; rows and leases see to it that work is done once. */
@Injectable()
export class SyncTicks implements OnModuleDestroy {
  readonly #ports: SyncTicksPorts;
  readonly #runner: TickRunner;

  constructor(@Inject(SYNC_TICKS_PORTS) ports: SyncTicksPorts) {
    this.#ports = ports;
    this.#runner = new TickRunner(ports.log);
  }

  @Interval(RECONCILE_MS)
  reconcile(): Promise<void> {
    return this.#runner.once('reconcile', async () => {
      const { runs, announcer } = this.#ports;
      await announcer.announceAll((await runs.dueRuns(BATCH)).length);
    });
  }

  @Interval(SCHEDULES_MS)
  startDueSchedules(): Promise<void> {
    return this.#runner.once('schedules', async () => {
      const { schedules, announcer, log } = this.#ports;
      const started = await schedules.startDue(BATCH);
      if (started === 0) return;
      log.debug('scheduled runs created', { runs: started });
      await announcer.announceAll(started);
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
