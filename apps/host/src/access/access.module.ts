import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Limits } from '../throttle/limits.js';
import { STORAGE } from '../storage/storage-token.js';
import { AccessAdministratorsController } from './access-administrators.controller.js';
import { AccessChangesController } from './access-changes.controller.js';
import { AccessCounting } from './access-counting.js';
import { AccessGraphController } from './access-graph.controller.js';
import { AccessReviewsController } from './access-reviews.controller.js';
import { AccessSearchController } from './access-search.controller.js';
import { AccessUsageController } from './access-usage.controller.js';
import { EndedQuestions } from './ended-questions.js';
import { ObservedPast } from './observed-past.js';
import { AccessReachController } from './access-reach.controller.js';
import { AccessReachedByController } from './access-reached-by.controller.js';
import { UnusedAccessController } from './unused-access.controller.js';

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
export class AccessModule {
  /** Import it after the audit log: interceptors run in the order of their modules, and refusals are written around what is bounded. */
  static register({ questionMs }: Limits): DynamicModule {
    return {
      module: AccessModule,
      controllers: CONTROLLERS,
      providers: [
        {
          provide: APP_INTERCEPTOR,
          inject: [STORAGE],
          useFactory: (storage: Storage) => new EndedQuestions(storage, questionMs, CONTROLLERS),
        },
        ObservedPast,
        AccessCounting,
      ],
    };
  }
}
