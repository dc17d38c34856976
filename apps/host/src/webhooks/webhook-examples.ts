import type { DeliveryView, WebhookView } from './webhook-views.js';

/** For the API document. */
export const WEBHOOK_EXAMPLE: WebhookView = {
  id: '7f0d9a6e-13b5-4b86-a1de-2f4f4f0f5d33',
  url: 'https://hooks.example.com/castellan',
  description: 'Ticket system',
  eventTypes: ['integration.status_changed'],
  isEnabled: true,
  disabledReason: null,
  secret: { isSet: true, changedAt: '2026-11-23T09:00:00.000Z', previousUntil: null },
  createdAt: '2026-11-23T09:00:00.000Z',
  updatedAt: '2026-11-23T09:00:00.000Z',
};

/** Thirty-two bytes that spell out that they are none. */
export const SIGNING_SECRET_EXAMPLE = `whsec_${Buffer.from('an example; a real one is random').toString('base64')}`;

export const DELIVERY_EXAMPLE: DeliveryView = {
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
  nextAttemptAt: null,
  createdAt: '2026-11-23T09:30:00.600Z',
  finishedAt: '2026-11-23T09:30:06.350Z',
};

/** Of one that was just asked for. */
export const PENDING_EXAMPLE: DeliveryView = {
  ...DELIVERY_EXAMPLE,
  cause: 'redelivery',
  state: 'pending',
  attempts: [],
  nextAttemptAt: '2026-11-23T10:00:00.000Z',
  createdAt: '2026-11-23T10:00:00.000Z',
  finishedAt: null,
};
