import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { DueRuns, DueSchedules, SchedulingLog, WorkAnnouncer } from './ports.js';
import { TickRunner } from './tick-runner.js';

export interface SyncTicksPorts {
  readonly runs: DueRuns;
  readonly schedules: DueSchedules;
  readonly announcer: WorkAnnouncer;
  readonly log: SchedulingLog;
}
export const SYNC_TICKS_PORTS = Symbol('SyncTicksPorts');

/** A crashed run goes on within lease + this + the queue's hand-over: it must stay below 15 s (DESIGN 3). */
export const RECONCILE_MS = 3_000;
/** Added to the wait of a change for its poll: of a minute's poll it must not become a minute and a half. */
export const SCHEDULES_MS = 5_000;
/** More than this waits for the next tick: a backlog must not fill the queue with hints that are stale when read. */
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
      for (const runId of await runs.dueRuns(BATCH)) await announcer.enqueue(runId);
    });
  }

  @Interval(SCHEDULES_MS)
  startDueSchedules(): Promise<void> {
    return this.#runner.once('schedules', async () => {
      const { schedules, announcer, log } = this.#ports;
      const started = await schedules.startDue(BATCH);
      if (started.length > 0) log.debug('scheduled runs created', { runs: started.length });
      for (const runId of started) await announcer.enqueue(runId);
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#runner.stop();
  }
}
