import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { DueRuns, DueSchedules, SchedulingLog, TurnTaker } from './ports.js';
import type { TurnQueue } from './queues/turn-queue.js';
import { SYNC_TICKS_PORTS, SyncTicks, type SyncTicksPorts } from './ticks/sync-ticks.js';

export interface SchedulingPorts {
  /** Closed by this module. */
  readonly queue: TurnQueue;
  readonly taker: TurnTaker;
  /** Whether this host works. One that does not announces what people ask for, and ticks nowhere in the application. */
  readonly isWorker: boolean;
  readonly runs: DueRuns;
  readonly schedules: DueSchedules;
  readonly log: SchedulingLog;
}
const PORTS = Symbol('SchedulingPorts');
/** The queue of runs. */
export const SYNC_QUEUE = Symbol('SyncQueue');

/** Gives the application `SYNC_QUEUE` to announce runs with; a worker works on them, and ticks. */
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
      imports: [ScheduleModule.forRoot({ intervals: ports.isWorker })],
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
    if (this.#ports.isWorker) this.#ports.queue.start(this.#ports.taker);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ports.queue.close();
  }
}
