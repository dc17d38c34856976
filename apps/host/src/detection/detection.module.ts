import type { Logger } from '@castellan/connector-sdk';
import type { WorkQueue } from '@castellan/scheduling';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DETECTION_QUEUE, DetectionTicks } from './detection-ticks.js';
import { DETECTION_LOG, DetectionWork } from './detection-work.js';
import { RuleBooks } from './rule-books.js';

@Module({})
export class DetectionModule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #queue: WorkQueue;
  readonly #work: DetectionWork;

  constructor(@Inject(DETECTION_QUEUE) queue: WorkQueue, @Inject(DetectionWork) work: DetectionWork) {
    this.#queue = queue;
    this.#work = work;
  }

  /** @param queue opened by the caller, and closed by this module */
  static register(queue: WorkQueue, log: Logger): DynamicModule {
    return {
      module: DetectionModule,
      global: true,
      providers: [
        { provide: DETECTION_QUEUE, useValue: queue },
        { provide: DETECTION_LOG, useValue: log },
        RuleBooks,
        DetectionWork,
        DetectionTicks,
      ],
      exports: [RuleBooks],
    };
  }

  onApplicationBootstrap(): void {
    this.#queue.start(this.#work);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#queue.close();
  }
}
