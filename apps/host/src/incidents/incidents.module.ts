import { Module } from '@nestjs/common';
import { DetectionFactsReader } from '../findings/detection-facts.js';
import { IncidentChangesController } from './incident-changes.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsExportController } from './incidents-export.controller.js';

@Module({
  // `export.csv` would be an id to the others.
  controllers: [IncidentsExportController, IncidentsController, IncidentChangesController],
  providers: [DetectionFactsReader],
})
export class IncidentsModule {}
