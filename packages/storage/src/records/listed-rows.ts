import type { RecordKind, RecordMap } from '@castellan/connector-sdk';
import { snakeCase } from '../schema/entity.js';
import type { RecordTable } from '../schema/record-tables.js';
import type { ListedRecord, RecordPage } from './record-repository.js';

/** As the database gives it. */
export type ListedRow = Omit<ListedRecord, 'kind' | 'data'> & { readonly [column: string]: unknown };

/** The rest of the statement calls the table `t`. */
export function selectListed(table: RecordTable, more: readonly string[] = []): string {
  return `SELECT ${[...listedColumns(table), ...more].join(', ')} FROM "${table.table}" t`;
}

/** What `toListed` reads. */
export function listedColumns({ columns }: RecordTable): readonly string[] {
  // Prefixed: an account's own "created_at" must not be taken for ours.
  const own = columns.map(({ column, property, type }) => {
    return `${type === 'instant' ? utc(column) : `t."${column}"`} AS "data.${property}"`;
  });
  const times = ['firstSeenAt', 'presentSince', 'lastSeenAt', 'changedAt', 'removedAt'];
  return ['t.key', 't.stream', 't.partition', ...times.map((time) => `${utc(snakeCase(time))} AS "${time}"`), ...own];
}

/** As text: a page of accounts has a thousand times, and to make a Date of each and text again took a quarter of its answer. */
export function utc(column: string): string {
  return `(t."${column}" AT TIME ZONE 'UTC')::text`;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?$/;

/** @param text of `utc` */
export function iso(text: string): string {
  const [, date, time, fraction = ''] = INSTANT.exec(text) ?? [];
  // A year that ISO 8601 has no four digits for stays as the database writes it.
  return date === undefined ? text : `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

export function toListed<K extends RecordKind>(kind: K, table: RecordTable, row: ListedRow): ListedRecord<K> {
  const data: Record<string, unknown> = {};
  for (const { property, type } of table.columns) {
    const value = row[`data.${property}`];
    data[property] = type === 'instant' && typeof value === 'string' ? iso(value) : value;
  }
  const { key, stream, partition } = row;
  return {
    kind,
    key,
    stream,
    partition,
    // The table has exactly the fields of this kind: `Specs` in record-tables.ts ties the two.
    data: data as unknown as RecordMap[K],
    firstSeenAt: iso(row.firstSeenAt),
    presentSince: iso(row.presentSince),
    lastSeenAt: iso(row.lastSeenAt),
    changedAt: iso(row.changedAt),
    removedAt: row.removedAt === null ? null : iso(row.removedAt),
  };
}

/** The order of every list of records: along the primary key. */
export function walkOf({ kind }: RecordTable): string {
  return kind === 'activity' ? 't.published DESC, t.key DESC' : 't.key';
}

/** @param rows one more than `limit`, if there are so many */
export function pageOf<K extends RecordKind>(
  kind: K,
  table: RecordTable,
  rows: readonly ListedRow[],
  limit: number,
): RecordPage<K> {
  const records = rows.slice(0, limit).map((row) => toListed(kind, table, row));
  const last = rows.length > limit ? records.at(-1) : undefined;
  return { records, next: last === undefined ? null : positionOf(table, last) };
}

function positionOf(table: RecordTable, record: ListedRecord): string {
  if (table.kind !== 'activity' || !('published' in record.data)) return record.key;
  return `${record.data.published}|${record.key}`;
}

/** What comes after a position, in the order of `walkOf`. */
export function startAfter(table: RecordTable, after: string, bind: (value: unknown) => string): string {
  if (table.kind !== 'activity') return `t.key > ${bind(after)}`;
  const [published = '', ...key] = after.split('|');
  // A position that nobody gave out is no error worth a 500: it simply lies after everything.
  const instant = Number.isNaN(Date.parse(published)) ? '-infinity' : published;
  return `(t.published, t.key) < (${bind(instant)}::timestamptz, ${bind(key.join('|'))})`;
}
