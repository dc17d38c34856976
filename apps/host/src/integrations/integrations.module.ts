import { Module } from '@nestjs/common';
import { IntegrationCreation } from './integration-creation.js';
import { IntegrationReading } from './integration-reading.js';
import { IntegrationsController } from './integrations.controller.js';

@Module({
  controllers: [IntegrationsController],
  providers: [IntegrationCreation, IntegrationReading],
  exports: [IntegrationReading],
})
export class IntegrationsModule {}
