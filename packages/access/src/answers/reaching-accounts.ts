import type { AccessNodeRef } from '@castellan/api';
import {
  ACCOUNTS_FIT,
  type Bind,
  Bindings,
  filterConditions,
  type Queries,
  type RowFilter,
  searchConditions,
} from '@castellan/storage';
import { accountsIn, edgeKeySql, isOf } from '../graph/edge.js';
import { holds, isUsable } from '../graph/holds.js';
import { useOf } from '../usage/usage-of.js';

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

/** What the index of shown accounts is in the order of. */
const NAME = `lower(left(t.display_name, 100) COLLATE "C")`;

/** What equal ones are sorted by, as text that sorts as it should: the part of the list first, then the name. */
const NAME_PLACE = `(CASE WHEN NOT (${ACCOUNTS_FIT}) THEN '2' WHEN t.display_name IS NULL THEN '1' ELSE '0' || ${NAME} END) COLLATE "C"`;

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

  /** Who reaches it by one question and not by the other: `gained` in the second, `lost` in the first. By what and name. */
  static async difference(
    queries: Queries,
    [before, after]: readonly [ReachingQuestion, ReachingQuestion],
    place: string | undefined,
    limit: number,
  ): Promise<{ readonly changed: readonly ChangedAccount[]; readonly next: string | null }> {
    const parameters = new Bindings();
    const [one, other] = [before, after].map((question) => new ReachingAccounts(queries, question, parameters).keys());
    const from = place === undefined ? { first: '', name: '', key: '' } : readPlaces(place);
    const [what, name, key] = [from.first, from.name, from.key].map((part) => `${parameters.bind(part)}::text COLLATE "C"`);
    const rows = await queries.query<ChangedAccount & { readonly name: string }>(
      `WITH one AS MATERIALIZED (${one}), other AS MATERIALIZED (${other}), changed AS (
         SELECT 'gained' AS what, key FROM (SELECT key FROM other EXCEPT SELECT key FROM one) g
         UNION ALL SELECT 'lost', key FROM (SELECT key FROM one EXCEPT SELECT key FROM other) l)
       SELECT c.what, c.key, ${NAME_PLACE} AS name FROM changed c JOIN accounts t ON t.integration_id = ${parameters.bind(after.integrationId)}::uuid AND t.key = c.key
       WHERE (c.what, ${NAME_PLACE}, t.key) > (${what}, ${name}, ${key})
       ORDER BY c.what, name, t.key LIMIT ${limit + 1}`,
      parameters.values,
    );
    const changed = rows.slice(0, limit);
    const last = changed.at(-1);
    const next = rows.length > limit && last !== undefined ? writePlaces(last.what, last.name, last.key) : null;
    return { changed, next };
  }

  private keys(): string {
    return `SELECT t.key ${this.fromEdges()} WHERE ${this.conditions().join(' AND ')}`;
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
    if (sort === 'name') return this.collectedByName(after, limit);
    const { by, join } = this.lastUse();
    const conditions = this.conditions();
    const descends = sort === '-lastUsed';
    if (after !== undefined) {
      const { first, name, key } = readPlaces(after);
      const [f, n, k] = [first, name, key].map((part) => `${this.parameters.bind(part)}::text COLLATE "C"`);
      conditions.push(`(${by} ${descends ? '<' : '>'} ${f} OR ${by} = ${f} AND (${NAME_PLACE}, t.key) > (${n}, ${k}))`);
    }
    const rows = await this.queries.query<{ readonly key: string; readonly by: string; readonly name: string }>(
      `SELECT t.key, ${by} AS by, ${NAME_PLACE} AS name ${this.fromEdges()} ${join}
       WHERE ${conditions.join(' AND ')} ORDER BY ${by} ${descends ? 'DESC' : ''}, ${NAME_PLACE}, t.key LIMIT ${limit}`,
      this.parameters.values,
    );
    return rows.map(({ key, by: first, name }) => ({ key, place: writePlaces(first, name, key) }));
  }

  private async collectedByName(after: string | undefined, limit: number): Promise<readonly PlacedRow[]> {
    const conditions = this.conditions();
    if (after !== undefined) {
      const { place, key } = readPlace(after);
      const [p, k] = [place, key].map((part) => `${this.parameters.bind(part)}::text COLLATE "C"`);
      conditions.push(`(${NAME_PLACE}, t.key) > (${p}, ${k})`);
    }
    const rows = await this.queries.query<{ readonly key: string; readonly name: string }>(
      `SELECT t.key, ${NAME_PLACE} AS name ${this.fromEdges()}
       WHERE ${conditions.join(' AND ')} ORDER BY ${NAME_PLACE}, t.key LIMIT ${limit}`,
      this.parameters.values,
    );
    return rows.map(({ key, name }) => ({ key, place: JSON.stringify([name, key]) }));
  }

  private fromEdges(): string {
    return `FROM (${this.edges()}) r JOIN accounts t ON t.integration_id = ${this.integration} AND t.key = r.key`;
  }

  /** As text that sorts as it should; '' of what was never used, as a group never is. */
  private lastUse(): { readonly by: string; readonly join: string } {
    const used = usedBy(this.question.to, this.parameters.bind);
    if (used === undefined) return { by: `''::text COLLATE "C"`, join: '' };
    return {
      by: `coalesce(to_char(u.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '') COLLATE "C"`,
      join: `LEFT JOIN usage u ON ${used}`,
    };
  }

  /** Keys of the accounts, by the edges that they have to the target or to one of its groups. */
  private edges(all: 'ALL' | '' = ''): string {
    const { to, groups, direct } = this.question;
    const granted = this.parameters.bind(groups);
    const members = `SELECT m.member AS key FROM unnest(${granted}::text[]) AS g (key), ${accountsIn('g.key', this.integration, this.instant)} m`;
    if (!direct || to.kind === 'group') return all === 'ALL' ? members : `SELECT DISTINCT key FROM (${members}) m`;
    const [table, kind] =
      to.kind === 'role'
        ? (['role_assignments', 'role_assignment'] as const)
        : (['app_assignments', 'app_assignment'] as const);
    const given = `SELECT e.principal AS key FROM ${table} e WHERE e.integration_id = ${this.integration}
      AND ${isOf('e', to.kind === 'role' ? 'role' : 'application', `${this.parameters.bind(to.key)}::text`)} AND e.principal_kind = 'account' AND ${holds('e', kind, this.instant)}`;
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

/** The same with what comes before the name in the order: it has no line break, and a name may. */
function writePlaces(first: string, name: string, key: string): string {
  return JSON.stringify([`${first}\n${name}`, key]);
}

function readPlaces(after: string): { readonly first: string; readonly name: string; readonly key: string } {
  const { place, key } = readPlace(after);
  const end = place.indexOf('\n');
  return { first: place.slice(0, Math.max(0, end)), name: place.slice(end + 1), key };
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

/**
 * Counted, so that it is asked of one account after the other: `EXISTS` is answered for all of them first. In the collation of
 * the edges' columns, or no index of theirs fits.
 */
function reaches({ to, groups, direct }: ReachingQuestion, { bind }: Bindings, integration: string): string {
  const member = `(SELECT count(*) FROM memberships e WHERE e.integration_id = ${integration} AND e.member = t.key COLLATE "default" AND e.member_kind = 'account'
    AND e."group" = ANY (${bind(groups)}::text[]) AND e.removed_at IS NULL) > 0`;
  if (!direct || to.kind === 'group') return member;
  const target = `${bind(to.key)}::text`;
  const given =
    to.kind === 'role'
      ? `(SELECT count(*) FROM role_assignments e WHERE e.integration_id = ${integration} AND e.principal = t.key COLLATE "default" AND e.principal_kind = 'account'
          AND e.role = ${target} AND e.removed_at IS NULL) > 0`
      : `(SELECT count(*) FROM app_assignments e WHERE e.integration_id = ${integration} AND e.key = ${edgeKeySql(target, 't.key')}
          AND e.principal_kind = 'account' AND e.removed_at IS NULL) > 0`;
  return `(${given} OR ${member})`;
}

function accountConditions(
  { to, words = [], filters = [], unusedSince }: ReachingQuestion,
  { bind }: Bindings,
  instant: string | undefined,
): string[] {
  // Who is switched off for good is still in its groups.
  const conditions = [holds('t', 'account', instant), ...(to.kind === 'group' ? [] : [isUsable('t', instant)])];
  conditions.push(...searchConditions('account', words, bind), ...filterConditions('account', filters, bind).values());
  const used = unusedSince === undefined ? undefined : usedBy(to, bind);
  if (used !== undefined) {
    conditions.push(`(SELECT count(*) FROM usage u WHERE ${used} AND u.last_at >= ${bind(unusedSince)}::timestamptz) = 0`);
  }
  return conditions;
}

/** Which rows `u` say that an account `t` uses the target; `undefined`: a group is not used. */
function usedBy(to: AccessNodeRef, bind: Bind): string | undefined {
  const use = useOf('account', to.kind);
  if (use === null) return undefined;
  const object = use === 'administration' ? `''` : `${bind(to.key)}::text`;
  return `u.integration_id = t.integration_id AND u."use" = '${use}' AND u.principal = t.key AND u.object = ${object}`;
}
