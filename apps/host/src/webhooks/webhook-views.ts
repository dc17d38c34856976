import type { DeliveryView, WebhookView } from '@castellan/api';
import { severityOf } from '@castellan/posture';
import { createHash } from 'node:crypto';
import type { Delivery, Webhook } from '@castellan/storage';
import { eventName } from './event-payload.js';

export function webhookView(webhook: Webhook): WebhookView {
  const { id, kind, url, mailTo, description, eventTypes, isEnabled, disabledReason } = webhook;
  return {
    id,
    kind,
    url,
    mailTo,
    description,
    eventTypes,
    leastSeverity: webhook.leastSeverity === null ? null : severityOf(webhook.leastSeverity),
    format: webhook.format,
    template: webhook.template,
    isEnabled,
    disabledReason,
    secret: secretView(webhook),
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

function secretView({ secretChangedAt, previousSecretUntil }: Webhook): WebhookView['secret'] {
  if (secretChangedAt === null) return null;
  const previousUntil = previousSecretUntil?.toISOString() ?? null;
  return { isSet: true, changedAt: secretChangedAt.toISOString(), previousUntil };
}

/**
 * For the audit log: who reads it need not manage webhooks, and the path of an address is often as good as a password.
 * A mail address opens nothing, and who was told of what is what an audit asks: receivers of mail are shown whole.
 */
export interface AuditedWebhook extends Omit<WebhookView, 'url' | 'template'> {
  /** `null`: it is mail. */
  readonly host: string | null;
  /** Tells one address from another, and nothing about it. */
  readonly urlHash: string | null;
  /** The same of a template: a key of the receiver may be in it. */
  readonly templateHash: string | null;
}

export function auditedWebhook(webhook: Webhook): AuditedWebhook {
  const { url, template, ...rest } = webhookView(webhook);
  return {
    ...rest,
    host: url === null ? null : new URL(url).host,
    urlHash: url === null ? null : shortHash(url),
    templateHash: template === null ? null : shortHash(template),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export function deliveryView({ id, event, cause, state, attempts, receipts, ...times }: Delivery): DeliveryView {
  return {
    id,
    event: { id: eventName(event.id), type: event.type, occurredAt: event.occurredAt.toISOString() },
    cause,
    state,
    attempts: attempts.map(({ at, ms, status, error }) => ({ at: at.toISOString(), ms, status, error })),
    mail: receipts && { accepted: receipts.mailAccepted, refused: receipts.mailRefused },
    nextAttemptAt: times.nextAttemptAt?.toISOString() ?? null,
    createdAt: times.createdAt.toISOString(),
    finishedAt: times.finishedAt?.toISOString() ?? null,
  };
}
