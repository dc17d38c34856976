import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { EXPORT_LOGGER } from './export-stream.js';
import { RecordExportController } from './record-export.controller.js';
import { RecordRelationsController } from './record-relations.controller.js';
import { RecordRowsController } from './record-rows.controller.js';
import { RecordsController } from './records.controller.js';

@Module({})
export class RecordsModule {
  static register(log: Logger): DynamicModule {
    return {
      module: RecordsModule,
      controllers: [RecordsController, RecordRelationsController, RecordRowsController, RecordExportController],
      providers: [{ provide: EXPORT_LOGGER, useValue: log }],
    };
  }
}
