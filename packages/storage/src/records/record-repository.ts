import type { JsonObject, RecordKind, RecordMap } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { searchConditions } from './row-query.js';
import { type ListedRow, pageOf, selectListed, startAfter, toListed, walkOf } from './listed-rows.js';

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

type WholeRow = ListedRow & Pick<StoredRecord, 'raw' | 'hint'>;

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
    if (query.after !== undefined) conditions.push(startAfter(table, query.after, bind));
    if (query.search !== undefined && query.search !== '') conditions.push(...searchConditions(kind, [query.search], bind));
    const rows = await this.database.query<ListedRow>(
      `${selectListed(table)} WHERE ${conditions.join(' AND ')} ORDER BY ${walkOf(table)} LIMIT $3`,
      values,
    );
    return pageOf(kind, table, rows, limit);
  }

  async get<K extends RecordKind>(
    workspaceId: string,
    integrationId: string,
    kind: K,
    key: string,
  ): Promise<StoredRecord<K> | undefined> {
    const table = recordTable(kind);
    const [row] = await this.database.query<WholeRow>(
      `${selectListed(table, ['t.raw', 't.hint'])} WHERE ${OF_INTEGRATION} AND t.key = $3 LIMIT 1`,
      [workspaceId, integrationId, key],
    );
    return row === undefined ? undefined : { ...toListed(kind, table, row), raw: row.raw, hint: row.hint };
  }

  /** Several of one kind, by key. */
  async getMany<K extends RecordKind>(
    workspaceId: string,
    integrationId: string,
    kind: K,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, ListedRecord<K>>> {
    const table = recordTable(kind);
    const rows = await this.database.query<ListedRow>(
      `${selectListed(table)} WHERE ${OF_INTEGRATION} AND t.key = ANY ($3::text[])`,
      [workspaceId, integrationId, keys],
    );
    return new Map(rows.map((row) => [row.key, toListed(kind, table, row)]));
  }

  /** Kinds that there is, or was, something of. Kept with the rows: see CountChanges. */
  async counts(workspaceId: string, integrationId: string): Promise<readonly RecordCount[]> {
    return (await this.countsOf(workspaceId, [integrationId])).get(integrationId) ?? [];
  }

  /** The same by integration, with one query for all of them. */
  async countsOf(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly RecordCount[]>> {
    const rows = await this.database.query<RecordCount & { readonly integrationId: string }>(COUNTS, [workspaceId, ids]);
    const byIntegration = new Map<string, RecordCount[]>(ids.map((id) => [id, []]));
    for (const { integrationId, ...count } of rows) byIntegration.get(integrationId)?.push(count);
    return byIntegration;
  }
}

/** Prepared, as what else a list of integrations shows. */
const COUNTS = {
  name: 'records_counts',
  text: `SELECT c.integration_id AS "integrationId", c.kind, c.present::float8 AS present, c.removed::float8 AS removed
    FROM record_counts c JOIN integrations i ON i.id = c.integration_id
    WHERE i.workspace_id = $1 AND i.id = ANY ($2::uuid[]) ORDER BY c.kind`,
};

/** The workspace is checked in the same statement: an id of somebody else's integration finds nothing. */
const OF_INTEGRATION = `t.integration_id = (SELECT id FROM integrations WHERE workspace_id = $1 AND id = $2)`;
