import type { AuditActor } from '../audit/audit-log.js';
import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import type { ActionBatch, ActionBatchState, BatchRefused, BatchStopReason, NewActionBatch } from './action-batch.js';
import { type ActionRequests, PROPOSED_HOURS, UNDO_DAYS } from './action-requests.js';

export interface ActionBatchQuery {
  readonly integrationId?: string | undefined;
  readonly state?: ActionBatchState | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

export interface ActionBatchPage {
  readonly batches: readonly ActionBatch[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

/** Of `back`: it waits for somebody, or is to be done or seen. */
const BEING_DONE = `(back.state IN ('proposed', 'approved', 'running') OR back.state = 'done' AND back.ended_at IS NULL)`;

/** What `undoUntil` of the host says of one, of many. */
const UNDOABLE = `undone_by IS NULL AND state IN ('verified', 'done') AND changed AND jsonb_typeof(plan -> 'undo') = 'object'
          AND ended_at > now() - interval '${UNDO_DAYS} days'
          AND NOT EXISTS (SELECT FROM action_requests back WHERE back.undo_of = action_requests.id AND ${BEING_DONE})`;

/** What it is now follows from its objects: nobody has to be there to write down that the last one has ended. */
const STATE = `CASE WHEN b.state <> 'approved' THEN b.state WHEN b.stopped_at IS NOT NULL THEN 'stopped' WHEN o.open > 0 THEN 'running' ELSE 'ended' END`;

const SELECT = `SELECT b.id, b.workspace_id AS "workspaceId", b.integration_id AS "integrationId", b.action, b.title, b.effect, b.reason, b.refused,
    ${STATE} AS state, b.requested_by AS "requestedBy", b.decided_by AS "decidedBy", b.decided_at AS "decidedAt", b.wish,
    b.created_at AS "createdAt", b.stopped_at AS "stoppedAt", b.stopped_by AS "stoppedBy", b.stop_reason AS "stopReason",
    o.size, coalesce(o.counts, '{}') AS counts, coalesce(o.undoable, 0) AS undoable,
    (SELECT original.batch_id FROM action_requests r JOIN action_requests original ON original.id = r.undo_of
     WHERE r.batch_id = b.id AND original.batch_id IS NOT NULL LIMIT 1) AS "undoOf", CASE WHEN o.unended = 0 THEN o.ended_at END AS "endedAt",
    ${instantText('b.created_at')} || '|' || b.id AS position
  FROM action_batches b CROSS JOIN LATERAL (
    SELECT coalesce(sum(n), 0)::int AS size, json_object_agg(state, n) AS counts, max(ended_at) AS ended_at, sum(unended)::int AS unended,
      coalesce(sum(n) FILTER (WHERE state IN ('proposed', 'approved', 'running')), 0)::int AS open, sum(undoable)::int AS undoable
    FROM (
      SELECT CASE WHEN undone_by IS NOT NULL THEN 'undone' WHEN state = 'verified' AND changed = false THEN 'already' ELSE state END AS state,
        count(*) FILTER (WHERE ${UNDOABLE}) AS undoable, count(*)::int AS n, max(ended_at) AS ended_at,
        (count(*) - count(ended_at))::int AS unended
      FROM action_requests WHERE batch_id = b.id GROUP BY 1
    ) AS states
  ) AS o`;

type Row = ActionBatch & { readonly position: string };

/** The same for many objects: each a request of its own, agreed to and stopped together. */
export class ActionBatches {
  constructor(
    private readonly database: Database,
    private readonly requests: ActionRequests,
  ) {}

  /**
   * In the caller's transaction. What is to be done already is refused, the others are in it.
   * @returns the one that is there already, where the same wish comes again; `undefined`: there is no such integration
   */
  async create(workspaceId: string, batch: NewActionBatch): Promise<{ batch: ActionBatch; isNew: boolean } | undefined> {
    const { integrationId, action, title, effect, needsApproval, reason, requestedBy, wish, items } = batch;
    const state = needsApproval ? 'proposed' : 'approved';
    const [made] = await this.database.query<{ readonly id: string }>(
      `INSERT INTO action_batches (workspace_id, integration_id, action, title, effect, reason, refused, state, requested_by, wish)
       SELECT i.workspace_id, i.id, $3, $4, $5, $6, '[]', $7, $8, $9 FROM integrations i WHERE i.workspace_id = $1 AND i.id = $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [workspaceId, integrationId, action, title, effect, reason, state, JSON.stringify(requestedBy), wish],
    );
    if (made === undefined) {
      const known = await this.ofWish(workspaceId, wish);
      return known && { batch: known, isNew: false };
    }
    const refused: BatchRefused[] = [...batch.refused];
    for (const [index, item] of items.entries()) {
      const own = {
        ...item,
        integrationId,
        action,
        title,
        effect,
        needsApproval,
        reason,
        requestedBy,
        byHand: false,
      };
      const created = await this.requests.create(workspaceId, { ...own, wish: `batch ${made.id} ${index}`, batchId: made.id });
      if (created === undefined) return undefined; // deleted meanwhile
      if (created.is !== 'new') refused.push({ input: item.input, problem: underWay(created.request.id) });
    }
    await this.database.query(`UPDATE action_batches SET refused = $2 WHERE id = $1`, [made.id, JSON.stringify(refused)]);
    const kept = await this.find(workspaceId, made.id);
    return kept && { batch: kept, isNew: true };
  }

  async find(workspaceId: string, id: string): Promise<ActionBatch | undefined> {
    return this.#one(`${SELECT} WHERE b.workspace_id = $1 AND b.id = $2`, [workspaceId, id]);
  }

  async ofWish(workspaceId: string, wish: string): Promise<ActionBatch | undefined> {
    return this.#one(`${SELECT} WHERE b.workspace_id = $1 AND b.wish = $2`, [workspaceId, wish]);
  }

  /** Newest first, without those of integrations that were deleted. Objects are counted only of those that may be in the state. */
  async list(workspaceId: string, { integrationId, state, after, limit = 100 }: ActionBatchQuery): Promise<ActionBatchPage> {
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<Row>(
      `${SELECT} WHERE b.workspace_id = $1 AND ($2::uuid IS NULL OR b.integration_id = $2) AND ($3::text IS NULL OR ${STATE} = $3)
         AND ($3::text IS NULL OR b.state = CASE WHEN $3 IN ('proposed', 'rejected', 'withdrawn') THEN $3 ELSE 'approved' END)
         AND ($3::text IS DISTINCT FROM 'running' OR b.id IN (
           SELECT r.batch_id FROM action_requests r WHERE r.state IN ('proposed', 'approved', 'running') AND r.batch_id IS NOT NULL))
         AND EXISTS (SELECT FROM integrations i WHERE i.id = b.integration_id)
         AND ($4::timestamptz IS NULL OR (b.created_at <= $4 AND (b.created_at < $4 OR b.id > $5::uuid)))
       ORDER BY b.created_at DESC, b.id LIMIT $6`,
      [workspaceId, integrationId ?? null, state ?? null, createdAt, id, limit + 1],
    );
    const batches = rows.slice(0, limit).map(({ position: _position, ...batch }) => batch);
    return { batches, next: rows.length > limit ? (rows[limit - 1]?.position ?? null) : null };
  }

  /**
   * Somebody agrees to all of it, or does not. In the caller's transaction.
   * @returns `undefined`: it waits for nobody any more, or for too long already
   */
  async decide(
    workspaceId: string,
    id: string,
    state: 'approved' | 'rejected' | 'withdrawn',
    by: AuditActor,
  ): Promise<ActionBatch | undefined> {
    const [decided] = await this.database.query(
      `UPDATE action_batches SET state = $3, decided_by = $4, decided_at = now() WHERE workspace_id = $1 AND id = $2 AND state = 'proposed'
         AND ($3 <> 'approved' OR created_at > now() - interval '${PROPOSED_HOURS} hours') RETURNING id`,
      [workspaceId, id, state, JSON.stringify(by)],
    );
    if (decided === undefined) return undefined;
    await this.database.query(
      `UPDATE action_requests SET state = $2, decided_by = $3, decided_at = now(), due_at = CASE WHEN $2 = 'approved' THEN now() END,
         ended_at = CASE WHEN $2 = 'approved' THEN NULL ELSE now() END WHERE batch_id = $1 AND state = 'proposed'`,
      [id, state, JSON.stringify(by)],
    );
    return this.find(workspaceId, id);
  }

  /**
   * What has not begun is not done any more; what has begun is looked at once more, and ends. In the caller's transaction.
   * @param by `null`: it stops by itself
   * @returns `undefined`: nothing of it is to be done any more, or it was stopped already
   */
  async stop(
    workspaceId: string,
    id: string,
    by: AuditActor | null,
    { why, missing }: BatchStopReason,
  ): Promise<ActionBatch | undefined> {
    const [stopped] = await this.database.query(
      `UPDATE action_batches b SET stopped_at = now(), stopped_by = $3, stop_reason = $4
       WHERE workspace_id = $1 AND id = $2 AND state = 'approved' AND stopped_at IS NULL
         AND EXISTS (SELECT FROM action_requests r WHERE r.batch_id = b.id AND r.state IN ('approved', 'running')) RETURNING id`,
      [workspaceId, id, by === null ? null : JSON.stringify(by), JSON.stringify({ why, missing })],
    );
    if (stopped === undefined) return undefined;
    await this.database.query(
      `UPDATE action_requests SET state = 'withdrawn', due_at = NULL, ended_at = now(), problem = $2
       WHERE batch_id = $1 AND state = 'approved' AND tries = 0`,
      [id, JSON.stringify({ kind: 'stopped', message: notBegun(by, why) })],
    );
    // Whether the provider has done it is not known: whoever takes it looks, and does not try again.
    await this.database.query(`UPDATE action_requests SET due_at = now() WHERE batch_id = $1 AND state = 'approved'`, [id]);
    return this.find(workspaceId, id);
  }

  /** Its objects that somebody has asked to take back, where that is not over: their ids. */
  async beingUndone(id: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ readonly id: string }>(
      `SELECT r.id FROM action_requests r WHERE r.batch_id = $1
         AND EXISTS (SELECT FROM action_requests back WHERE back.undo_of = r.id AND ${BEING_DONE})`,
      [id],
    );
    return new Set(rows.map((row) => row.id));
  }

  async isStopped(id: string): Promise<boolean> {
    const found = await this.database.query(`SELECT FROM action_batches WHERE id = $1 AND stopped_at IS NOT NULL`, [id]);
    return found.length > 0;
  }

  /** How many of its last `most` that ended failed, where it was the provider, and not the object that was gone or had changed. */
  async failedInRow(id: string, most: number): Promise<number> {
    const [row] = await this.database.query<{ readonly failed: number }>(
      `SELECT count(*) FILTER (WHERE state = 'failed' AND problem ->> 'kind' NOT IN ('config', 'outdated'))::int AS failed FROM (
         SELECT state, problem FROM action_requests WHERE batch_id = $1 AND state IN ('done', 'verified', 'failed')
         ORDER BY coalesce(ended_at, started_at) DESC LIMIT $2
       ) AS last`,
      [id, most],
    );
    return row?.failed ?? 0;
  }

  async #one(statement: string, values: readonly unknown[]): Promise<ActionBatch | undefined> {
    const [found] = await this.database.query<Row>(statement, values);
    if (found === undefined) return undefined;
    const { position: _position, ...batch } = found;
    return batch;
  }
}

function notBegun(by: AuditActor | null, why: string): string {
  if (by !== null) return `${by.name} stopped the batch before this had begun.`;
  return `The batch stopped by itself before this had begun: ${why}`;
}

function underWay(id: string): BatchRefused['problem'] {
  return { kind: 'under-way', message: `The same is to be done already, by the request ${id}.` };
}
