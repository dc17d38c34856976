import { createHash } from 'node:crypto';
import type { Delivery, DeliveryCause, DeliveryState, SubscribableType, Webhook } from '@castellan/storage';
import { eventName } from './event-payload.js';

/** A webhook as the API shows it. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly SubscribableType[];
  readonly isEnabled: boolean;
  /** `gone`: the receiver answered 410. `null`: enabled, or switched off by a person. */
  readonly disabledReason: 'gone' | null;
  readonly secret: {
    readonly isSet: true;
    readonly changedAt: string;
    /** Until when the one before signs as well. */
    readonly previousUntil: string | null;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The answer that makes a secret is the only one that shows it. */
export interface WebhookWithSecret extends WebhookView {
  readonly signingSecret: string;
}

export interface DeliveryView {
  readonly id: string;
  readonly event: { readonly id: string; readonly type: string; readonly occurredAt: string };
  readonly cause: DeliveryCause;
  readonly state: DeliveryState;
  readonly attempts: readonly AttemptView[];
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
export interface AttemptView {
  readonly at: string;
  readonly ms: number;
  readonly status: number | null;
  readonly error: string | null;
}

export function webhookView(webhook: Webhook): WebhookView {
  const { id, url, description, eventTypes, isEnabled, disabledReason } = webhook;
  return {
    id,
    url,
    description,
    eventTypes,
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
export interface AuditedWebhook extends Omit<WebhookView, 'url'> {
  readonly host: string;
  /** Tells one address from another, and nothing about it. */
  readonly urlHash: string;
}

export function auditedWebhook(webhook: Webhook): AuditedWebhook {
  const { url, ...rest } = webhookView(webhook);
  const urlHash = createHash('sha256').update(url).digest('hex').slice(0, 12);
  return { ...rest, host: new URL(url).host, urlHash };
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
