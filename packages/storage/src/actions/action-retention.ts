import type { Database } from '../database/database.js';
import { PROPOSED_HOURS } from './action-requests.js';

/** Far longer than what was done can be taken back. The audit log has who did what, for good. */
export const KEPT_DAYS = 400;

const TOO_LATE = `Nobody agreed to it within ${PROPOSED_HOURS} hours: it is not done. Ask for it again, and look at what would be done now.`;

/** What nobody has agreed to in time. */
export interface ExpiredProposal {
  readonly kind: 'action' | 'action_batch';
  readonly id: string;
  readonly workspaceId: string;
  readonly title: string;
  readonly action: string;
  /** Whom it was about: a name, or how many. */
  readonly about: string;
}

/** What is over is not kept for ever: plans have names of people in them. */
export class ActionRetention {
  constructor(private readonly database: Database) {}

  /**
   * What nobody has agreed to in time is withdrawn, and stands in nobody's way any more. In the caller's transaction.
   * @returns at most `limit` requests by themselves, and as many batches
   */
  async expire(limit: number): Promise<readonly ExpiredProposal[]> {
    const late = `state = 'proposed' AND created_at <= now() - interval '${PROPOSED_HOURS} hours'`;
    const because = JSON.stringify({ kind: 'expired', message: TOO_LATE });
    const requests = await this.database.query<ExpiredProposal>(
      `UPDATE action_requests SET state = 'withdrawn', ended_at = now(), problem = $2 WHERE id IN (
         SELECT id FROM action_requests WHERE ${late} AND batch_id IS NULL ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING 'action' AS kind, id, workspace_id AS "workspaceId", title, action, subject_name AS about`,
      [limit, because],
    );
    const batches = await this.database.query<ExpiredProposal>(
      `WITH late AS (
         UPDATE action_batches SET state = 'withdrawn', stopped_at = now(), stop_reason = $3 WHERE id IN (
           SELECT id FROM action_batches WHERE ${late} ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
         ) RETURNING id, workspace_id, title, action
       ), objects AS (
         UPDATE action_requests r SET state = 'withdrawn', ended_at = now(), problem = $2 FROM late
         WHERE r.batch_id = late.id AND r.state = 'proposed' RETURNING r.batch_id
       )
       SELECT 'action_batch' AS kind, id, workspace_id AS "workspaceId", title, action,
         (SELECT count(*) FROM objects WHERE batch_id = late.id) || ' objects' AS about FROM late`,
      [limit, because, JSON.stringify({ why: TOO_LATE, missing: [] })],
    );
    return [...requests, ...batches];
  }

  /**
   * Removes at most `limit` requests that ended long ago, or that nobody has ever decided, and batches of which nothing is left.
   * @returns how many rows
   */
  async purge(limit: number): Promise<number> {
    // The oldest first, by the index of what has ended: by another order all would be read to find that none is old enough.
    const requests = await this.database.query(
      `DELETE FROM action_requests WHERE id IN (
         SELECT id FROM action_requests WHERE due_at IS NULL AND coalesce(ended_at, created_at) < now() - $2 * interval '1 day'
         ORDER BY coalesce(ended_at, created_at) LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [limit, KEPT_DAYS],
    );
    const batches = await this.database.query(
      `DELETE FROM action_batches WHERE id IN (
         SELECT id FROM action_batches b WHERE created_at < now() - $2 * interval '1 day'
           AND NOT EXISTS (SELECT FROM action_requests r WHERE r.batch_id = b.id) ORDER BY id LIMIT $1
       ) RETURNING id`,
      [limit, KEPT_DAYS],
    );
    return requests.length + batches.length;
  }
}
