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

@Module({})
export class PostureModule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #queue: WorkQueue;
  readonly #evaluation: PostureEvaluation;

  constructor(@Inject(POSTURE_QUEUE) queue: WorkQueue, @Inject(PostureEvaluation) evaluation: PostureEvaluation) {
    this.#queue = queue;
    this.#evaluation = evaluation;
  }

  /** @param queue opened by the caller, and closed by this module */
  static register(queue: WorkQueue, log: Logger): DynamicModule {
    return {
      module: PostureModule,
      controllers: [PostureController, PostureChecksController, PostureLookController, PosturePathsController],
      providers: [
        { provide: POSTURE_QUEUE, useValue: queue },
        { provide: POSTURE_LOG, useValue: log },
        PostureEvaluation,
        PostureTicks,
        PostureQuestions,
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.#queue.start(this.#evaluation);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#queue.close();
  }
}
