import type { Statement } from '../database/database.js';
import type { ColumnType, RecordTable } from '../schema/record-tables.js';
import { INTO_INBOX } from '../detection/activity-inbox.js';
import { ADD_USAGE, USED_OF_EVENT } from '../usage/add-usage.js';
import { type ElementType, BinaryArray } from './binary-array.js';
import type { PreparedRow } from './prepared-rows.js';

const ELEMENT = {
  text: 'text',
  boolean: 'boolean',
  number: 'float8',
  instant: 'timestamptz',
  texts: 'text',
  json: 'jsonb',
} as const;
const COMMON = ['key', 'partition', 'hash', 'hint', 'raw'] as const;

const statements = new Map<RecordTable, Statement>();

/** One statement for a page of one kind; the same text each time, so that each connection plans it once. */
export function upsertStatement(table: RecordTable): Statement {
  const known = statements.get(table);
  if (known !== undefined) return known;
  const statement = { name: `upsert_${table.table}`, text: table.kind === 'activity' ? insertSql(table) : upsertSql(table) };
  statements.set(table, statement);
  return statement;
}

/** $1 integration, $2 stream, $3 generation, then one array a column. */
function pageSql(table: RecordTable): string {
  const common = ['text', 'text', 'bytea', 'jsonb', 'jsonb'];
  const types = [...common, ...table.columns.map((column) => ELEMENT[column.type])];
  const arrays = types.map((type, index) => `$${index + 4}::${type}[]`);
  return `SELECT * FROM unnest(${arrays.join(', ')}) AS p (${names(table).join(', ')})`;
}

function names(table: RecordTable): readonly string[] {
  return [...COMMON, ...table.columns.map((column) => `"${column.column}"`)];
}

function insertHead(table: RecordTable): string {
  return `INSERT INTO "${table.table}" AS t (integration_id, stream, generation, first_seen_at, present_since, last_seen_at, changed_at,
    ${names(table).join(', ')})
  SELECT $1::uuid, $2::text, $3::integer, now(), now(), now(), now(), ${selected(table).join(', ')} FROM page p`;
}

function selected(table: RecordTable): readonly string[] {
  // An array of arrays would have to be rectangular: lists of texts travel as literals.
  const own = table.columns.map((column) => `p."${column.column}"${column.type === 'texts' ? '::text[]' : ''}`);
  return [...COMMON.map((column) => `p.${column}`), ...own];
}

/**
 * `created` counts rows that were not there, or had been removed; so `created - removed` is the growth. `restored` are those
 * that had been removed: they were first seen in an older transaction.
 *
 * Measured against it and slower: a first pass that only marks equal rows as seen (its join is planned while the table is
 * empty, and then reads all of it for each page), and JSON instead of arrays. Not measured: COPY into a temporary table.
 */
function upsertSql(table: RecordTable): string {
  const own = names(table)
    .slice(1)
    .filter((name) => name !== 'raw');
  const changes = own.map((name) => `${name} = excluded.${name}`);
  return `WITH page AS (${pageSql(table)}), written AS (
    ${insertHead(table)}
    ON CONFLICT (integration_id, key) DO UPDATE SET
      stream = excluded.stream, generation = excluded.generation, last_seen_at = excluded.last_seen_at, ${changes.join(', ')},
      -- A large object that has not changed stays where it is on the disk.
      raw = CASE WHEN t.raw = excluded.raw THEN t.raw ELSE excluded.raw END,
      changed_at = CASE WHEN t.hash = excluded.hash AND t.removed_at IS NULL THEN t.changed_at ELSE excluded.changed_at END,
      present_since = CASE WHEN t.removed_at IS NULL THEN t.present_since ELSE excluded.present_since END,
      removed_at = NULL
    RETURNING present_since = now() AS created, first_seen_at <> now() AS known, changed_at = now() AS changed
  )
  SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE created AND known)::int AS restored,
    count(*) FILTER (WHERE changed AND NOT created)::int AS changed, count(*) FILTER (WHERE NOT changed)::int AS unchanged FROM written`;
}

/** Events never change: one that is known is left as it is, and what it shows to have been used is counted already. */
function insertSql(table: RecordTable): string {
  return `WITH page AS (${pageSql(table)}), written AS (
    ${insertHead(table)} ON CONFLICT (integration_id, published, key) DO NOTHING RETURNING t.key, ${USED_OF_EVENT}
  ), ${ADD_USAGE}, ${INTO_INBOX}
  SELECT count(*)::int AS created, 0 AS restored, 0 AS changed, ((SELECT count(*) FROM page) - count(*))::int AS unchanged FROM written`;
}

const WIRE = {
  text: 'text',
  boolean: 'boolean',
  number: 'number',
  instant: 'instant',
  texts: 'text',
  json: 'json',
} as const satisfies Record<ColumnType, ElementType>;

/** The arrays of {@link upsertStatement}, in its order. */
export function upsertArrays(table: RecordTable, rows: readonly PreparedRow[]): readonly Buffer[] {
  const make = (type: ElementType): BinaryArray => new BinaryArray(type, rows.length);
  const keys = make('text');
  const partitions = make('text');
  const hashes = make('bytes');
  const hints = make('json');
  const raws = make('json');
  const columns = table.columns.map((column) => make(WIRE[column.type]));
  for (const row of rows) {
    keys.addText(row.key);
    if (row.partition === null) partitions.addNull();
    else partitions.addText(row.partition);
    hashes.addBytes(row.hash);
    if (row.hint === null) hints.addNull();
    else hints.addJson(row.hint);
    if (row.raw === null) raws.addNull();
    else raws.addJson(row.raw);
    for (const [index, column] of columns.entries()) addCell(column, table.columns[index]?.type, row.cells[index] ?? null);
  }
  return [keys, partitions, hashes, hints, raws, ...columns].map((array) => array.toBuffer());
}

function addCell(array: BinaryArray, type: ColumnType | undefined, cell: string | number | boolean | null): void {
  if (cell === null) array.addNull();
  else if (typeof cell === 'boolean') array.addBoolean(cell);
  else if (typeof cell === 'string' && type === 'json') array.addJson(cell);
  else if (typeof cell === 'string') array.addText(cell);
  else if (type === 'instant') array.addInstant(cell);
  else array.addNumber(cell);
}
