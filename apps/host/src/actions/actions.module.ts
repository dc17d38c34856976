import type { Logger } from '@castellan/connector-sdk';
import type { WorkQueue } from '@castellan/scheduling';
import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { StoredSettings } from '../integrations/stored-settings.js';
import { ActionAsking } from './action-asking.js';
import { ACTION_QUEUE, ActionTicks } from './action-ticks.js';
import { ACTION_LOG, ActionWork } from './action-work.js';
import { ActionsController } from './actions.controller.js';
import { IntegrationActionsController } from './integration-actions.controller.js';
import { ProviderActions } from './provider-actions.js';

@Module({})
export class ActionsModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(ACTION_QUEUE) private readonly queue: WorkQueue,
    @Inject(ActionWork) private readonly work: ActionWork,
  ) {}

  /** @param queue opened by the caller, and closed by this module */
  static register(queue: WorkQueue, provider: ProviderActions, log: Logger): DynamicModule {
    return {
      module: ActionsModule,
      controllers: [ActionsController, IntegrationActionsController],
      providers: [
        { provide: ACTION_QUEUE, useValue: queue },
        { provide: ACTION_LOG, useValue: log },
        { provide: ProviderActions, useValue: provider },
        StoredSettings,
        ActionAsking,
        ActionWork,
        ActionTicks,
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.queue.start(this.work);
  }

  async onModuleDestroy(): Promise<void> {
    await this.queue.close();
  }
}
