import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { DetectionFactsReader } from './detection-facts.js';
import { EXCEPTION_LOG, ExceptionTick } from './exception-tick.js';
import { FindingChangesController } from './finding-changes.controller.js';
import { FindingChanging } from './finding-changing.js';
import { KnownRules } from './known-rules.js';
import { FindingsController } from './findings.controller.js';

@Module({})
export class FindingsModule {
  static register(log: Logger): DynamicModule {
    return {
      module: FindingsModule,
      controllers: [FindingsController, FindingChangesController],
      providers: [{ provide: EXCEPTION_LOG, useValue: log }, FindingChanging, ExceptionTick, DetectionFactsReader, KnownRules],
    };
  }
}
