import { Module } from '@nestjs/common';
import { DeletionTick } from './deletion-tick.js';
import { IntegrationChangesController } from './integration-changes.controller.js';
import { IntegrationCreation } from './integration-creation.js';
import { IntegrationDeletion } from './integration-deletion.js';
import { IntegrationEditing } from './integration-editing.js';
import { IntegrationOwners } from './integration-owners.js';
import { IntegrationPause } from './integration-pause.js';
import { IntegrationReading } from './integration-reading.js';
import { IntegrationSettings } from './integration-settings.js';
import { IntegrationsController } from './integrations.controller.js';
import { StoredSettings } from './stored-settings.js';

@Module({
  controllers: [IntegrationsController, IntegrationChangesController],
  providers: [
    IntegrationCreation,
    IntegrationReading,
    IntegrationEditing,
    IntegrationSettings,
    IntegrationPause,
    IntegrationDeletion,
    IntegrationOwners,
    StoredSettings,
    DeletionTick,
  ],
  // Progress and events tell of a status, too.
  exports: [IntegrationReading],
})
export class IntegrationsModule {}
