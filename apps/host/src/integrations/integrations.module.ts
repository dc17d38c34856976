import { type DynamicModule, Module } from '@nestjs/common';
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
import { POLL_SECONDS } from './poll-seconds.js';
import { StoredSettings } from './stored-settings.js';

@Module({})
export class IntegrationsModule {
  /** @param pollSeconds how often this host polls an integration that does not say; 0: never */
  static register(pollSeconds: number): DynamicModule {
    return {
      module: IntegrationsModule,
      // Progress and events tell of a status, too.
      global: true,
      controllers: [IntegrationsController, IntegrationChangesController],
      providers: [
        { provide: POLL_SECONDS, useValue: pollSeconds },
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
      exports: [IntegrationReading],
    };
  }
}
