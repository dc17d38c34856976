import pg from 'pg';
import { ENTITIES } from '../schema/entities.js';
import { MIGRATIONS } from '../schema/migrations/migrations.js';
import type { SequenceState } from './manifest.js';

/** TypeORM's list of what was migrated. A backup names its rows, and a restore makes them anew. */
export const MIGRATED = 'migrations';

/** Never any other table of the same schema: it may belong to somebody else. A test holds it against every schema there was. */
const OURS: readonly string[] = ENTITIES.map(({ options }) => options.tableName ?? options.name);

export interface OurTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** With the columns that are stored: what the database derives it derives again. */
export async function ourTables(client: pg.ClientBase): Promise<readonly OurTable[]> {
  const { rows } = await client.query<OurTable>(
    `SELECT c.relname::text AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname = ANY ($1)
     GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [OURS],
  );
  return rows;
}

/** Names of the migrations, in order; none where there are no tables yet. */
export async function migrated(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows: found } = await client.query<{ readonly made: boolean }>(
    `SELECT to_regclass('${MIGRATED}') IS NOT NULL AS made`,
  );
  if (found[0]?.made !== true) return [];
  const { rows } = await client.query<{ readonly name: string }>(`SELECT name FROM ${MIGRATED} ORDER BY timestamp, id`);
  return rows.map(({ name }) => name);
}

/** Those that this release does not know. */
export function unknownMigrations(names: readonly string[]): readonly string[] {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  return names.filter((name) => !known.has(name));
}

/** No snapshot holds them: read after the snapshot was taken they are past every row in it. One that gave none is left out. */
export async function sequences(client: pg.ClientBase, tables: readonly string[]): Promise<readonly SequenceState[]> {
  const { rows } = await client.query<SequenceState>(
    `WITH own AS MATERIALIZED (
       SELECT s.oid, t.relname::text AS table, a.attname::text AS column
       FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass
         JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
       WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY ($1)
     ), told AS (SELECT "table", "column", pg_sequence_last_value(oid)::text AS last FROM own)
     SELECT * FROM told WHERE last IS NOT NULL ORDER BY 1, 2`,
    [tables],
  );
  return rows;
}

/** Of the activity log. */
export async function partitionMonths(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly month: string }>(
    `SELECT regexp_replace(relname, '^activity_(\\d{4})_(\\d{2})$', '\\1-\\2-01') AS month
     FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
     WHERE inhparent = to_regclass('activity') AND relname ~ '^activity_\\d{4}_\\d{2}$' ORDER BY 1`,
  );
  return rows.map(({ month }) => month);
}

export function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}

/** What COPY writes and reads depends on these settings of a session; no limit that a server sets may end it midway. */
export async function prepareSession(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET timezone = 'UTC';
     SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; SET lock_timeout = 0;
     SET idle_in_transaction_session_timeout = 0`,
  );
}
