import { Module } from '@nestjs/common';
import { AccessAdministratorsController } from './access-administrators.controller.js';
import { AccessChangesController } from './access-changes.controller.js';
import { AccessCounting } from './access-counting.js';
import { AccessGraphController } from './access-graph.controller.js';
import { AccessReviewsController } from './access-reviews.controller.js';
import { AccessSearchController } from './access-search.controller.js';
import { AccessUsageController } from './access-usage.controller.js';
import { ObservedPast } from './observed-past.js';
import { AccessReachController } from './access-reach.controller.js';
import { AccessReachedByController } from './access-reached-by.controller.js';
import { UnusedAccessController } from './unused-access.controller.js';

@Module({
  controllers: [
    AccessReachController,
    AccessReachedByController,
    AccessChangesController,
    UnusedAccessController,
    AccessUsageController,
    AccessGraphController,
    AccessReviewsController,
    AccessSearchController,
    AccessAdministratorsController,
  ],
  providers: [ObservedPast, AccessCounting],
})
export class AccessModule {}
