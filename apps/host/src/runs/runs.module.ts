import type { SchedulingLog } from '@castellan/scheduling';
import { type DynamicModule, Module } from '@nestjs/common';
import { RUN_LOG, RunStarter } from './run-starter.js';
import { RunsController } from './runs.controller.js';

@Module({})
export class RunsModule {
  static register(log: SchedulingLog): DynamicModule {
    return {
      module: RunsModule,
      // Every integration may start runs.
      global: true,
      controllers: [RunsController],
      providers: [RunStarter, { provide: RUN_LOG, useValue: log }],
      exports: [RunStarter, RUN_LOG],
    };
  }
}
