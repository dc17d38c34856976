import { Module } from '@nestjs/common';
import { IncidentChangesController } from './incident-changes.controller.js';
import { IncidentsController } from './incidents.controller.js';

@Module({ controllers: [IncidentsController, IncidentChangesController] })
export class IncidentsModule {}
