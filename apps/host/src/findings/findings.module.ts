import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { DetectionFactsReader } from './detection-facts.js';
import { EXCEPTION_LOG, ExceptionTick } from './exception-tick.js';
import { FindingByHandController } from './finding-by-hand.controller.js';
import { FindingChangesController } from './finding-changes.controller.js';
import { FindingChanging } from './finding-changing.js';
import { FindingDetails } from './finding-details.js';
import { KnownRules } from './known-rules.js';
import { FindingsController } from './findings.controller.js';

@Module({})
export class FindingsModule {
  static register(log: Logger): DynamicModule {
    return {
      module: FindingsModule,
      controllers: [FindingsController, FindingChangesController, FindingByHandController],
      providers: [
        { provide: EXCEPTION_LOG, useValue: log },
        FindingChanging,
        FindingDetails,
        ExceptionTick,
        DetectionFactsReader,
        KnownRules,
      ],
    };
  }
}
