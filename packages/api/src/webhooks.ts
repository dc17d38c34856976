import type { Severity } from './findings.js';

export const WEBHOOK_FORMATS = ['castellan', 'slack', 'json'] as const;
/** What is posted. `castellan`: `{type, timestamp, data}`. `slack`: a message. `json`: what its template says. */
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

export const WEBHOOK_KINDS = ['http', 'mail'] as const;
/** How a receiver is told. `http`: posted to `url`. `mail`: to `mailTo`, over the mail server of the host. */
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];
export const MOST_MAIL_RECEIVERS = 20;

/** A webhook as the API shows it. */
export interface WebhookView {
  readonly id: string;
  readonly kind: WebhookKind;
  /** `null`: it is mail. */
  readonly url: string | null;
  /** Addresses; `null`: it is posted. */
  readonly mailTo: readonly string[] | null;
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  /** Of events that have a severity, from this one on; `null`: of all. */
  readonly leastSeverity: Severity | null;
  /** `null`: it is mail, which has words for people. */
  readonly format: WebhookFormat | null;
  /** `json`: JSON, in whose texts `{{data.rule.title}}` stands for what happened. */
  readonly template: string | null;
  readonly isEnabled: boolean;
  /** `gone`: the receiver answered 410. `null`: enabled, or switched off by a person. */
  readonly disabledReason: 'gone' | null;
  /** `null`: it is mail, which is not signed. */
  readonly secret: {
    readonly isSet: true;
    readonly changedAt: string;
    /** Until when the one before signs as well. */
    readonly previousUntil: string | null;
  } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** All of a workspace. */
export interface WebhooksView {
  readonly items: readonly WebhookView[];
  /** Whether the host has a mail server: one of the kind mail can be set up. */
  readonly isMailSetUp: boolean;
  /** Whether the host knows the address that people use (`CASTELLAN_URL`): what it sends has links then. */
  readonly hasLinks: boolean;
}

/** The answer that makes a secret is the only one that shows it. */
export interface WebhookWithSecret extends WebhookView {
  readonly signingSecret: string;
}

/** The same of a webhook that was just set up; `null`: it is mail. */
export interface NewWebhookView extends WebhookView {
  readonly signingSecret: string | null;
}

/** One event on its way to one webhook. */
export interface DeliveryView {
  readonly id: string;
  readonly event: { readonly id: string; readonly type: string; readonly occurredAt: string };
  readonly cause: 'event' | 'test' | 'redelivery';
  readonly state: DeliveryState;
  readonly attempts: readonly AttemptView[];
  /** Of mail: what became of it at the server, by address; who is in neither is still to get it. `null`: it is posted. */
  readonly mail: { readonly accepted: readonly string[]; readonly refused: readonly string[] } | null;
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
  /** Of HTTP or, for mail, of SMTP; `null`: no answer came. */
  readonly status: number | null;
  /** What went wrong. Mail that some have accepted and others not is delivered, and has an error that names the others. */
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
