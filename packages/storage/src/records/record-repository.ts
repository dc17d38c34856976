import type { JsonObject, RecordKind, RecordMap } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { type RecordTable, recordTable } from '../schema/record-tables.js';

/** A stored row as the host shows it in a list; times are ISO 8601, in UTC. */
export interface ListedRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly key: string;
  readonly stream: string;
  readonly partition: string | null;
  readonly data: RecordMap[K];
  readonly firstSeenAt: string;
  readonly presentSince: string;
  readonly lastSeenAt: string;
  readonly changedAt: string;
  readonly removedAt: string | null;
}

/** With what the connector keeps beside the vocabulary: ten times the rest, so that lists are read without it. */
export interface StoredRecord<K extends RecordKind = RecordKind> extends ListedRecord<K> {
  readonly raw: JsonObject | null;
  readonly hint: JsonObject | null;
}

export interface RecordPage<K extends RecordKind = RecordKind> {
  readonly records: readonly ListedRecord<K>[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

export interface RecordQuery {
  readonly after?: string;
  readonly limit?: number;
  readonly includeRemoved?: boolean;
  /** Part of the key or of a name. */
  readonly search?: string;
}

export interface RecordCount {
  readonly kind: RecordKind;
  readonly present: number;
  readonly removed: number;
}

type Row = Omit<ListedRecord, 'kind' | 'data'> & { readonly [column: string]: unknown };
type WholeRow = Row & Pick<StoredRecord, 'raw' | 'hint'>;

export class RecordRepository {
  constructor(private readonly database: Database) {}

  /** By ascending key; `activity` newest first. */
  async list<K extends RecordKind>(
    workspaceId: string,
    integrationId: string,
    kind: K,
    query: RecordQuery = {},
  ): Promise<RecordPage<K>> {
    const table = recordTable(kind);
    const limit = Math.min(Math.max(query.limit ?? 100, 1), 200);
    const values: unknown[] = [workspaceId, integrationId, limit + 1];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [OF_INTEGRATION, ...(query.includeRemoved === true ? [] : ['t.removed_at IS NULL'])];
    if (query.after !== undefined) conditions.push(afterCondition(table, query.after, bind));
    if (query.search !== undefined && query.search !== '') conditions.push(searchCondition(table, query.search, bind));
    const order = table.kind === 'activity' ? 't.published DESC, t.key DESC' : 't.key';
    const rows = await this.database.query<Row>(
      `${select(table)} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT $3`,
      values,
    );
    const records = rows.slice(0, limit).map((row) => toRecord(kind, table, row));
    const last = rows.length > limit ? records.at(-1) : undefined;
    return { records, next: last === undefined ? null : positionOf(table, last) };
  }

  async get<K extends RecordKind>(
    workspaceId: string,
    integrationId: string,
    kind: K,
    key: string,
  ): Promise<StoredRecord<K> | undefined> {
    const table = recordTable(kind);
    const [row] = await this.database.query<WholeRow>(
      `${select(table, ['t.raw', 't.hint'])} WHERE ${OF_INTEGRATION} AND t.key = $3 LIMIT 1`,
      [workspaceId, integrationId, key],
    );
    return row === undefined ? undefined : { ...toRecord(kind, table, row), raw: row.raw, hint: row.hint };
  }

  /** Kinds that there is, or was, something of. Kept with the rows: see CountChanges. */
  async counts(workspaceId: string, integrationId: string): Promise<readonly RecordCount[]> {
    return this.database.query<RecordCount>(
      `SELECT kind, present::float8 AS present, removed::float8 AS removed FROM record_counts t WHERE ${OF_INTEGRATION} ORDER BY kind`,
      [workspaceId, integrationId],
    );
  }
}

/** The workspace is checked in the same statement: an id of somebody else's integration finds nothing. */
const OF_INTEGRATION = `t.integration_id = (SELECT id FROM integrations WHERE workspace_id = $1 AND id = $2)`;

function select({ table, columns }: RecordTable, more: readonly string[] = []): string {
  // Prefixed: an account's own "created_at" must not be taken for ours.
  const own = columns.map(({ column, property, type }) => {
    return `${type === 'instant' ? utc(column) : `t."${column}"`} AS "data.${property}"`;
  });
  return `SELECT t.key, t.stream, t.partition, ${utc('first_seen_at')} AS "firstSeenAt", ${utc('present_since')} AS "presentSince",
    ${utc('last_seen_at')} AS "lastSeenAt", ${utc('changed_at')} AS "changedAt", ${utc('removed_at')} AS "removedAt",
    ${[...own, ...more].join(', ')} FROM "${table}" t`;
}

/** As text: a page of accounts has a thousand times, and to make a Date of each and text again took a quarter of its answer. */
function utc(column: string): string {
  return `(t."${column}" AT TIME ZONE 'UTC')::text`;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?$/;

function iso(text: string): string {
  const [, date, time, fraction = ''] = INSTANT.exec(text) ?? [];
  // A year that ISO 8601 has no four digits for stays as the database writes it.
  return date === undefined ? text : `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

function toRecord<K extends RecordKind>(kind: K, table: RecordTable, row: Row): ListedRecord<K> {
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

function positionOf(table: RecordTable, record: ListedRecord): string {
  if (table.kind !== 'activity' || !('published' in record.data)) return record.key;
  return `${record.data.published}|${record.key}`;
}

function afterCondition(table: RecordTable, after: string, bind: (value: unknown) => string): string {
  if (table.kind !== 'activity') return `t.key > ${bind(after)}`;
  const [published = '', ...key] = after.split('|');
  // A position that nobody gave out is no error worth a 500: it simply lies after everything.
  const instant = Number.isNaN(Date.parse(published)) ? '-infinity' : published;
  return `(t.published, t.key) < (${bind(instant)}::timestamptz, ${bind(key.join('|'))})`;
}

function searchCondition(table: RecordTable, search: string, bind: (value: unknown) => string): string {
  const pattern = bind(`%${search.replaceAll(/[\\%_]/g, '\\$&').replaceAll('\0', '')}%`);
  const columns = ['key', ...table.searched];
  return `(${columns.map((column) => `t."${column}" ILIKE ${pattern}`).join(' OR ')})`;
}
