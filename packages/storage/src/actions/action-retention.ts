import type { Database } from '../database/database.js';

/** Far longer than what was done can be taken back. The audit log has who did what, for good. */
const KEPT_DAYS = 400;

/** What is over is not kept for ever: plans have names of people in them. */
export class ActionRetention {
  constructor(private readonly database: Database) {}

  /**
   * Removes at most `limit` requests that ended long ago, or that nobody has ever decided, and batches of which nothing is left.
   * @returns how many rows
   */
  async purge(limit: number): Promise<number> {
    const requests = await this.database.query(
      `DELETE FROM action_requests WHERE id IN (
         SELECT id FROM action_requests WHERE due_at IS NULL AND coalesce(ended_at, created_at) < now() - $2 * interval '1 day'
         ORDER BY id LIMIT $1
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
