import type { AccessNodeRef } from '@castellan/api';
import { ACCOUNTS_FIT, Bindings, filterConditions, type Queries, type RowFilter, searchConditions } from '@castellan/storage';
import { edgeKeySql, keyBeginsWith } from '../graph/edge.js';
import { holds } from '../graph/holds.js';

/** Which of those accounts that reach a target. */
export interface ReachingQuestion {
  readonly integrationId: string;
  readonly to: AccessNodeRef;
  /** Whose members reach it, as `granting` has found them. */
  readonly groups: readonly string[];
  /** Whether accounts that it was given to themselves count. */
  readonly direct: boolean;
  readonly at?: Date | undefined;
  /** All must be in the login, the e-mail, the name or the key. */
  readonly words?: readonly string[];
  /** By fields of the accounts, as a table of them is filtered. */
  readonly filters?: readonly RowFilter[];
  /** Only who has not used it since. */
  readonly unusedSince?: Date | undefined;
}

/** `name`: without a name last. `lastUsed`: who never has is first; the other way round with `-`. */
export type ReachingSort = 'name' | 'lastUsed' | '-lastUsed';

export interface ReachingPage {
  readonly keys: readonly string[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

/** Up to so many are found by collecting them and sorting; more along the list of accounts, of which a page is soon full. */
const FEW = 2_000;

/** What equal ones are sorted by, and what the index of shown accounts is in the order of. */
const NAME = `lower(left(t.display_name, 100) COLLATE "C")`;

/** Accounts that reach a target: a part of them, how many, all of them. */
export class ReachingAccounts {
  private readonly integration: string;
  private readonly instant: string | undefined;

  private constructor(
    private readonly queries: Queries,
    private readonly question: ReachingQuestion,
    private readonly parameters = new Bindings(),
  ) {
    this.integration = `${this.parameters.bind(question.integrationId)}::uuid`;
    this.instant = question.at === undefined ? undefined : this.parameters.bind(question.at);
  }

  static async page(
    queries: Queries,
    question: ReachingQuestion,
    {
      sort = 'name',
      after,
      limit,
    }: { readonly sort?: ReachingSort; readonly after?: string | undefined; readonly limit: number },
  ): Promise<ReachingPage> {
    const rows =
      sort === 'name' && question.at === undefined && (await new ReachingAccounts(queries, question).areMany())
        ? await alongTheList(queries, question, after, limit + 1)
        : await new ReachingAccounts(queries, question).collected(sort, after, limit + 1);
    const shown = rows.slice(0, limit);
    return { keys: shown.map(({ key }) => key), next: rows.length > limit ? (shown.at(-1)?.place ?? null) : null };
  }

  static async total(queries: Queries, question: ReachingQuestion): Promise<number> {
    return new ReachingAccounts(queries, question).counted();
  }

  /** Who reaches it by one question and not by the other: `gained` in the second, `lost` in the first. By what and key. */
  static async difference(
    queries: Queries,
    [before, after]: readonly [ReachingQuestion, ReachingQuestion],
    place: string | undefined,
    limit: number,
  ): Promise<{ readonly changed: readonly ChangedAccount[]; readonly next: string | null }> {
    const parameters = new Bindings();
    const [one, other] = [before, after].map((question) => new ReachingAccounts(queries, question, parameters).keys());
    const from = place === undefined ? { place: '', key: '' } : readPlace(place);
    const rows = await queries.query<ChangedAccount>(
      `WITH one AS MATERIALIZED (${one}), other AS MATERIALIZED (${other}), changed AS (
         SELECT 'gained' AS what, key FROM (SELECT key FROM other EXCEPT SELECT key FROM one) g
         UNION ALL SELECT 'lost', key FROM (SELECT key FROM one EXCEPT SELECT key FROM other) l)
       SELECT what, key FROM changed WHERE (what, key COLLATE "C") > (${parameters.bind(from.place)}::text, ${parameters.bind(from.key)}::text COLLATE "C")
       ORDER BY what, key COLLATE "C" LIMIT ${limit + 1}`,
      parameters.values,
    );
    const changed = rows.slice(0, limit);
    const last = changed.at(-1);
    return { changed, next: rows.length > limit && last !== undefined ? JSON.stringify([last.what, last.key]) : null };
  }

  private keys(): string {
    return `SELECT t.key FROM (${this.edges()}) r JOIN accounts t ON t.integration_id = ${this.integration} AND t.key = r.key
      WHERE ${this.conditions().join(' AND ')}`;
  }

  private async areMany(): Promise<boolean> {
    const [row] = await this.queries.query<{ readonly many: boolean }>(
      `SELECT count(*) > ${FEW} AS many FROM (${this.edges('ALL')} LIMIT ${FEW + 1}) e`,
      this.parameters.values,
    );
    return row?.many === true;
  }

  private async counted(): Promise<number> {
    const [row] = await this.queries.query<{ readonly total: number }>(
      `SELECT count(*)::float8 AS total FROM (${this.keys()}) k`,
      this.parameters.values,
    );
    return row?.total ?? 0;
  }

  private async collected(sort: ReachingSort, after: string | undefined, limit: number): Promise<readonly PlacedRow[]> {
    const { by, join } = this.order(sort);
    const conditions = this.conditions();
    const descends = sort === '-lastUsed';
    if (after !== undefined) {
      const { place, key } = readPlace(after);
      const [p, k] = [this.parameters.bind(place), this.parameters.bind(key)];
      conditions.push(`(${by} ${descends ? '<' : '>'} ${p}::text OR ${by} = ${p}::text AND t.key > ${k}::text)`);
    }
    const rows = await this.queries.query<{ readonly key: string; readonly by: string }>(
      `SELECT t.key, ${by} AS by FROM (${this.edges()}) r JOIN accounts t ON t.integration_id = ${this.integration} AND t.key = r.key ${join}
       WHERE ${conditions.join(' AND ')} ORDER BY ${by} ${descends ? 'DESC' : ''}, t.key LIMIT ${limit}`,
      this.parameters.values,
    );
    return rows.map(({ key, by: place }) => ({ key, place: JSON.stringify([place, key]) }));
  }

  /** As text that sorts as it should: the part of the list first, then the name. */
  private order(sort: ReachingSort): { readonly by: string; readonly join: string } {
    if (sort === 'name')
      return {
        by: `(CASE WHEN NOT (${ACCOUNTS_FIT}) THEN '2' WHEN t.display_name IS NULL THEN '1' ELSE '0' || ${NAME} END) COLLATE "C"`,
        join: '',
      };
    const { to } = this.question;
    const use = `u."use" = '${to.kind === 'role' ? 'administration' : 'application'}'`;
    const object = to.kind === 'role' ? `''` : this.parameters.bind(to.key);
    return {
      by: `coalesce(to_char(u.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '') COLLATE "C"`,
      join: `LEFT JOIN usage u ON u.integration_id = t.integration_id AND ${use} AND u.principal = t.key AND u.object = ${object}`,
    };
  }

  /** Keys of the accounts, by the edges that they have to the target or to one of its groups. */
  private edges(all: 'ALL' | '' = ''): string {
    const { to, groups, direct } = this.question;
    const members = `SELECT e.member AS key FROM unnest(${this.parameters.bind(groups)}::text[]) AS g (key) JOIN memberships e
      ON e.integration_id = ${this.integration} AND ${keyBeginsWith('e', 'g.key')} AND e.member_kind = 'account' AND ${holds('e', 'membership', this.instant)}`;
    if (!direct || to.kind === 'group') return all === 'ALL' ? members : `SELECT DISTINCT key FROM (${members}) m`;
    const [table, kind] =
      to.kind === 'role'
        ? (['role_assignments', 'role_assignment'] as const)
        : (['app_assignments', 'app_assignment'] as const);
    const given = `SELECT e.principal AS key FROM ${table} e WHERE e.integration_id = ${this.integration}
      AND ${keyBeginsWith('e', `${this.parameters.bind(to.key)}::text`)} AND e.principal_kind = 'account' AND ${holds('e', kind, this.instant)}`;
    return `${given} UNION ${all} ${members}`;
  }

  /** Of the accounts themselves, `t`. */
  private conditions(): string[] {
    return accountConditions(this.question, this.parameters, this.instant);
  }
}

export interface ChangedAccount {
  readonly what: 'gained' | 'lost';
  readonly key: string;
}

interface PlacedRow {
  readonly key: string;
  readonly place: string;
}

function readPlace(after: string): { readonly place: string; readonly key: string } {
  // Written by `collected` or `alongTheList`, and sealed by the API: it cannot be anything else.
  const [place, key] = JSON.parse(after) as readonly [string, string];
  return { place, key };
}

/** Whether `after` is a place: for whoever hands places out and takes them back. */
export function isReachingPlace(after: string): boolean {
  try {
    const place: unknown = JSON.parse(after);
    // As JSON a NUL is written out, so that whoever looks for one in `after` does not see it; the database takes none.
    return (
      Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string' && !part.includes('\0'))
    );
  } catch {
    return false;
  }
}

const PARTS = [
  { mark: '0', is: `${ACCOUNTS_FIT} AND t.display_name IS NOT NULL`, order: `${NAME}, t.key`, named: true },
  { mark: '1', is: `${ACCOUNTS_FIT} AND t.display_name IS NULL`, order: 't.key', named: false },
  { mark: '2', is: `NOT (${ACCOUNTS_FIT})`, order: 't.key', named: false },
] as const;

/** Along an index of the accounts, asking of each whether it reaches the target, until the page is full. */
async function alongTheList(
  queries: Queries,
  question: ReachingQuestion,
  after: string | undefined,
  limit: number,
): Promise<readonly PlacedRow[]> {
  const start = after === undefined ? undefined : readPlace(after);
  const found: PlacedRow[] = [];
  for (const { mark, is, order, named } of PARTS) {
    if (found.length >= limit || (start !== undefined && start.place.slice(0, 1) > mark)) continue;
    const parameters = new Bindings();
    const integration = `${parameters.bind(question.integrationId)}::uuid`;
    const conditions = [`t.integration_id = ${integration}`, is, ...accountConditions(question, parameters, undefined)];
    if (start?.place.startsWith(mark) === true) {
      const key = parameters.bind(start.key);
      conditions.push(
        named
          ? `(${NAME}, t.key) > (${parameters.bind(start.place.slice(1))}::text COLLATE "C", ${key}::text)`
          : `t.key > ${key}::text`,
      );
    }
    conditions.push(reaches(question, parameters, integration));
    const rows = await queries.query<{ readonly key: string; readonly name: string | null }>(
      `SELECT t.key, ${named ? NAME : 'NULL'} AS name FROM accounts t WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit - found.length}`,
      parameters.values,
    );
    for (const { key, name } of rows) found.push({ key, place: JSON.stringify([`${mark}${name ?? ''}`, key]) });
  }
  return found;
}

function reaches({ to, groups, direct }: ReachingQuestion, { bind }: Bindings, integration: string): string {
  const member = `EXISTS (SELECT 1 FROM memberships e WHERE e.integration_id = ${integration} AND e.member = t.key AND e.member_kind = 'account'
    AND e."group" = ANY (${bind(groups)}::text[]) AND e.removed_at IS NULL)`;
  if (!direct || to.kind === 'group') return member;
  const target = `${bind(to.key)}::text`;
  const given =
    to.kind === 'role'
      ? `EXISTS (SELECT 1 FROM role_assignments e WHERE e.integration_id = ${integration} AND e.principal = t.key AND e.principal_kind = 'account'
          AND e.role = ${target} AND e.removed_at IS NULL)`
      : `EXISTS (SELECT 1 FROM app_assignments e WHERE e.integration_id = ${integration} AND e.key = ${edgeKeySql(target, 't.key')}
          AND e.principal_kind = 'account' AND e.removed_at IS NULL)`;
  return `(${given} OR ${member})`;
}

function accountConditions(
  { to, words = [], filters = [], unusedSince }: ReachingQuestion,
  { bind }: Bindings,
  instant: string | undefined,
): string[] {
  const conditions = [holds('t', 'account', instant)];
  conditions.push(...searchConditions('account', words, bind), ...filterConditions('account', filters, bind).values());
  if (unusedSince !== undefined) {
    const isRole = to.kind === 'role';
    conditions.push(`NOT EXISTS (SELECT 1 FROM usage u WHERE u.integration_id = t.integration_id AND u."use" = '${isRole ? 'administration' : 'application'}'
      AND u.principal = t.key AND u.object = ${isRole ? `''` : `${bind(to.key)}::text`} AND u.last_at >= ${bind(unusedSince)}::timestamptz)`);
  }
  return conditions;
}
