export const WEBHOOK_FORMATS = ['castellan', 'slack', 'json'] as const;
/** What is posted. `json`: what its template says. */
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

export interface PostedReceiver {
  readonly kind: 'http';
  readonly url: string;
  readonly format: WebhookFormat;
  /** `json`: what is posted. */
  readonly template: string | null;
  readonly mailTo: null;
}

export interface MailReceiver {
  readonly kind: 'mail';
  /** At least one address. */
  readonly mailTo: readonly string[];
  readonly url: null;
  readonly format: null;
  readonly template: null;
}

/** Who is told, and how. A constraint of the table holds rows to one of the two. */
export type WebhookReceiver = PostedReceiver | MailReceiver;
export type WebhookKind = WebhookReceiver['kind'];
