import type { Storage } from '@castellan/storage';
import { type DynamicModule, Inject, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import type { Limits } from '../throttle/limits.js';
import { STORAGE } from '../storage/storage-token.js';
import { AccessAdministratorsController } from './access-administrators.controller.js';
import { AccessChangesController } from './access-changes.controller.js';
import { AccessCounting } from './access-counting.js';
import { AccessGraphController } from './access-graph.controller.js';
import { AccessReviewsController } from './access-reviews.controller.js';
import { AccessSearchController } from './access-search.controller.js';
import { AccessUsageController } from './access-usage.controller.js';
import { endedQuestions } from './ended-questions.js';
import { ObservedPast } from './observed-past.js';
import { AccessReachController } from './access-reach.controller.js';
import { AccessReachedByController } from './access-reached-by.controller.js';
import { UnusedAccessController } from './unused-access.controller.js';

const LIMITS = Symbol('AccessLimits');
const CONTROLLERS = [
  AccessReachController,
  AccessReachedByController,
  AccessChangesController,
  UnusedAccessController,
  AccessUsageController,
  AccessGraphController,
  AccessReviewsController,
  AccessSearchController,
  AccessAdministratorsController,
];

@Module({})
export class AccessModule implements NestModule {
  readonly #storage: Storage;
  readonly #limits: Limits;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(LIMITS) limits: Limits) {
    this.#storage = storage;
    this.#limits = limits;
  }

  static register(limits: Limits): DynamicModule {
    return {
      module: AccessModule,
      controllers: CONTROLLERS,
      providers: [{ provide: LIMITS, useValue: limits }, ObservedPast, AccessCounting],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(endedQuestions(this.#storage, this.#limits.questionMs)).forRoutes(...CONTROLLERS);
  }
}
