import type { EntitySchema } from 'typeorm';
import { type ColumnSpec, entity } from './entity.js';

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const AT_ONCE: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'clock_timestamp()' } };
const ZERO: ColumnSpec = { type: 'integer!', with: { default: 0 } };

const EVENTS = entity('events', ['id'], {
  id: ID,
  workspaceId: 'uuid!',
  type: 'text!',
  data: 'jsonb!',
  occurredAt: AT_ONCE,
  dispatchedAt: 'timestamptz',
});

const WEBHOOKS = entity('webhooks', ['id'], {
  id: ID,
  workspaceId: 'uuid!',
  kind: { type: 'text!', with: { default: 'http' } },
  url: 'text',
  mailTo: 'text[]',
  description: 'text',
  eventTypes: { type: 'text[]!', with: { default: () => `'{}'` } },
  leastSeverity: { type: 'integer', with: { type: 'smallint' } },
  format: { type: 'text', with: { default: 'castellan' } },
  template: 'text',
  isEnabled: { type: 'boolean!', with: { default: true } },
  disabledReason: 'text',
  createdAt: NOW,
  updatedAt: NOW,
});

const WEBHOOK_SECRETS = entity('webhook_secrets', ['webhookId', 'version'], {
  webhookId: 'uuid!',
  version: 'integer!',
  algorithm: 'text!',
  keyId: 'text!',
  wrappedKey: 'bytea!',
  iv: 'bytea!',
  ciphertext: 'bytea!',
  tag: 'bytea!',
  createdAt: NOW,
  expiresAt: 'timestamptz',
});

const DELIVERIES = entity('deliveries', ['id'], {
  id: ID,
  webhookId: 'uuid!',
  eventId: 'uuid!',
  cause: 'text!',
  state: { type: 'text!', with: { default: 'pending' } },
  attempts: ZERO,
  nextAttemptAt: 'timestamptz',
  giveUpAt: 'timestamptz!',
  leaseUntil: 'timestamptz',
  fence: ZERO,
  createdAt: AT_ONCE,
  finishedAt: 'timestamptz',
  mailAccepted: { type: 'text[]!', with: { default: () => `'{}'` } },
  mailRefused: { type: 'text[]!', with: { default: () => `'{}'` } },
});

const DELIVERY_ATTEMPTS = entity('delivery_attempts', ['deliveryId', 'number'], {
  deliveryId: 'uuid!',
  number: 'integer!',
  at: 'timestamptz!',
  ms: 'integer!',
  status: 'integer',
  error: 'text',
});

/** What is told to others, and how that went. */
export const WEBHOOK_ENTITIES: readonly EntitySchema[] = [EVENTS, WEBHOOKS, WEBHOOK_SECRETS, DELIVERIES, DELIVERY_ATTEMPTS];
