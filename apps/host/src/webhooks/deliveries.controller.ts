import type { DeliveryView, Page } from '@castellan/api';
import { type Delivery, DeliveryLimitError, type Storage } from '@castellan/storage';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { DeliveriesQuery } from './deliveries-query.js';
import { eventName } from './event-payload.js';
import { DELIVERIES_ANSWER, PENDING_ANSWER, TEST_ANSWER } from './webhook-examples.js';
import { WebhookLookup } from './webhook-lookup.js';
import { receiverName } from './webhook-receiver.js';
import { deliveryView } from './webhook-views.js';

/** What was sent to a webhook, and what a person sends once more. */
@Controller('webhooks/:id')
export class DeliveriesController {
  readonly #storage: Storage;
  readonly #webhooks: WebhookLookup;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(WebhookLookup) webhooks: WebhookLookup,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#webhooks = webhooks;
    this.#trail = trail;
  }

  @Get('deliveries')
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'List deliveries with their attempts, newest first',
    answer: DELIVERIES_ANSWER,
    problems: ['not-found'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(DeliveriesQuery)) query: DeliveriesQuery,
  ): Promise<Page<DeliveryView>> {
    const webhook = await this.#webhooks.require(caller, id);
    const after = readCursor(query, 'deliveries', isDatedPosition);
    const limit = readLimit(query, { standard: 20, largest: 100 });
    const wanted = { webhookId: webhook.id, state: query.state, after, limit };
    const page = await this.#storage.deliveryLog.list(caller.workspaceId, wanted);
    return { items: page.deliveries.map(deliveryView), next: writeCursor('deliveries', page.next) };
  }

  /** Whatever became of it before. */
  @Post('deliveries/:deliveryId/redeliver')
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'Deliver an event once more',
    description: 'A new delivery with the same `webhook-id`: a receiver that has had the event can tell.',
    answer: PENDING_ANSWER,
    problems: ['not-found', 'webhook-disabled', 'too-many-deliveries'],
  })
  @UseGuards(NoBody)
  @HttpCode(202)
  async redeliver(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<DeliveryView> {
    const webhook = await this.#webhooks.requireEnabled(caller, id);
    const delivery = await this.#require(caller, webhook.id, readId(deliveryId, 'deliveryId', 'delivery'));
    return this.#trail.record(caller, 'webhook.redeliver', async (notes) => {
      const made = await withinLimit(() => this.#storage.deliveryLog.redeliver(delivery));
      notes.target = { kind: 'webhook', id: webhook.id, name: receiverName(webhook) };
      notes.after = { event: eventName(delivery.event.id), type: delivery.event.type, delivery: made };
      return deliveryView(await this.#require(caller, webhook.id, made));
    });
  }

  @Post('test')
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'Send a test event',
    description: 'It goes to this webhook alone, whatever types it subscribes to; the list of deliveries says how it went.',
    answer: TEST_ANSWER,
    problems: ['not-found', 'webhook-disabled', 'too-many-deliveries'],
  })
  @UseGuards(NoBody)
  @HttpCode(202)
  async test(@Asking() caller: Caller, @Param('id') id: string): Promise<DeliveryView> {
    const webhook = await this.#webhooks.requireEnabled(caller, id);
    return this.#trail.record(caller, 'webhook.test', async (notes) => {
      const data = { webhook: webhook.id, message: 'This is a test from Castellan.' };
      const made = await withinLimit(() => this.#storage.deliveryLog.test(caller.workspaceId, webhook.id, data));
      notes.target = { kind: 'webhook', id: webhook.id, name: receiverName(webhook) };
      notes.after = { delivery: made };
      return deliveryView(await this.#require(caller, webhook.id, made));
    });
  }

  async #require({ workspaceId }: Caller, webhookId: string, id: string): Promise<Delivery> {
    const delivery = await this.#storage.deliveryLog.get(workspaceId, webhookId, id);
    if (delivery === undefined) throw notFound('deliveryId', 'delivery with this id');
    return delivery;
  }
}

/** @throws Problem (429) */
async function withinLimit<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DeliveryLimitError)) throw error;
    const detail = `${error.message} Wait until some are over.`;
    throw new Problem({ code: 'too-many-deliveries', detail });
  }
}
