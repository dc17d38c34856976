import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { STORAGE } from '../storage/storage-token.js';
import { DeliveriesController } from './deliveries.controller.js';
import { Deliverer } from './deliverer.js';
import { EventTypesController } from './event-types.controller.js';
import { StatusAnnouncer } from './status-announcer.js';
import { WebhookLookup } from './webhook-lookup.js';
import { WEBHOOK_SETTINGS, type WebhookSettings } from './webhook-settings.js';
import { WebhookTicks } from './webhook-ticks.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({})
export class WebhooksModule {
  static register(settings: WebhookSettings): DynamicModule {
    return {
      module: WebhooksModule,
      controllers: [WebhooksController, DeliveriesController, EventTypesController],
      providers: [
        { provide: WEBHOOK_SETTINGS, useValue: settings },
        { provide: Deliverer, useFactory: (storage: Storage) => new Deliverer({ storage, ...settings }), inject: [STORAGE] },
        WebhookLookup,
        StatusAnnouncer,
        WebhookTicks,
      ],
    };
  }
}
