import type { DeliveryView, NewWebhookView, WebhooksView, WebhookView, WebhookWithSecret } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const WEBHOOK_EXAMPLE: WebhookView = {
  id: '7f0d9a6e-13b5-4b86-a1de-2f4f4f0f5d33',
  kind: 'http',
  url: 'https://hooks.example.com/castellan',
  mailTo: null,
  description: 'Ticket system',
  eventTypes: ['integration.status_changed', 'incident.opened'],
  leastSeverity: 'high',
  format: 'castellan',
  template: null,
  isEnabled: true,
  disabledReason: null,
  secret: { isSet: true, changedAt: '2026-11-23T09:00:00.000Z', previousUntil: null },
  createdAt: '2026-11-23T09:00:00.000Z',
  updatedAt: '2026-11-23T09:00:00.000Z',
};

/** Thirty-two bytes that spell out that they are none. */
const SIGNING_SECRET = `whsec_${Buffer.from('an example; a real one is random').toString('base64')}`;

const DELIVERY_EXAMPLE: DeliveryView = {
  id: '2c1f5a30-6f0e-4a52-8c7b-9e0d1b2a3c44',
  event: {
    id: 'evt_9a7c2e10-4f3d-4c1b-8a6e-5d4c3b2a1f00',
    type: 'integration.status_changed',
    occurredAt: '2026-11-23T09:30:00.000Z',
  },
  cause: 'event',
  state: 'delivered',
  attempts: [
    { at: '2026-11-23T09:30:01.000Z', ms: 84, status: 503, error: 'It answered 503.' },
    { at: '2026-11-23T09:30:06.300Z', ms: 41, status: 204, error: null },
  ],
  mail: null,
  nextAttemptAt: null,
  createdAt: '2026-11-23T09:30:00.600Z',
  finishedAt: '2026-11-23T09:30:06.350Z',
};

/** Of one that was just asked for. */
const PENDING_EXAMPLE: DeliveryView = {
  ...DELIVERY_EXAMPLE,
  cause: 'redelivery',
  state: 'pending',
  attempts: [],
  nextAttemptAt: '2026-11-23T10:00:00.000Z',
  createdAt: '2026-11-23T10:00:00.000Z',
  finishedAt: null,
};

const CHANGED: WebhookView = {
  ...WEBHOOK_EXAMPLE,
  secret: { isSet: true, changedAt: '2026-11-23T10:00:00.000Z', previousUntil: '2026-11-24T10:00:00.000Z' },
};
/** The receiver has answered 410. */
const GONE: WebhookView = {
  ...WEBHOOK_EXAMPLE,
  description: null,
  leastSeverity: null,
  isEnabled: false,
  disabledReason: 'gone',
};
const OTHER_SEVERITIES = (['informational', 'low', 'medium', 'critical'] as const).map((leastSeverity) => ({
  ...WEBHOOK_EXAMPLE,
  leastSeverity,
}));
const TICKETS: WebhookView = {
  ...WEBHOOK_EXAMPLE,
  format: 'json',
  template: '{"summary": "{{title}}", "priority": "{{data.severity}}", "description": "{{data.rule.title}} {{link}}"}',
};
const CHAT: WebhookView = { ...WEBHOOK_EXAMPLE, format: 'slack', description: 'Chat of those on duty' };
const MAIL: WebhookView = {
  ...WEBHOOK_EXAMPLE,
  kind: 'mail',
  url: null,
  mailTo: ['soc@example.com', 'oncall@example.com'],
  description: 'Those on duty',
  format: null,
  secret: null,
};
const STATES: readonly WebhookView[] = [WEBHOOK_EXAMPLE, CHANGED, GONE, TICKETS, CHAT, MAIL, ...OTHER_SEVERITIES];
const withSecret = (webhook: WebhookView): WebhookWithSecret => ({ ...webhook, signingSecret: SIGNING_SECRET });
const asNew = (webhook: WebhookView): NewWebhookView => ({ ...webhook, signingSecret: webhook.secret && SIGNING_SECRET });

const { url, description, eventTypes, leastSeverity } = WEBHOOK_EXAMPLE;
export const WEBHOOK_BODY = new Examples({
  'as it is': { url, description, eventTypes, leastSeverity },
  'own JSON': { url, eventTypes, format: TICKETS.format, template: TICKETS.template },
  chat: { url, eventTypes, format: CHAT.format },
  mail: { kind: MAIL.kind, mailTo: MAIL.mailTo, eventTypes, leastSeverity },
});

const LISTED: WebhooksView = { items: [WEBHOOK_EXAMPLE, GONE, MAIL], isMailSetUp: true, hasLinks: true };
export const WEBHOOKS_ANSWER = new Examples({ example: LISTED }, [{ ...LISTED, items: STATES }]);
export const WEBHOOK_ANSWER = new Examples({ 'switched on': WEBHOOK_EXAMPLE, gone: GONE, mail: MAIL }, STATES);
export const SWITCHED_OFF_ANSWER = new Examples({ example: { ...WEBHOOK_EXAMPLE, isEnabled: false } }, STATES);
export const NEW_WEBHOOK_ANSWER = new Examples({ example: asNew(WEBHOOK_EXAMPLE), mail: asNew(MAIL) }, STATES.map(asNew));
export const NEW_SECRET_ANSWER = new Examples({ example: withSecret(CHANGED) }, STATES.map(withSecret));

const DEAD_EXAMPLE: DeliveryView = {
  ...DELIVERY_EXAMPLE,
  state: 'dead',
  attempts: [{ at: '2026-11-24T09:30:01.000Z', ms: 15_000, status: null, error: 'It did not answer in time.' }],
};
/** One receiver has it, and one is unknown there. */
const MAILED_EXAMPLE: DeliveryView = {
  ...DELIVERY_EXAMPLE,
  attempts: [
    {
      at: '2026-11-23T09:30:01.000Z',
      ms: 212,
      status: 250,
      error: 'oncall@example.com was refused: 550 5.1.1 No such user here.',
    },
  ],
  mail: { accepted: ['soc@example.com'], refused: ['oncall@example.com'] },
};
const DELIVERY_STATES: readonly DeliveryView[] = [DELIVERY_EXAMPLE, PENDING_EXAMPLE, DEAD_EXAMPLE, MAILED_EXAMPLE];
const TEST_EXAMPLE: DeliveryView = {
  ...PENDING_EXAMPLE,
  event: { id: DELIVERY_EXAMPLE.event.id, type: 'webhook.test', occurredAt: PENDING_EXAMPLE.createdAt },
  cause: 'test',
};

export const DELIVERIES_ANSWER = new Examples({ example: { items: [DELIVERY_EXAMPLE, MAILED_EXAMPLE], next: null } }, [
  { items: DELIVERY_STATES, next: 'WyJkZWxpdmVyaWVzIiwiLi4uIl0' },
]);
export const PENDING_ANSWER = new Examples({ example: PENDING_EXAMPLE }, DELIVERY_STATES);
export const TEST_ANSWER = new Examples({ example: TEST_EXAMPLE }, DELIVERY_STATES);
