import type { RecordKind } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';
import { type RecordTable, recordTable } from '../schema/record-tables.js';
import { ACCOUNTS_FIT } from './accounts-fit.js';
import { type ActivityFacets, type ActivityPage, type ActivityQuery, ActivityRows } from './activity-rows.js';
import { type ListedRow, selectListed } from './listed-rows.js';
import { facetsOf, type RowFacet } from './row-facets.js';
import {
  Bindings,
  filterConditions,
  ofIntegrations,
  ofPresence,
  type RowQuery,
  searchConditions,
  sortExpression,
} from './row-query.js';
import { fieldOf, standardSort } from './table-fields.js';
import { named, type NamedIntegration, type TableRow } from './table-row.js';

export interface RowSort {
  readonly field: string;
  readonly descending: boolean;
}

export interface RowPageQuery extends RowQuery {
  readonly sort?: RowSort | undefined;
  readonly offset?: number;
  readonly limit?: number;
}

/** Of every kind but activity, which is too long to be jumped about in. */
export type TableKind = Exclude<RecordKind, 'activity'>;

export interface KindCount {
  readonly kind: RecordKind;
  readonly present: number;
  readonly removed: number;
}

interface Scope {
  readonly table: RecordTable;
  readonly integrations: readonly NamedIntegration[];
  /** All of `conditions` must hold. */
  readonly conditions: readonly string[];
  readonly bindings: Bindings;
}

/** Rows of one kind over the integrations of a workspace, as a table shows them. */
export class RecordRows {
  private readonly activity: ActivityRows;

  constructor(private readonly database: Database) {
    this.activity = new ActivityRows(database);
  }

  /** Kinds that there is, or was, something of. */
  async counts(workspaceId: string): Promise<readonly KindCount[]> {
    return this.database.query<KindCount>(
      `SELECT kind, sum(present)::float8 AS present, sum(removed)::float8 AS removed FROM record_counts
       WHERE integration_id IN (SELECT id FROM integrations WHERE workspace_id = $1) GROUP BY kind ORDER BY kind`,
      [workspaceId],
    );
  }

  /** Any part of a table: without a value come last, equal ones by integration and key, so that no row is in two parts. */
  async page<K extends TableKind>(workspaceId: string, kind: K, query: RowPageQuery): Promise<readonly TableRow<K>[]> {
    const { table, integrations, conditions, bindings } = await this.scope(workspaceId, kind, query);
    const order = orderOf(kind, query.sort);
    const { offset = 0, limit = 100 } = query;
    // The place of each row first, without what it says: an index has all that this takes.
    const places = `SELECT t.integration_id, t.key, ${order.expression} AS place FROM "${table.table}" t WHERE ${conditions.join(' AND ')}
      ORDER BY ${order.by('place', 't')} OFFSET ${bindings.bind(offset)} LIMIT ${bindings.bind(limit)}`;
    const rows = await this.database.query<ListedRow>(
      `${selectListed(table, ['t.integration_id AS "integrationId"'])} JOIN (${places}) p USING (integration_id, key)
       ORDER BY ${order.by('p.place', 't')}`,
      bindings.values,
    );
    return named(kind, table, rows, integrations);
  }

  async total(workspaceId: string, kind: RecordKind, query: RowQuery): Promise<number> {
    const { words = [], filters = [], removed = 'no' } = query;
    if (words.length + filters.length === 0) return this.counted(workspaceId, kind, query.integrationId, removed);
    const { table, conditions, bindings } = await this.scope(workspaceId, kind, query);
    const [row] = await this.database.query<{ readonly rows: number }>(
      `SELECT count(*)::float8 AS rows FROM "${table.table}" t WHERE ${conditions.join(' AND ')}`,
      bindings.values,
    );
    return row?.rows ?? 0;
  }

  /** All rows, a batch at a time, by integration and key: no row twice, and none is left out that is there all the while. */
  async *walk<K extends TableKind>(
    workspaceId: string,
    kind: K,
    query: RowQuery,
    batch = 1_000,
  ): AsyncGenerator<readonly TableRow<K>[], void, void> {
    const { integrations } = await this.scope(workspaceId, kind, query);
    for (const integration of integrations) {
      for (let after = ''; ; ) {
        const rows = await this.batchAfter(workspaceId, kind, { ...query, integrationId: integration.id }, after, batch);
        const last = rows.at(-1);
        if (last !== undefined) yield rows;
        if (last === undefined || rows.length < batch) break;
        after = last.key;
      }
    }
  }

  /** Values of each field that can be filtered by, with how many rows each has under the filters of the others. */
  async facets(workspaceId: string, kind: TableKind, query: RowQuery): Promise<readonly RowFacet[]> {
    const { filters = [], ...rest } = query;
    const { table, conditions, bindings } = await this.scope(workspaceId, kind, rest);
    const source = `SELECT * FROM "${table.table}" t WHERE ${conditions.join(' AND ')}`;
    return facetsOf(this.database, kind, { source, filters, bindings });
  }

  async activityPage(workspaceId: string, query: ActivityQuery): Promise<ActivityPage> {
    return this.activity.page(await this.integrationsOf(workspaceId, query.integrationId), query);
  }

  /** Newest first, a batch at a time. */
  async *walkActivity(
    workspaceId: string,
    query: ActivityQuery,
    batch = 1_000,
  ): AsyncGenerator<readonly TableRow<'activity'>[], void, void> {
    for (let after = query.after; ; ) {
      const { rows, next } = await this.activityPage(workspaceId, { ...query, after, limit: batch });
      // An empty one as well: a search goes on, and whoever waits for it may have gone.
      yield rows;
      if (next === null) return;
      after = next;
    }
  }

  /** `null`: more than are counted. */
  async activityTotal(workspaceId: string, query: ActivityQuery): Promise<number | null> {
    if (!ActivityRows.isNarrowed(query)) return this.counted(workspaceId, 'activity', query.integrationId, 'no');
    return this.activity.total(await this.integrationsOf(workspaceId, query.integrationId), query);
  }

  /** Of the newest rows alone, where there are many: `sample` says of how many, and since when. */
  async activityFacets(workspaceId: string, query: ActivityQuery): Promise<ActivityFacets> {
    return this.activity.facets(await this.integrationsOf(workspaceId, query.integrationId), query);
  }

  private async batchAfter<K extends TableKind>(
    workspaceId: string,
    kind: K,
    query: RowQuery,
    after: string,
    limit: number,
  ): Promise<readonly TableRow<K>[]> {
    // Asked for with each batch: an integration that is deleted meanwhile has nothing more to give.
    const { table, integrations, conditions, bindings } = await this.scope(workspaceId, kind, query, false);
    if (integrations.length === 0) return [];
    const rows = await this.database.query<ListedRow>(
      `${selectListed(table, ['t.integration_id AS "integrationId"'])}
       WHERE ${[...conditions, `t.key > ${bindings.bind(after)}`].join(' AND ')} ORDER BY t.key LIMIT ${bindings.bind(limit)}`,
      bindings.values,
    );
    return named(kind, table, rows, integrations);
  }

  /** @param narrow whether the index of what a table shows is to be used, where there is one */
  private async scope(workspaceId: string, kind: RecordKind, query: RowQuery, narrow = true): Promise<Scope> {
    const integrations = await this.integrationsOf(workspaceId, query.integrationId);
    const bindings = new Bindings();
    const ids = integrations.map(({ id }) => id);
    const conditions = [
      ofIntegrations(ids, bindings.bind),
      ...ofPresence(query.removed),
      ...searchConditions(kind, query.words ?? [], bindings.bind),
      ...filterConditions(kind, query.filters ?? [], bindings.bind).values(),
    ];
    const isShown = narrow && kind === 'account' && (query.removed ?? 'no') === 'no' && (await this.allFit(ids));
    return {
      table: recordTable(kind),
      integrations,
      conditions: isShown ? [...conditions, ACCOUNTS_FIT] : conditions,
      bindings,
    };
  }

  /** Whether the index of what a table of accounts shows has all of them: next to always. */
  private async allFit(ids: readonly string[]): Promise<boolean> {
    const { bind, values } = new Bindings();
    const [row] = await this.database.query<{ readonly fit: boolean }>(
      `SELECT NOT EXISTS (SELECT 1 FROM accounts t WHERE ${ofIntegrations(ids, bind)} AND t.removed_at IS NULL AND NOT (${ACCOUNTS_FIT})) AS fit`,
      values,
    );
    return row?.fit === true;
  }

  /** Without counting: see CountChanges. */
  private async counted(
    workspaceId: string,
    kind: RecordKind,
    integrationId: string | undefined,
    removed: RowQuery['removed'],
  ): Promise<number> {
    const rows = { no: 'present', only: 'removed', with: 'present + removed' }[removed ?? 'no'];
    const [row] = await this.database.query<{ readonly rows: number }>(
      `SELECT coalesce(sum(${rows}), 0)::float8 AS rows FROM record_counts WHERE kind = $2 AND integration_id IN
         (SELECT id FROM integrations WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id = $3))`,
      [workspaceId, kind, integrationId ?? null],
    );
    return row?.rows ?? 0;
  }

  /** By id. An id of another workspace gives none. */
  private async integrationsOf(workspaceId: string, id: string | undefined): Promise<readonly NamedIntegration[]> {
    return this.database.query<NamedIntegration>(
      `SELECT id, name FROM integrations WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY id`,
      [workspaceId, id ?? null],
    );
  }
}

interface Order {
  readonly expression: string;
  by(place: string, table: string): string;
}

function orderOf(kind: RecordKind, sort: RowSort | undefined): Order {
  const name = sort?.field ?? standardSort(kind);
  if (name === undefined) return { expression: 'NULL', by: (_, table) => `${table}.integration_id, ${table}.key` };
  const field = fieldOf(kind, name);
  if (field?.sortable !== true) throw new Error(`The kind ${kind} cannot be sorted by ${name}.`);
  const direction = sort?.descending === true ? 'DESC' : 'ASC';
  return {
    expression: sortExpression(field),
    by: (place, table) => `${place} ${direction} NULLS LAST, ${table}.integration_id, ${table}.key`,
  };
}
