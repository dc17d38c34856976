import type { Database, Queries } from '../database/database.js';
import { RECORD_TABLES, type RecordTable } from '../schema/record-tables.js';

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
      for (const table of RECORD_TABLES) {
        left -= await removeSome(queries, table, deleted.id, left);
        if (left <= 0) return true;
      }
      await queries.query('DELETE FROM deleted_integrations WHERE integration_id = $1', [deleted.id]);
      return true;
    });
  }
}

async function removeSome(queries: Queries, { table, kind }: RecordTable, id: string, limit: number): Promise<number> {
  // The rest of the primary key, in its order: the piece is found by the index and never by reading the table.
  const columns = kind === 'activity' ? 'published, key' : 'key';
  const [row] = await queries.query<{ readonly removed: number }>(
    `WITH removed AS (
       DELETE FROM "${table}" WHERE integration_id = $1
         AND (${columns}) IN (SELECT ${columns} FROM "${table}" WHERE integration_id = $1 ORDER BY ${columns} LIMIT $2)
       RETURNING 1
     ) SELECT count(*)::int AS removed FROM removed`,
    [id, limit],
  );
  return row?.removed ?? 0;
}
