import type { RecordKind } from '@castellan/connector-sdk';
import { WITH_MAINTAIN } from '../database/app-role.js';
import type { Database } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';

/** Below this every plan is quick. */
const MANY = 1_000;
/** A million rows take a second. What takes long is left to the housekeeping: nobody waits for it there. */
const BRIEFLY = `BEGIN; SET LOCAL statement_timeout = '5s'`;

/**
 * After a first sync the database still plans as if its tables were empty, until its own housekeeping comes by, which can take
 * a minute: a page of 100,000 accounts took 100 ms instead of 4. So tables that have grown that much are looked at at once.
 * A role that may not do so (not the owner, before PostgreSQL 17) leaves it to the housekeeping.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  const counts = await database.query<{ readonly kind: RecordKind; readonly rows: number }>(
    `SELECT kind, sum(present + removed)::float8 AS rows FROM record_counts GROUP BY kind HAVING sum(present + removed) >= $1`,
    [MANY],
  );
  // The partitions of the activity log are small, and each is looked at by its own plan.
  const tables = counts.filter(({ kind }) => kind !== 'activity').map(({ kind, rows }) => ({ ...recordTable(kind), rows }));
  if (tables.length === 0) return;
  const may = await database.query<{ readonly name: string; readonly rows: number }>(
    `SELECT relname AS name, reltuples::float8 AS rows FROM pg_class
     WHERE oid = ANY (SELECT to_regclass(n) FROM unnest($1::text[]) n) AND CASE
       WHEN current_setting('server_version_num')::int >= ${WITH_MAINTAIN} THEN has_table_privilege(oid, 'MAINTAIN')
       ELSE pg_has_role(relowner, 'USAGE') END`,
    [tables.map(({ table }) => table)],
  );
  const planned = new Map(may.map(({ name, rows }) => [name, rows]));
  for (const { table, rows } of tables) {
    const known = planned.get(table);
    if (known === undefined || known * 2 >= rows) continue;
    // Not after the housekeeping, which does the same: that one may be at it for long.
    await database.transaction((queries) => queries.query(`ANALYZE (SKIP_LOCKED) "${table}"`), BRIEFLY);
  }
}
