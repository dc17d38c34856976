import type { Database } from '../database/database.js';

/** The right to make the next attempt of a delivery. The fence grows with each claim. */
export interface DeliveryLease {
  readonly deliveryId: string;
  readonly fence: number;
}

export interface DueDelivery extends DeliveryLease {
  readonly workspaceId: string;
  readonly webhookId: string;
  readonly url: string;
  /** Made before this one. */
  readonly attempts: number;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly occurredAt: Date;
    readonly data: object;
  };
}

export interface ClaimLimits {
  readonly most: number;
  /** At work at one time for one webhook, on all hosts: a slow receiver must not take every place. */
  readonly mostPerWebhook: number;
  readonly leaseMs: number;
}

/** How one attempt went. */
export interface Attempt {
  readonly outcome: 'delivered' | 'failed' | 'gone';
  /** After how long to try again when it failed. */
  readonly retryAfterMs: number;
  readonly at: Date;
  readonly ms: number;
  /** `null`: no answer came. */
  readonly status: number | null;
  readonly error: string | null;
}

/** Every time is the database's. The rows of a webhook that is off wait: it may be on again before they are given up. */
const CLAIM = `
  WITH hooks AS (
    SELECT w.id, (SELECT count(*) FROM deliveries l WHERE l.webhook_id = w.id AND l.lease_until > clock_timestamp()) AS busy
    FROM webhooks w WHERE w.is_enabled
  ), due AS (
    SELECT d.id FROM hooks CROSS JOIN LATERAL (
      SELECT id, next_attempt_at FROM deliveries
      WHERE webhook_id = hooks.id AND state = 'pending' AND next_attempt_at <= clock_timestamp()
        AND (lease_until IS NULL OR lease_until <= clock_timestamp())
      ORDER BY next_attempt_at, id LIMIT greatest(0, $2 - hooks.busy) FOR UPDATE SKIP LOCKED
    ) d ORDER BY d.next_attempt_at LIMIT $1
  )
  UPDATE deliveries d SET lease_until = clock_timestamp() + $3 * interval '1 millisecond', fence = d.fence + 1
  FROM due, webhooks w, events e WHERE d.id = due.id AND w.id = d.webhook_id AND e.id = d.event_id
  RETURNING d.id AS "deliveryId", d.fence, d.attempts, w.workspace_id AS "workspaceId", w.id AS "webhookId", w.url,
    e.id AS "eventId", e.type, e.occurred_at AS "occurredAt", e.data`;

/** The last attempt is made when the time is up, also by a host that was away meanwhile. */
const RECORD = `
  WITH attempted AS (
    UPDATE deliveries SET attempts = attempts + 1, lease_until = NULL,
      state = CASE WHEN $3 = 'delivered' THEN 'delivered' WHEN $3 = 'gone' OR clock_timestamp() >= give_up_at THEN 'dead' ELSE 'pending' END,
      next_attempt_at = CASE WHEN $3 = 'failed' AND clock_timestamp() < give_up_at
        THEN least(clock_timestamp() + $4 * interval '1 millisecond', give_up_at) END,
      finished_at = CASE WHEN $3 = 'failed' AND clock_timestamp() < give_up_at THEN NULL ELSE clock_timestamp() END
    WHERE id = $1 AND fence = $2 AND state = 'pending' RETURNING id, attempts, state
  ), kept AS (
    INSERT INTO delivery_attempts (delivery_id, number, at, ms, status, error) SELECT id, attempts, $5, $6, $7, $8 FROM attempted
  )
  SELECT state FROM attempted`;

interface ClaimedRow extends Omit<DueDelivery, 'event'> {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: object;
}

/** Deliveries that are to be made, for any number of hosts: a row and its lease see to it that one of them makes each. */
export class DeliveryQueue {
  constructor(private readonly database: Database) {}

  /** Deliveries whose time has come and that nobody is making, or whose host has died. */
  async claim({ most, mostPerWebhook, leaseMs }: ClaimLimits): Promise<readonly DueDelivery[]> {
    const rows = await this.database.query<ClaimedRow>(CLAIM, [most, mostPerWebhook, leaseMs]);
    return rows.map(({ eventId, type, occurredAt, data, ...rest }) => ({
      ...rest,
      event: { id: eventId, type, occurredAt, data },
    }));
  }

  /** Writes an attempt down and says what follows. `lost`: somebody else has taken the delivery over, nothing was written. */
  async record(lease: DeliveryLease, attempt: Attempt): Promise<'pending' | 'delivered' | 'dead' | 'lost'> {
    const { outcome, retryAfterMs, at, ms, status, error } = attempt;
    const [row] = await this.database.query<{ readonly state: 'pending' | 'delivered' | 'dead' }>(RECORD, [
      lease.deliveryId,
      lease.fence,
      outcome,
      Math.round(retryAfterMs),
      at,
      Math.round(ms),
      status,
      error,
    ]);
    return row?.state ?? 'lost';
  }

  /** This host stops: another may make the attempt at once. */
  async giveBack({ deliveryId, fence }: DeliveryLease): Promise<void> {
    await this.database.query('UPDATE deliveries SET lease_until = NULL WHERE id = $1 AND fence = $2', [deliveryId, fence]);
  }

  /** The receiver at `url` is there no more. `false`: the webhook was changed meanwhile, or another attempt has said so. */
  async disableGone({ webhookId, url }: Pick<DueDelivery, 'webhookId' | 'url'>): Promise<boolean> {
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
