import type { Severity } from './findings.js';

export const WEBHOOK_FORMATS = ['castellan', 'slack', 'json'] as const;
/** What is posted. `castellan`: `{type, timestamp, data}`. `slack`: a message. `json`: what its template says. */
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** A webhook as the API shows it. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  /** Of events that have a severity, from this one on; `null`: of all. */
  readonly leastSeverity: Severity | null;
  readonly format: WebhookFormat;
  /** `json`: JSON, in whose texts `{{data.rule.title}}` stands for what happened. */
  readonly template: string | null;
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

/** One event on its way to one webhook. */
export interface DeliveryView {
  readonly id: string;
  readonly event: { readonly id: string; readonly type: string; readonly occurredAt: string };
  readonly cause: 'event' | 'test' | 'redelivery';
  readonly state: DeliveryState;
  readonly attempts: readonly AttemptView[];
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
/** `dead`: given up. */
export type DeliveryState = 'pending' | 'delivered' | 'dead';
/** One try. */
export interface AttemptView {
  readonly at: string;
  readonly ms: number;
  readonly status: number | null;
  readonly error: string | null;
}

/** What a webhook can be told of. */
export interface EventTypeView {
  readonly type: string;
  readonly summary: string;
  /** A body as a receiver gets it. */
  readonly example: EventPayload;
}

/** The body of a delivery. */
export interface EventPayload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: object;
}
