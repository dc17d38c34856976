import type { Database, Queries } from '../database/database.js';
import { RECORD_TABLES } from '../schema/record-tables.js';

/** Tables whose rows a deleted integration leaves behind, each with the rest of its primary key, in its order. */
const LEFT: readonly (readonly [table: string, key: string])[] = [
  ...RECORD_TABLES.map(({ table, kind }) => [table, kind === 'activity' ? 'published, key' : 'key'] as const),
  ['past_presences', 'kind, key, until'],
  ['usage', '"use", principal, object'],
  ['usage_days', '"use", object, day'],
  ['access_counts', 'application'],
  ['usage_since', 'integration_id'],
  ['access_counted', 'integration_id'],
  ['action_requests', 'id'],
  ['action_batches', 'id'],
  ['playbook_runs', 'id'],
  ['incidents', 'id'],
  ['findings', 'fingerprint'],
  ['check_results', '"check"'],
  ['posture_scores', 'day, area'],
  ['posture_evaluations', 'integration_id'],
  ['attack_nodes', 'node'],
  ['attack_surveys', 'integration_id'],
  ['detection_inbox', 'seq'],
  ['detection_progress', 'integration_id'],
  ['detection_failures', 'integration_id'],
  ['detection_dead_letters', 'published, key'],
  ['detection_groups', 'rule, digest'],
  ['detection_histories', 'subject'],
  ['detection_hits', 'rule, day'],
];

/** Removes what deleted integrations have left, a bounded piece at a time, so that nobody waits for it. */
export class DeletedIntegrations {
  constructor(private readonly database: Database) {}

  /**
   * Removes at most `limit` rows, of one integration, in one transaction. Any number of hosts may call it at once: each takes
   * another integration. @returns whether there may be more to remove.
   */
  async purge(limit = 5_000): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      const [deleted] = await queries.query<{ readonly id: string }>(
        `SELECT integration_id AS id FROM deleted_integrations ORDER BY deleted_at, integration_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      );
      if (deleted === undefined) return false;
      let left = limit;
      for (const [table, key] of LEFT) {
        left -= await removeSome(queries, table, key, deleted.id, left);
        if (left <= 0) return true;
      }
      await queries.query('DELETE FROM deleted_integrations WHERE integration_id = $1', [deleted.id]);
      return true;
    });
  }
}

async function removeSome(queries: Queries, table: string, key: string, id: string, limit: number): Promise<number> {
  // The piece is found by the index of the primary key and never by reading the table.
  const [row] = await queries.query<{ readonly removed: number }>(
    `WITH removed AS (
       DELETE FROM "${table}" WHERE integration_id = $1
         AND (${key}) IN (SELECT ${key} FROM "${table}" WHERE integration_id = $1 ORDER BY ${key} LIMIT $2)
       RETURNING 1
     ) SELECT count(*)::int AS removed FROM removed`,
    [id, limit],
  );
  return row?.removed ?? 0;
}
