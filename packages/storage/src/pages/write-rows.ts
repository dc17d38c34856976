import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { sqlState } from '../database/sql-state.js';
import { type KindOfPage, type PreparedRow, type PreparedRows, prepareRows, type RefusedRow } from './prepared-rows.js';
import { recordTable } from '../schema/record-tables.js';
import { upsertArrays, upsertStatement } from './upsert-sql.js';

export interface Pass {
  readonly integrationId: string;
  readonly stream: string;
  readonly generation: number;
}

export interface RowCounts {
  readonly created: number;
  /** Those of `created` that had been removed. */
  readonly restored: number;
  readonly changed: number;
  readonly unchanged: number;
}

export const NO_ROWS: RowCounts = { created: 0, restored: 0, changed: 0, unchanged: 0 };

/** Data, constraint and limit errors: this row will be refused each time. Anything else is not the row's fault. */
export function isRowRefusal(error: unknown): boolean {
  return ['22', '23', '54'].includes((sqlState(error) ?? '').slice(0, 2));
}

export interface Written {
  readonly counts: RowCounts;
  readonly refused: readonly RefusedRow[];
}

/** It is still there at the provider: the sweep must leave what we have of it. */
export async function markSeen(queries: Queries, pass: Pass, kind: RecordKind, refused: readonly RefusedRow[]): Promise<void> {
  if (refused.length === 0 || kind === 'activity') return;
  await queries.query(
    `UPDATE "${recordTable(kind).table}" SET generation = $3, last_seen_at = now() WHERE integration_id = $1 AND stream = $2 AND key = ANY ($4::text[])`,
    [pass.integrationId, pass.stream, pass.generation, refused.map(({ key }) => key)],
  );
}

/** Rows for one statement. Larger pages are written in parts: this host prepares a part while the server writes another. */
const PART = 250;

export async function writeKind(queries: Queries, pass: Pass, { table, records }: KindOfPage): Promise<Written> {
  let counts = NO_ROWS;
  const refused: RefusedRow[] = [];
  let writing: Promise<RowCounts> = Promise.resolve(NO_ROWS);
  for (let from = 0; from < records.length; from += PART) {
    const part = prepareRows(table, records.slice(from, from + PART));
    refused.push(...part.refused);
    counts = add(counts, await writing);
    writing = writeRows(queries, pass, part);
    // Awaited above or below; without this a failure while the next part is being prepared would end the process.
    writing.catch(() => undefined);
  }
  return { counts: add(counts, await writing), refused };
}

async function writeRows(queries: Queries, pass: Pass, { table, rows }: Omit<PreparedRows, 'refused'>): Promise<RowCounts> {
  if (rows.length === 0) return NO_ROWS;
  const values = [pass.integrationId, pass.stream, pass.generation, ...upsertArrays(table, rows)];
  const [counts] = await queries.query<RowCounts>(upsertStatement(table), values);
  return counts ?? NO_ROWS;
}

/** Slow, and only after the page as a whole was refused: finds the rows that are to blame and keeps all others. */
export async function writeRowByRow(queries: Queries, pass: Pass, { table, records }: KindOfPage): Promise<Written> {
  const prepared = prepareRows(table, records);
  let counts = NO_ROWS;
  const refused = [...prepared.refused];
  for (const row of prepared.rows) {
    await queries.query('SAVEPOINT one_row');
    try {
      counts = add(counts, await writeRows(queries, pass, { table, rows: [row] }));
    } catch (error) {
      if (!isRowRefusal(error)) throw error;
      await queries.query('ROLLBACK TO SAVEPOINT one_row');
      refused.push(refusal(row, error));
    }
    await queries.query('RELEASE SAVEPOINT one_row');
  }
  return { counts, refused };
}

export function add(a: RowCounts, b: RowCounts): RowCounts {
  return {
    created: a.created + b.created,
    restored: a.restored + b.restored,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
  };
}

/** The code only: the database's text may quote the value. */
function refusal(row: PreparedRow, error: unknown): RefusedRow {
  return { reason: `the database refused the row (${sqlState(error)})`, at: row.key.slice(0, 200), key: row.key };
}
