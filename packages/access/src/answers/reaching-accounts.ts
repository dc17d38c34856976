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
import { edgeKeySql } from '../graph/edge.js';
import { holds, isUsable } from '../graph/holds.js';
import { useOf } from '../usage/usage-of.js';
import { reachingKeys } from './reaching-keys.js';

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

/** `key`: for files, since nothing changes a key while one is written. `name`: without a name last. `lastUsed`: who never has is first; the other way round with `-`. */
export type ReachingSort = 'name' | 'key' | 'lastUsed' | '-lastUsed';

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
      (sort === 'name' || sort === 'key') &&
      question.at === undefined &&
      (await new ReachingAccounts(queries, question).areSoonFound())
        ? await alongTheList(queries, question, PARTS[sort], after, limit + 1)
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

  /** Whether so many reach it that a page along the list of accounts is soon full. */
  private async areSoonFound(): Promise<boolean> {
    const { unusedSince } = this.question;
    return (await this.areMany()) && (unusedSince === undefined || (await this.isMostlyUnused(unusedSince)));
  }

  /** As it was counted after the last sync; where it was not, who has not used it may be far down the list. */
  private async isMostlyUnused(since: Date): Promise<boolean> {
    const { integrationId, to } = this.question;
    const [row] = await this.queries.query<{ readonly mostly: boolean }>(
      `SELECT c.accounts > 0 AND coalesce((SELECT sum(d.accounts) FROM unnest(c.last_days, c.last_accounts) AS d (day, accounts)
         WHERE d.day >= ($3::timestamptz AT TIME ZONE 'UTC')::date), 0) < c.accounts * 0.9 AS mostly
       FROM access_counts c WHERE c.integration_id = $1 AND c.application = $2`,
      [integrationId, to.key, since],
    );
    return row?.mostly === true;
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
    if (sort === 'name' || sort === 'key') return this.collectedBy(PLACES[sort], after, limit);
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

  private async collectedBy(order: string, after: string | undefined, limit: number): Promise<readonly PlacedRow[]> {
    const conditions = this.conditions();
    if (after !== undefined) {
      const { place, key } = readPlace(after);
      const [p, k] = [place, key].map((part) => `${this.parameters.bind(part)}::text COLLATE "C"`);
      conditions.push(`(${order}, t.key) > (${p}, ${k})`);
    }
    const rows = await this.queries.query<{ readonly key: string; readonly name: string }>(
      `SELECT t.key, ${order} AS name ${this.fromEdges()}
       WHERE ${conditions.join(' AND ')} ORDER BY ${order}, t.key LIMIT ${limit}`,
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

  /** Keys of the accounts, by the edges that they have to the target or to one of its groups; `ALL`: as often as they have. */
  private edges(all: 'ALL' | '' = ''): string {
    return reachingKeys(
      this.question,
      { bind: this.parameters.bind, integration: this.integration, instant: this.instant },
      all,
    );
  }

  /** Of the accounts themselves, `t`. */
  private conditions(): string[] {
    return accountConditions(this.question, this.parameters, this.instant, 'together');
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
  // Whoever takes places from outside asks `isReachingPlace` before.
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

interface Part {
  /** Places in it begin so. */
  readonly mark: string;
  readonly is: string;
  readonly order: string;
  readonly named: boolean;
}

const BY_NAME: readonly Part[] = [
  { mark: '0', is: `${ACCOUNTS_FIT} AND t.display_name IS NOT NULL`, order: `${NAME}, t.key`, named: true },
  { mark: '1', is: `${ACCOUNTS_FIT} AND t.display_name IS NULL`, order: 't.key', named: false },
  { mark: '2', is: `NOT (${ACCOUNTS_FIT})`, order: 't.key', named: false },
];

/** Which lists are gone along, one after the other. */
const PARTS = { name: BY_NAME, key: [{ mark: '', is: 'true', order: 't.key', named: false }] } as const satisfies Readonly<
  Record<string, readonly Part[]>
>;

/** Where an account stands in them, when all are sorted. */
const PLACES = { name: NAME_PLACE, key: `''::text COLLATE "C"` } as const;

/** Along an index of the accounts, asking of each whether it reaches the target, until the page is full. */
async function alongTheList(
  queries: Queries,
  question: ReachingQuestion,
  parts: readonly Part[],
  after: string | undefined,
  limit: number,
): Promise<readonly PlacedRow[]> {
  const start = after === undefined ? undefined : readPlace(after);
  const found: PlacedRow[] = [];
  for (const { mark, is, order, named } of parts) {
    if (found.length >= limit || (start !== undefined && start.place.slice(0, 1) > mark)) continue;
    const parameters = new Bindings();
    const integration = `${parameters.bind(question.integrationId)}::uuid`;
    const conditions = [
      `t.integration_id = ${integration}`,
      is,
      ...accountConditions(question, parameters, undefined, 'one by one'),
    ];
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
  asked: 'one by one' | 'together',
): string[] {
  // Who is switched off for good is still in its groups.
  const conditions = [holds('t', 'account', instant), ...(to.kind === 'group' ? [] : [isUsable('t', instant)])];
  conditions.push(...searchConditions('account', words, bind), ...filterConditions('account', filters, bind).values());
  const used = unusedSince === undefined ? undefined : usedBy(to, bind);
  if (used !== undefined) {
    const rows = `FROM usage u WHERE ${used} AND u.last_at >= ${bind(unusedSince)}::timestamptz`;
    // As in `reaches`.
    conditions.push(asked === 'together' ? `NOT EXISTS (SELECT 1 ${rows})` : `(SELECT count(*) ${rows}) = 0`);
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
