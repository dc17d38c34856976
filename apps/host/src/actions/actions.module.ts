import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { StoredSettings } from '../integrations/stored-settings.js';
import { ActionAsking } from './action-asking.js';
import { ActionDecisions } from './action-decisions.js';
import { ActionConsequences } from './action-consequences.js';
import { ActionKeeping } from './action-keeping.js';
import { ActionRefusals } from './action-refusals.js';
import { ActionTicks } from './action-ticks.js';
import { ACTION_LOG, ActionWork } from './action-work.js';
import { ActionsController } from './actions.controller.js';
import { ByHandLook } from './by-hand-look.js';
import { ActionBatchesController } from './batches/action-batches.controller.js';
import { BatchAsking } from './batches/batch-asking.js';
import { BatchKeeping } from './batches/batch-keeping.js';
import { BatchStops } from './batches/batch-stops.js';
import { IntegrationActionsController } from './integration-actions.controller.js';
import { GrantedActions } from './granted-actions.js';
import { ProviderActions } from './provider-actions.js';
import { ResponseController } from './response.controller.js';
import { FindingResponseController, IncidentResponseController } from './response-subjects.controller.js';

@Module({})
export class ActionsModule {
  static register(provider: ProviderActions, log: Logger): DynamicModule {
    return {
      module: ActionsModule,
      // Playbooks ask for actions, too.
      global: true,
      controllers: [
        ActionsController,
        IntegrationActionsController,
        ActionBatchesController,
        ResponseController,
        FindingResponseController,
        IncidentResponseController,
      ],
      providers: [
        { provide: ACTION_LOG, useValue: log },
        { provide: ProviderActions, useValue: provider },
        StoredSettings,
        ActionAsking,
        ByHandLook,
        ActionConsequences,
        ActionDecisions,
        GrantedActions,
        ActionRefusals,
        ActionKeeping,
        BatchAsking,
        BatchKeeping,
        BatchStops,
        ActionWork,
        ActionTicks,
      ],
      exports: [ActionAsking, ActionTicks],
    };
  }
}
