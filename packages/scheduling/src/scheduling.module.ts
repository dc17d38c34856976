import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { DueRuns, DueSchedules, SchedulingLog, WorkExecutor } from './ports.js';
import { SYNC_TICKS_PORTS, SyncTicks, type SyncTicksPorts } from './sync-ticks.js';
import type { WorkQueue } from './work-queue.js';

export interface SchedulingPorts {
  /** Opened by the caller, who can then say what is wrong when the database is away; closed by this module. */
  readonly queue: WorkQueue;
  readonly executor: WorkExecutor;
  readonly runs: DueRuns;
  readonly schedules: DueSchedules;
  readonly log: SchedulingLog;
}
const PORTS = Symbol('SchedulingPorts');
/** The queue of runs. */
export const SYNC_QUEUE = Symbol('SyncQueue');

/** Gives the application `SYNC_QUEUE` to announce runs with, works on them, and ticks. */
@Module({})
export class SchedulingModule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #ports: SchedulingPorts;

  constructor(@Inject(PORTS) ports: SchedulingPorts) {
    this.#ports = ports;
  }

  static register(ports: SchedulingPorts): DynamicModule {
    const { queue, runs, schedules, log } = ports;
    const ticks: SyncTicksPorts = { runs, schedules, announcer: queue, log };
    return {
      module: SchedulingModule,
      global: true,
      imports: [ScheduleModule.forRoot()],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: SYNC_TICKS_PORTS, useValue: ticks },
        { provide: SYNC_QUEUE, useValue: queue },
        SyncTicks,
      ],
      exports: [SYNC_QUEUE],
    };
  }

  onApplicationBootstrap(): void {
    this.#ports.queue.start(this.#ports.executor);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ports.queue.close();
  }
}
