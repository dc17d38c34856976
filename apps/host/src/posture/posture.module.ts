import type { Logger } from '@castellan/connector-sdk';
import type { WorkQueue } from '@castellan/scheduling';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PostureChecksController } from './posture-checks.controller.js';
import { POSTURE_LOG, PostureEvaluation } from './posture-evaluation.js';
import { PostureLookController } from './posture-look.controller.js';
import { PosturePathsController } from './posture-paths.controller.js';
import { PostureQuestions } from './posture-questions.js';
import { POSTURE_QUEUE, PostureTicks } from './posture-ticks.js';
import { PostureController } from './posture.controller.js';

/** Whether this host works on what is announced. */
const IS_WORKER = Symbol('IsWorker');

@Module({})
export class PostureModule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #queue: WorkQueue;
  readonly #isWorker: boolean;
  readonly #evaluation: PostureEvaluation;

  constructor(
    @Inject(POSTURE_QUEUE) queue: WorkQueue,
    @Inject(PostureEvaluation) evaluation: PostureEvaluation,
    @Inject(IS_WORKER) isWorker: boolean,
  ) {
    this.#queue = queue;
    this.#isWorker = isWorker;
    this.#evaluation = evaluation;
  }

  /** @param queue closed by this module */
  static register(queue: WorkQueue, isWorker: boolean, log: Logger): DynamicModule {
    return {
      module: PostureModule,
      controllers: [PostureController, PostureChecksController, PostureLookController, PosturePathsController],
      providers: [
        { provide: POSTURE_QUEUE, useValue: queue },
        { provide: IS_WORKER, useValue: isWorker },
        { provide: POSTURE_LOG, useValue: log },
        PostureEvaluation,
        PostureTicks,
        PostureQuestions,
      ],
    };
  }

  onApplicationBootstrap(): void {
    if (this.#isWorker) this.#queue.start(this.#evaluation);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#queue.close();
  }
}
