import type { DeliveryView, WebhookView } from '@castellan/api';
import { severityOf } from '@castellan/posture';
import { createHash } from 'node:crypto';
import type { Delivery, Webhook } from '@castellan/storage';
import { eventName } from './event-payload.js';

export function webhookView(webhook: Webhook): WebhookView {
  const { id, url, description, eventTypes, isEnabled, disabledReason } = webhook;
  return {
    id,
    url,
    description,
    eventTypes,
    leastSeverity: webhook.leastSeverity === null ? null : severityOf(webhook.leastSeverity),
    format: webhook.format,
    template: webhook.template,
    isEnabled,
    disabledReason,
    secret: {
      isSet: true,
      changedAt: webhook.secretChangedAt.toISOString(),
      previousUntil: webhook.previousSecretUntil?.toISOString() ?? null,
    },
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

/** For the audit log: who reads it need not manage webhooks, and the path of an address is often as good as a password. */
export interface AuditedWebhook extends Omit<WebhookView, 'url' | 'template'> {
  readonly host: string;
  /** Tells one address from another, and nothing about it. */
  readonly urlHash: string;
  /** The same of a template: a key of the receiver may be in it. */
  readonly templateHash: string | null;
}

export function auditedWebhook(webhook: Webhook): AuditedWebhook {
  const { url, template, ...rest } = webhookView(webhook);
  return {
    ...rest,
    host: new URL(url).host,
    urlHash: shortHash(url),
    templateHash: template === null ? null : shortHash(template),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export function deliveryView({ id, event, cause, state, attempts, ...times }: Delivery): DeliveryView {
  return {
    id,
    event: { id: eventName(event.id), type: event.type, occurredAt: event.occurredAt.toISOString() },
    cause,
    state,
    attempts: attempts.map(({ at, ms, status, error }) => ({ at: at.toISOString(), ms, status, error })),
    nextAttemptAt: times.nextAttemptAt?.toISOString() ?? null,
    createdAt: times.createdAt.toISOString(),
    finishedAt: times.finishedAt?.toISOString() ?? null,
  };
}
