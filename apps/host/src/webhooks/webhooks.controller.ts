import type { NewWebhookView, WebhooksView, WebhookView, WebhookWithSecret } from '@castellan/api';
import { isDeepStrictEqual } from 'node:util';
import { severityNumber } from '@castellan/posture';
import { type NewWebhook, type Storage, type Webhook, type WebhookChanges, WebhookLimitError } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { newSigningSecret } from './signing-secret.js';
import {
  NEW_SECRET_ANSWER,
  NEW_WEBHOOK_ANSWER,
  SWITCHED_OFF_ANSWER,
  WEBHOOK_ANSWER,
  WEBHOOK_BODY,
  WEBHOOKS_ANSWER,
} from './webhook-examples.js';
import { WebhookInput, WebhookPatch } from './webhook-input.js';
import { noWebhook, WebhookLookup } from './webhook-lookup.js';
import { changedReceiver, newReceiver, receiverName } from './webhook-receiver.js';
import { WEBHOOK_SETTINGS, type WebhookSettings } from './webhook-settings.js';
import { auditedWebhook, webhookView } from './webhook-views.js';

@Controller('webhooks')
export class WebhooksController {
  readonly #storage: Storage;
  readonly #lookup: WebhookLookup;
  readonly #trail: AuditTrail;
  readonly #settings: WebhookSettings;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(WebhookLookup) lookup: WebhookLookup,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(WEBHOOK_SETTINGS) settings: WebhookSettings,
  ) {
    this.#storage = storage;
    this.#lookup = lookup;
    this.#trail = trail;
    this.#settings = settings;
  }

  @Post()
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'Set up a webhook',
    description:
      'This answer is the only one that shows `signingSecret`, which what is posted is signed with. Nothing is sent yet: ask for a test.',
    body: WEBHOOK_BODY,
    answer: NEW_WEBHOOK_ANSWER,
    problems: ['invalid-webhook', 'mail-not-set-up', 'too-many-webhooks'],
  })
  async create(@Asking() caller: Caller, @Body(new InputPipe(WebhookInput)) input: WebhookInput): Promise<NewWebhookView> {
    const { description = null, eventTypes = [], isEnabled = true } = input;
    const leastSeverity = leastOf(input) ?? null;
    const receiver = newReceiver(input, this.#settings);
    const signingSecret = receiver.kind === 'http' ? newSigningSecret() : null;
    return this.#trail.record(caller, 'webhook.create', async (notes) => {
      const created = await this.#create(
        caller,
        { ...receiver, description, eventTypes, leastSeverity, isEnabled },
        signingSecret,
      );
      notes.target = targetOf(created);
      notes.after = auditedWebhook(created);
      return { ...webhookView(created), signingSecret };
    });
  }

  @Get()
  @Endpoint({ access: 'webhooks:manage', summary: 'List the webhooks', answer: WEBHOOKS_ANSWER })
  async list(@Asking() caller: Caller): Promise<WebhooksView> {
    const stored = await this.#storage.webhooks.list(caller.workspaceId);
    return {
      items: stored.map(webhookView),
      isMailSetUp: this.#settings.mail !== undefined,
      hasLinks: this.#settings.publicUrl !== undefined,
    };
  }

  @Get(':id')
  @Endpoint({ access: 'webhooks:manage', summary: 'Show a webhook', answer: WEBHOOK_ANSWER, problems: ['not-found'] })
  async get(@Asking() caller: Caller, @Param('id') id: string): Promise<WebhookView> {
    return webhookView(await this.#lookup.require(caller, id));
  }

  /** What waits to be delivered goes to the new address as well, signed with the same secret; mail, to the new receivers. */
  @Patch(':id')
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'Change a webhook: what is left out stays as it is',
    body: { isEnabled: false },
    answer: SWITCHED_OFF_ANSWER,
    problems: ['not-found', 'invalid-webhook'],
  })
  async update(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(WebhookPatch)) patch: WebhookPatch,
  ): Promise<WebhookView> {
    const { description, eventTypes, isEnabled } = patch;
    const wanted = { description, eventTypes, isEnabled, leastSeverity: leastOf(patch) };
    return this.#trail.record(caller, 'webhook.update', async (notes) => {
      const before = await this.#lookup.requireLocked(caller, id);
      const changes = { ...wanted, ...changedReceiver(before, patch, this.#settings) };
      notes.isUnchanged = isAlready(before, changes);
      if (notes.isUnchanged) return webhookView(before);
      const changed = await this.#storage.webhooks.update(caller.workspaceId, before.id, changes);
      if (changed === undefined) throw noWebhook();
      notes.target = targetOf(changed);
      notes.before = auditedWebhook(before);
      notes.after = auditedWebhook(changed);
      return webhookView(changed);
    });
  }

  @Delete(':id')
  @Endpoint({ access: 'webhooks:manage', summary: 'Delete a webhook and its deliveries', problems: ['not-found'] })
  @UseGuards(NoBody)
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.#trail.record(caller, 'webhook.delete', async (notes) => {
      const webhook = await this.#lookup.requireLocked(caller, id);
      notes.target = targetOf(webhook);
      notes.before = auditedWebhook(webhook);
      if (!(await this.#storage.webhooks.delete(caller.workspaceId, webhook.id))) throw noWebhook();
    });
  }

  @Post(':id/secret')
  @Endpoint({
    access: 'webhooks:manage',
    summary: 'Make a new signing secret',
    description:
      'This answer is the only one that shows it. The secret before it signs as well for 24 hours; do it twice to end that one at once.',
    answer: NEW_SECRET_ANSWER,
    problems: ['not-found', 'webhook-unsigned'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async rotateSecret(@Asking() caller: Caller, @Param('id') id: string): Promise<WebhookWithSecret> {
    const signingSecret = newSigningSecret();
    return this.#trail.record(caller, 'webhook.rotate-secret', async (notes) => {
      const before = await this.#lookup.requireLocked(caller, id);
      if (before.kind === 'mail') throw unsigned();
      const changed = await this.#storage.webhooks.rotateSecret(caller.workspaceId, before.id, signingSecret);
      if (changed === undefined) throw noWebhook();
      notes.target = targetOf(changed);
      notes.before = { secret: webhookView(before).secret };
      notes.after = { secret: webhookView(changed).secret };
      return { ...webhookView(changed), signingSecret };
    });
  }

  async #create({ workspaceId }: Caller, input: NewWebhook, secret: string | null): Promise<Webhook> {
    try {
      return await this.#storage.webhooks.create(workspaceId, input, secret);
    } catch (error) {
      if (!(error instanceof WebhookLimitError)) throw error;
      const detail = `${error.message} Delete one that is not needed any more.`;
      throw new Problem({ code: 'too-many-webhooks', detail });
    }
  }
}

/** A webhook has no name; its receiver tells people which one it is. */
function targetOf(webhook: Webhook) {
  return { kind: 'webhook', id: webhook.id, name: receiverName(webhook) };
}

function unsigned(): Problem {
  return new Problem({ code: 'webhook-unsigned', detail: 'Mail is not signed: this webhook has no signing secret.' });
}

/** `undefined`: as it is. `null`: all. */
function leastOf({ leastSeverity }: WebhookPatch): NewWebhook['leastSeverity'] | undefined {
  return leastSeverity === null || leastSeverity === undefined ? leastSeverity : severityNumber(leastSeverity);
}

/** Nothing is asked for, or only what is so already. */
function isAlready(webhook: Webhook, changes: WebhookChanges): boolean {
  const { url, mailTo, description, eventTypes, leastSeverity, format, template, isEnabled } = webhook;
  const is: WebhookChanges = { url, mailTo, description, eventTypes, leastSeverity, format, template, isEnabled };
  const asked = Object.entries(changes).filter(([, value]) => value !== undefined);
  return isDeepStrictEqual({ ...is, ...Object.fromEntries(asked) }, is);
}
