import type { Database } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { iso, type ListedRow, listedColumns, utc } from './listed-rows.js';
import { facetsOf, type RowFacet } from './row-facets.js';
import { Bindings, filterConditions, type RowQuery, searchConditions } from './row-query.js';
import { named, type NamedIntegration, type TableRow } from './table-row.js';

/** A search may look at so many events before it answers, whatever it has found by then. */
export const ACTIVITY_WINDOW = 10_000;

export interface ActivityQuery extends Omit<RowQuery, 'removed'> {
  /** From this instant on. */
  readonly since?: string | undefined;
  /** Before this instant. */
  readonly until?: string | undefined;
  /** Id of who acted. */
  readonly actor?: string | undefined;
  /** `next` of the page before: `published|integration|key`. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

export interface ActivityPage {
  readonly rows: readonly TableRow<'activity'>[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
  /** How far back was looked without reaching the end; `null`: to the end, or there was nothing to look for. */
  readonly searchedTo: string | null;
}

export interface ActivityFacets {
  readonly fields: readonly RowFacet[];
  /** `null`: all rows were counted. */
  readonly sample: { readonly rows: number; readonly since: string } | null;
}

type LookedRow = ListedRow & { readonly integrationId: string; readonly n: number; readonly matches: boolean };

const TABLE = recordTable('activity');
const NEWEST = (t: string): string => `${t}.published DESC, ${t}.integration_id DESC, ${t}.key DESC`;

/** The log over several integrations, newest first. Every statement looks at a bounded part of it, found by an index. */
export class ActivityRows {
  constructor(private readonly database: Database) {}

  /** Whether there is more to do than to go along the log. */
  static isNarrowed({ words = [], filters = [], since, until, actor }: ActivityQuery): boolean {
    return words.length + filters.length > 0 || since !== undefined || until !== undefined || actor !== undefined;
  }

  async page(integrations: readonly NamedIntegration[], query: ActivityQuery): Promise<ActivityPage> {
    const limit = query.limit ?? 100;
    const bindings = new Bindings();
    const matches = matchesOf(query, bindings);
    const window = matches === undefined ? limit + 1 : ACTIVITY_WINDOW;
    const looked = lookedAt(integrations, query, window, bindings);
    const rows = await this.database.query<LookedRow>(
      `SELECT ${listedColumns(TABLE).join(', ')}, t.integration_id AS "integrationId", t.n, ${matches ?? 'true'} AS matches
       FROM (${looked}) t WHERE ${matches ?? 'true'} OR t.n = ${window} ORDER BY t.n LIMIT ${limit + 2}`,
      bindings.values,
    );
    const found = rows.filter((row) => row.matches);
    const shown = found.slice(0, limit);
    // Enough was found before the window's end, or the window's end is where the next page begins.
    const last = found.length > limit ? shown.at(-1) : rows.find((row) => matches !== undefined && row.n === window);
    return {
      rows: named('activity', TABLE, shown, integrations),
      next: last === undefined ? null : positionOf(last),
      searchedTo: matches === undefined || last === undefined ? null : iso(String(last['data.published'])),
    };
  }

  /** `null`: there is more to look at than the window. */
  async total(integrations: readonly NamedIntegration[], query: ActivityQuery): Promise<number | null> {
    const bindings = new Bindings();
    const matches = matchesOf(query, bindings);
    const looked = lookedAt(integrations, query, ACTIVITY_WINDOW + 1, bindings);
    const [row] = await this.database.query<{ readonly looked: number; readonly found: number }>(
      `SELECT count(*)::float8 AS looked, count(*) FILTER (WHERE ${matches ?? 'true'})::float8 AS found FROM (${looked}) t`,
      bindings.values,
    );
    return row === undefined || row.looked > ACTIVITY_WINDOW ? null : row.found;
  }

  async facets(integrations: readonly NamedIntegration[], query: ActivityQuery): Promise<ActivityFacets> {
    const { filters = [], words = [] } = query;
    const bindings = new Bindings();
    const looked = lookedAt(integrations, query, ACTIVITY_WINDOW, bindings);
    const [end] = await this.database.query<{ readonly rows: number; readonly since: string | null }>(
      `SELECT count(*)::float8 AS rows, min(${utc('published')}) AS since FROM (${looked}) t`,
      bindings.values,
    );
    const searched = searchConditions('activity', words, bindings.bind);
    const source = `SELECT * FROM (${looked}) t WHERE ${['true', ...searched].join(' AND ')}`;
    const fields = await facetsOf(this.database, 'activity', { source, filters, bindings });
    const { rows = 0, since = null } = end ?? {};
    return { fields, sample: rows < ACTIVITY_WINDOW || since === null ? null : { rows, since: iso(since) } };
  }
}

/** What a row must meet that no index knows; `undefined`: nothing. */
function matchesOf({ words = [], filters = [] }: ActivityQuery, { bind }: Bindings): string | undefined {
  const conditions = [...searchConditions('activity', words, bind), ...filterConditions('activity', filters, bind).values()];
  return conditions.length === 0 ? undefined : `coalesce(${conditions.join(' AND ')}, false)`;
}

/** The newest `window` rows of all integrations together, each with its place `n`, from 1: the newest of each first. */
function lookedAt(
  integrations: readonly NamedIntegration[],
  { since, until, actor, after }: ActivityQuery,
  window: number,
  { bind }: Bindings,
): string {
  const conditions = ['t.integration_id = i.id', 't.removed_at IS NULL'];
  if (since !== undefined) conditions.push(`t.published >= ${bind(since)}::timestamptz`);
  if (until !== undefined) conditions.push(`t.published < ${bind(until)}::timestamptz`);
  // Shortened as in the index, which has a longest entry.
  if (actor !== undefined) {
    const id = bind(actor);
    conditions.push(`left(t.actor ->> 'id', 200) = left(${id}, 200)`, `t.actor ->> 'id' = ${id}`);
  }
  if (after !== undefined) {
    const [published = '', integration = '', ...key] = after.split('|');
    const time = bind(published);
    conditions.push(
      // By itself, so that partitions after it are left out.
      `t.published <= ${time}::timestamptz`,
      `(t.published, t.integration_id, t.key) < (${time}::timestamptz, ${bind(integration)}::uuid, ${bind(key.join('|'))})`,
    );
  }
  // Not what is ten times the rest.
  const columns = ['integration_id', 'key', 'stream', 'partition', ...TIMES, ...TABLE.columns.map(({ column }) => column)];
  const list = (t: string): string => columns.map((column) => `${t}."${column}"`).join(', ');
  return `SELECT ${list('e')}, (row_number() OVER (ORDER BY ${NEWEST('e')}))::int AS n
    FROM unnest(${bind(integrations.map(({ id }) => id))}::uuid[]) i (id), LATERAL (
      SELECT ${list('t')} FROM activity t WHERE ${conditions.join(' AND ')} ORDER BY t.published DESC, t.key DESC LIMIT ${window}) e
    ORDER BY ${NEWEST('e')} LIMIT ${window}`;
}

const TIMES = ['first_seen_at', 'present_since', 'last_seen_at', 'changed_at', 'removed_at'];

function positionOf(row: LookedRow): string {
  return `${iso(String(row['data.published']))}|${row.integrationId}|${row.key}`;
}
