import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import type { MailReceiver, PostedReceiver } from './webhook-receiver.js';

/** The right to make the next attempt of a delivery. The fence grows with each claim. */
export interface DeliveryLease {
  readonly deliveryId: string;
  readonly fence: number;
}

interface Due extends DeliveryLease {
  readonly workspaceId: string;
  readonly webhookId: string;
  /** Made before this one. */
  readonly attempts: number;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly occurredAt: Date;
    readonly data: object;
  };
}

export type DuePost = Due & PostedReceiver;
export type DueMail = Due & MailReceiver & MailReceipts;
export type DueDelivery = DuePost | DueMail;

/** What became of a mail at its receivers; whoever is in neither list is still to get it. */
export interface MailReceipts {
  readonly mailAccepted: readonly string[];
  /** For good. */
  readonly mailRefused: readonly string[];
}

export interface ClaimLimits {
  readonly most: number;
  /** At work at one time for one webhook, on all hosts: a slow receiver must not take every place. */
  readonly mostPerWebhook: number;
  /** The same for a workspace: the receivers of one customer, all of them slow, must not stop everybody else's. */
  readonly mostPerWorkspace: number;
  readonly leaseMs: number;
}

/** How one attempt went. */
export interface Attempt {
  /** `refused`: another attempt would be refused as well. */
  readonly outcome: 'delivered' | 'failed' | 'refused' | 'gone';
  /** After how long to try again when it failed. */
  readonly retryAfterMs: number;
  readonly at: Date;
  readonly ms: number;
  /** `null`: no answer came. */
  readonly status: number | null;
  readonly error: string | null;
  /** What this attempt adds. */
  readonly receipts?: MailReceipts;
}

/** Webhooks that one claim looks at: what it costs must not grow with the webhooks of the installation. */
const WEBHOOKS_A_CLAIM = 200;
const DUE = `state = 'pending' AND next_attempt_at <= statement_timestamp() AND (lease_until IS NULL OR lease_until <= statement_timestamp())`;

/**
 * Every time is the database's. The rows of a webhook that is off wait: it may be on again before they are given up. The walk
 * goes from one webhook that has something due to the next, however much waits for each. It begins at a place that differs
 * from claim to claim, once above it and once below: where there are more webhooks than it can look at, none is always last.
 * A workspace that has little at work comes before one that has much, whatever has waited longer.
 */
const CLAIM = `
  WITH RECURSIVE walk (webhook_id, last) AS (
    (VALUES ($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid), ('00000000-0000-0000-0000-000000000000', $5))
    UNION ALL
    SELECT next.webhook_id, walk.last FROM walk CROSS JOIN LATERAL (
      SELECT d.webhook_id FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.webhook_id > walk.webhook_id AND d.webhook_id <= walk.last AND w.is_enabled AND ${DUE}
      ORDER BY d.webhook_id LIMIT 1
    ) next
  ), busy AS (
    SELECT l.webhook_id, w.workspace_id, count(*) AS places FROM deliveries l JOIN webhooks w ON w.id = l.webhook_id
    WHERE l.lease_until > statement_timestamp() GROUP BY 1, 2
  ), ready AS (
    SELECT d.id, d.next_attempt_at, coalesce(s.places, 0) + row_number() OVER (PARTITION BY w.workspace_id ORDER BY d.next_attempt_at, d.id) AS place
    FROM (SELECT DISTINCT webhook_id FROM (SELECT webhook_id FROM walk LIMIT ${WEBHOOKS_A_CLAIM + 2}) seen) h
    JOIN webhooks w ON w.id = h.webhook_id LEFT JOIN busy b ON b.webhook_id = w.id
    LEFT JOIN (SELECT workspace_id, sum(places) AS places FROM busy GROUP BY 1) s ON s.workspace_id = w.workspace_id
    CROSS JOIN LATERAL (
      SELECT id, next_attempt_at FROM deliveries WHERE webhook_id = w.id AND ${DUE}
      ORDER BY next_attempt_at, id LIMIT greatest(0, $2 - coalesce(b.places, 0))
    ) d
  ), chosen AS (
    SELECT id FROM ready WHERE place <= $3 ORDER BY place, next_attempt_at LIMIT $1
  ), due AS (
    SELECT id FROM deliveries WHERE id IN (SELECT id FROM chosen) AND ${DUE} FOR UPDATE SKIP LOCKED
  )
  UPDATE deliveries d SET lease_until = clock_timestamp() + $4 * interval '1 millisecond', fence = d.fence + 1
  FROM due, webhooks w, events e WHERE d.id = due.id AND w.id = d.webhook_id AND e.id = d.event_id
  RETURNING d.id AS "deliveryId", d.fence, d.attempts, w.workspace_id AS "workspaceId", w.id AS "webhookId", w.kind, w.url, w.format, w.template,
    w.mail_to AS "mailTo", d.mail_accepted AS "mailAccepted", d.mail_refused AS "mailRefused",
    e.id AS "eventId", e.type, e.occurred_at AS "occurredAt", e.data`;

/** The last attempt is made when the time is up, also by a host that was away meanwhile. */
const RECORD = `
  WITH attempted AS (
    UPDATE deliveries SET attempts = attempts + 1, lease_until = NULL,
      state = CASE WHEN $3 = 'delivered' THEN 'delivered' WHEN $3 IN ('refused', 'gone') OR clock_timestamp() >= give_up_at THEN 'dead' ELSE 'pending' END,
      next_attempt_at = CASE WHEN $3 = 'failed' AND clock_timestamp() < give_up_at
        THEN least(clock_timestamp() + $4 * interval '1 millisecond', give_up_at) END,
      finished_at = CASE WHEN $3 = 'failed' AND clock_timestamp() < give_up_at THEN NULL ELSE clock_timestamp() END,
      mail_accepted = mail_accepted || $9::text[], mail_refused = mail_refused || $10::text[]
    WHERE id = $1 AND fence = $2 AND state = 'pending' RETURNING id, attempts, state
  ), kept AS (
    INSERT INTO delivery_attempts (delivery_id, number, at, ms, status, error) SELECT id, attempts, $5, $6, $7, $8 FROM attempted
  )
  SELECT state FROM attempted`;

type ClaimedRow = DeliveryLease &
  Omit<Due, 'event'> &
  (PostedReceiver | MailReceiver) &
  MailReceipts & { readonly eventId: string; readonly type: string; readonly occurredAt: Date; readonly data: object };

/** Deliveries that are to be made, for any number of hosts: a row and its lease see to it that one of them makes each. */
export class DeliveryQueue {
  constructor(private readonly database: Database) {}

  /** Deliveries whose time has come and that nobody is making, or whose host has died. */
  async claim({ most, mostPerWebhook, mostPerWorkspace, leaseMs }: ClaimLimits): Promise<readonly DueDelivery[]> {
    const limits = [most, mostPerWebhook, mostPerWorkspace, leaseMs];
    const rows = await this.database.query<ClaimedRow>(CLAIM, [...limits, randomUUID()]);
    return rows.map(({ eventId, type, occurredAt, data, ...rest }) => ({
      ...rest,
      event: { id: eventId, type, occurredAt, data },
    }));
  }

  /** Writes an attempt down and says what follows. `lost`: somebody else has taken the delivery over, nothing was written. */
  async record(lease: DeliveryLease, attempt: Attempt): Promise<'pending' | 'delivered' | 'dead' | 'lost'> {
    const { outcome, retryAfterMs, at, ms, status, error, receipts } = attempt;
    const [row] = await this.database.query<{ readonly state: 'pending' | 'delivered' | 'dead' }>(RECORD, [
      lease.deliveryId,
      lease.fence,
      outcome,
      Math.round(retryAfterMs),
      at,
      Math.round(ms),
      status,
      error,
      receipts?.mailAccepted ?? [],
      receipts?.mailRefused ?? [],
    ]);
    return row?.state ?? 'lost';
  }

  /** This host stops: another may make the attempt at once. */
  async giveBack({ deliveryId, fence }: DeliveryLease): Promise<void> {
    await this.database.query('UPDATE deliveries SET lease_until = NULL WHERE id = $1 AND fence = $2', [deliveryId, fence]);
  }

  /** The receiver at `url` is there no more. `false`: the webhook was changed meanwhile, or another attempt has said so. */
  async disableGone({ webhookId, url }: Pick<DuePost, 'webhookId' | 'url'>): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE webhooks SET is_enabled = false, disabled_reason = 'gone', updated_at = now()
       WHERE id = $1 AND url = $2 AND is_enabled RETURNING id`,
      [webhookId, url],
    );
    return rows.length > 0;
  }

  /** What waits for a webhook that is off does not wait for ever. */
  async giveUpDisabled(): Promise<void> {
    await this.database.query(
      `UPDATE deliveries d SET state = 'dead', next_attempt_at = NULL, finished_at = clock_timestamp()
       FROM webhooks w WHERE w.id = d.webhook_id AND NOT w.is_enabled AND d.state = 'pending' AND d.give_up_at <= clock_timestamp()
         AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())`,
    );
  }
}
