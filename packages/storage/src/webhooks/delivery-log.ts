import type { Database, Queries } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import { recordEvent } from '../events/event-outbox.js';
import type { WebhookTest } from '../events/event-types.js';
import type { MailReceipts } from './delivery-queue.js';
import type { WebhookKind } from './webhook-receiver.js';

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export type DeliveryCause = 'event' | 'test' | 'redelivery';

export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: { readonly id: string; readonly type: string; readonly occurredAt: Date };
  readonly cause: DeliveryCause;
  readonly state: DeliveryState;
  /** The first one first. */
  readonly attempts: readonly DeliveryAttempt[];
  /** `null`: it is over. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** `null`: it is posted. */
  readonly receipts: MailReceipts | null;
}

export interface DeliveryAttempt {
  readonly at: Date;
  readonly ms: number;
  readonly status: number | null;
  readonly error: string | null;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  /** For the next page; `null` on the last. */
  readonly next: string | null;
}

export interface DeliveryQuery {
  readonly webhookId: string;
  readonly state?: DeliveryState | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** As many tests and redeliveries of a webhook are on their way as may be. */
export class DeliveryLimitError extends Error {
  constructor(readonly most: number) {
    super(`A webhook can have ${most} tests and redeliveries on their way.`);
    this.name = 'DeliveryLimitError';
  }
}

/** Each is tried for a day: a person who asks again and again would fill the queue of his workspace. */
const MOST_ASKED = 20;

type DeliveryRow = Omit<Delivery, 'event' | 'attempts' | 'receipts'> &
  MailReceipts & {
    readonly kind: WebhookKind;
    readonly position: string;
    readonly eventId: string;
    readonly type: string;
    readonly occurredAt: Date;
  };

const SELECT = `SELECT d.id, d.webhook_id AS "webhookId", d.cause, d.state, d.next_attempt_at AS "nextAttemptAt",
  d.created_at AS "createdAt", d.finished_at AS "finishedAt", e.id AS "eventId", e.type, e.occurred_at AS "occurredAt",
  w.kind, d.mail_accepted AS "mailAccepted", d.mail_refused AS "mailRefused", ${instantText('d.created_at')} || '|' || d.id AS position
  FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id JOIN events e ON e.id = d.event_id`;

const ADD = `INSERT INTO deliveries (webhook_id, event_id, cause, next_attempt_at, give_up_at)
  SELECT $1, $2, $3, clock_timestamp(), clock_timestamp() + interval '24 hours'
  WHERE (SELECT count(*) FROM deliveries WHERE webhook_id = $1 AND state = 'pending' AND cause <> 'event') < $4 RETURNING id`;

/** What was delivered, what was not and why; and deliveries that a person asks for. */
export class DeliveryLog {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, { webhookId, state, after, limit }: DeliveryQuery): Promise<DeliveryPage> {
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<DeliveryRow>(
      `${SELECT} WHERE w.workspace_id = $1 AND w.id = $2 AND ($3::text IS NULL OR d.state = $3)
         AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4::timestamptz, $5::uuid))
       ORDER BY d.created_at DESC, d.id DESC LIMIT $6`,
      [workspaceId, webhookId, state ?? null, createdAt, id, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.position ?? null) : null;
    return { deliveries: await withAttempts(this.database, shown), next };
  }

  /** `undefined`: there is none of this webhook, in this workspace. */
  async get(workspaceId: string, webhookId: string, id: string): Promise<Delivery | undefined> {
    const rows = await this.database.query<DeliveryRow>(`${SELECT} WHERE w.workspace_id = $1 AND w.id = $2 AND d.id = $3`, [
      workspaceId,
      webhookId,
      id,
    ]);
    return (await withAttempts(this.database, rows))[0];
  }

  /**
   * The same event once more, under its id: a receiver that has it can tell. @returns the new delivery's id
   * @throws DeliveryLimitError
   */
  async redeliver({ webhookId, event }: Delivery): Promise<string> {
    return this.database.transaction((queries) => add(queries, webhookId, event.id, 'redelivery'));
  }

  /** An event for this webhook alone. @returns the delivery's id @throws DeliveryLimitError */
  async test(workspaceId: string, webhookId: string, data: WebhookTest): Promise<string> {
    return this.database.transaction(async (queries) => {
      const eventId = await recordEvent(queries, workspaceId, 'webhook.test', data, true);
      return add(queries, webhookId, eventId, 'test');
    });
  }
}

async function add(queries: Queries, webhookId: string, eventId: string, cause: DeliveryCause): Promise<string> {
  // One at a time for a webhook: two that do not see each other would both find room.
  await queries.query('SELECT FROM webhooks WHERE id = $1 FOR NO KEY UPDATE', [webhookId]);
  const [row] = await queries.query<{ readonly id: string }>(ADD, [webhookId, eventId, cause, MOST_ASKED]);
  if (row === undefined) throw new DeliveryLimitError(MOST_ASKED);
  return row.id;
}

async function withAttempts(queries: Queries, rows: readonly DeliveryRow[]): Promise<readonly Delivery[]> {
  const attempts = await queries.query<DeliveryAttempt & { readonly deliveryId: string }>(
    `SELECT delivery_id AS "deliveryId", at, ms, status, error FROM delivery_attempts
     WHERE delivery_id = ANY ($1::uuid[]) ORDER BY delivery_id, number`,
    [rows.map((row) => row.id)],
  );
  const byDelivery = new Map<string, DeliveryAttempt[]>();
  for (const { deliveryId, ...attempt } of attempts)
    byDelivery.set(deliveryId, [...(byDelivery.get(deliveryId) ?? []), attempt]);
  return rows.map((row) => {
    const { eventId, type, occurredAt, position: _, kind, mailAccepted, mailRefused, ...rest } = row;
    const receipts = kind === 'mail' ? { mailAccepted, mailRefused } : null;
    return { ...rest, event: { id: eventId, type, occurredAt }, attempts: byDelivery.get(rest.id) ?? [], receipts };
  });
}
