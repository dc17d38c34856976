import type { JsonObject, RecordKind, RecordMap } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { type RecordTable, recordTable } from '../schema/record-tables.js';

/** A stored row as the host shows it. */
export interface StoredRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly key: string;
  readonly stream: string;
  readonly partition: string | null;
  readonly data: RecordMap[K];
  readonly raw: JsonObject | null;
  readonly hint: JsonObject | null;
  readonly firstSeenAt: Date;
  readonly presentSince: Date;
  readonly lastSeenAt: Date;
  readonly changedAt: Date;
  readonly removedAt: Date | null;
}

export interface RecordPage<K extends RecordKind = RecordKind> {
  readonly records: readonly StoredRecord<K>[];
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

type Row = Omit<StoredRecord, 'kind' | 'data'> & { readonly [column: string]: unknown };

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
    const limit = Math.min(Math.max(query.limit ?? 100, 1), 1_000);
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
    const [row] = await this.database.query<Row>(`${select(table)} WHERE ${OF_INTEGRATION} AND t.key = $3 LIMIT 1`, [
      workspaceId,
      integrationId,
      key,
    ]);
    return row === undefined ? undefined : toRecord(kind, table, row);
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

function select({ table, columns }: RecordTable): string {
  // Prefixed: an account's own "created_at" must not be taken for ours.
  const own = columns.map(({ column, property }) => `t."${column}" AS "data.${property}"`);
  return `SELECT t.key, t.stream, t.partition, t.hint, t.raw, t.first_seen_at AS "firstSeenAt", t.present_since AS "presentSince",
    t.last_seen_at AS "lastSeenAt", t.changed_at AS "changedAt", t.removed_at AS "removedAt", ${own.join(', ')} FROM "${table}" t`;
}

function toRecord<K extends RecordKind>(kind: K, table: RecordTable, row: Row): StoredRecord<K> {
  const data: Record<string, unknown> = {};
  for (const { property } of table.columns) {
    const value = row[`data.${property}`];
    data[property] = value instanceof Date ? value.toISOString() : value;
  }
  const { key, stream, partition, hint, raw, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt } = row;
  const common = { key, stream, partition, hint, raw, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt };
  // The table has exactly the fields of this kind: `Specs` in record-tables.ts ties the two.
  return { kind, ...common, data: data as unknown as RecordMap[K] };
}

function positionOf(table: RecordTable, record: StoredRecord): string {
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
