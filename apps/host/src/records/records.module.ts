import { Module } from '@nestjs/common';
import { RecordExportController } from './record-export.controller.js';
import { RecordRelationsController } from './record-relations.controller.js';
import { RecordRowsController } from './record-rows.controller.js';
import { RecordsController } from './records.controller.js';

@Module({ controllers: [RecordsController, RecordRelationsController, RecordRowsController, RecordExportController] })
export class RecordsModule {}
