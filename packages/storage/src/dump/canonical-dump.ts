import { createHash } from 'node:crypto';
import type { Database } from '../database/database.js';
import { RECORD_TABLES, type RecordTable } from '../schema/record-tables.js';

export interface CanonicalDump {
  /** Over all lines, in order. */
  readonly sha256: string;
  readonly rows: number;
}

const PAGE = 5_000;

/**
 * What was collected, without what a run leaves behind (ids of runs, generations, our own times): two syncs of one
 * organisation have equal dumps however often one of them was cut. `onLine` sees each line, to find a difference.
 */
export async function canonicalDump(
  database: Database,
  integrationId: string,
  onLine?: (line: string) => void,
): Promise<CanonicalDump> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const table of RECORD_TABLES) {
    for await (const line of linesOf(database, table, integrationId)) {
      hash.update(line).update('\n');
      onLine?.(line);
      rows += 1;
    }
  }
  return { sha256: hash.digest('hex'), rows };
}

async function* linesOf(database: Database, table: RecordTable, integrationId: string): AsyncGenerator<string, void, void> {
  // jsonb's text has its keys in an order of its own, which depends on the value only; times in UTC whatever the session's zone.
  const own = table.columns.map(({ column, type }) =>
    type === 'instant' ? `'${column}', extract(epoch FROM t."${column}")` : `'${column}', t."${column}"`,
  );
  const order = table.kind === 'activity' ? 't.published, t.key' : 't.key';
  const time = table.kind === 'activity' ? 't.published::text' : `''`;
  const text = `SELECT jsonb_build_object('kind', '${table.kind}', 'key', t.key, 'stream', t.stream, 'partition', t.partition,
      'hint', t.hint, 'raw', t.raw, 'removed', t.removed_at IS NOT NULL, 'data', jsonb_build_object(${own.join(', ')}))::text AS line,
      t.key, ${time} AS time
    FROM "${table.table}" t WHERE t.integration_id = $1 AND ${after(table)} ORDER BY ${order} LIMIT ${PAGE}`;
  let position: Omit<Line, 'line'> = { time: '', key: '' };
  for (;;) {
    const rows: readonly Line[] = await database.query<Line>(text, [integrationId, position.time, position.key]);
    for (const { line } of rows) yield line;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    position = last;
  }
}

interface Line {
  readonly line: string;
  readonly key: string;
  readonly time: string;
}

/** $2 is empty on the first page, and always where rows have no time. */
function after({ kind }: RecordTable): string {
  if (kind !== 'activity') return `$2 = '' AND t.key > $3`;
  return `($2 = '' OR (t.published, t.key) > (nullif($2, '')::timestamptz, $3))`;
}
