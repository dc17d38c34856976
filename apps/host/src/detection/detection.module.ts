import type { Logger } from '@castellan/connector-sdk';
import type { WorkQueue } from '@castellan/scheduling';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';
import { DetectionListsController } from './detection-lists.controller.js';
import { DETECTION_QUEUE, DetectionTicks } from './detection-ticks.js';
import { DETECTION_LOG, DetectionWork } from './detection-work.js';
import { DryRunController } from './dry-run.controller.js';
import { RuleBooks } from './rule-books.js';
import { RuleCheckController } from './rule-check.controller.js';
import { RuleFilesController } from './rule-files.controller.js';
import { RulesController } from './rules.controller.js';
import { SuppressionsController } from './suppressions.controller.js';

/** Whether this host works on what is announced. */
const IS_WORKER = Symbol('IsWorker');

@Module({})
export class DetectionModule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #queue: WorkQueue;
  readonly #isWorker: boolean;
  readonly #work: DetectionWork;

  constructor(
    @Inject(DETECTION_QUEUE) queue: WorkQueue,
    @Inject(DetectionWork) work: DetectionWork,
    @Inject(IS_WORKER) isWorker: boolean,
  ) {
    this.#queue = queue;
    this.#isWorker = isWorker;
    this.#work = work;
  }

  /** @param queue closed by this module */
  static register(queue: WorkQueue, isWorker: boolean, log: Logger): DynamicModule {
    return {
      module: DetectionModule,
      global: true,
      controllers: [
        RulesController,
        RuleCheckController,
        RuleFilesController,
        DryRunController,
        DetectionListsController,
        SuppressionsController,
        DeadLettersController,
      ],
      providers: [
        { provide: DETECTION_QUEUE, useValue: queue },
        { provide: IS_WORKER, useValue: isWorker },
        { provide: DETECTION_LOG, useValue: log },
        RuleBooks,
        DetectionWork,
        DetectionTicks,
      ],
      exports: [RuleBooks],
    };
  }

  onApplicationBootstrap(): void {
    if (this.#isWorker) this.#queue.start(this.#work);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#queue.close();
  }
}
