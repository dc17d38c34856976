import { Bindings, type Queries } from '@castellan/storage';
import { prepared } from '../graph/prepared.js';
import { NAME_PLACE, PARTS, type PlacedRow, PLACES, readPlace, readPlaces, writePlaces } from './account-places.js';
import { alongTheList } from './along-accounts.js';
import { reachingKeys } from './reaching-keys.js';
import { accountConditions, type ReachingQuestion, usesOf } from './reaching-question.js';

/** `key`: for files, since nothing changes a key while one is written. `name`: without a name last. `lastUsed`: who never has is first; the other way round with `-`. */
export type ReachingSort = 'name' | 'key' | 'lastUsed' | '-lastUsed';

export interface ReachingPage {
  readonly keys: readonly string[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

/** Edges of up to so many accounts are collected and the accounts sorted; where there are more, a page is soon full along the list of accounts. */
const FEW = 1_000;
/** Of up to so many the keys are collected for it; of more each account on the list is asked for its edges. */
const SOME = 6_000;

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
    const isAlong = (sort === 'name' || sort === 'key') && question.at === undefined;
    const about = isAlong ? await new ReachingAccounts(queries, question).about() : 0;
    const rows =
      isAlong && about > FEW && (await new ReachingAccounts(queries, question).areMostlyShown())
        ? await alongTheList(queries, question, about > SOME ? 'one by one' : 'together', {
            parts: PARTS[sort],
            after,
            limit: limit + 1,
          })
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

  /**
   * Whether most who reach it have not used it, if that is asked: as it was counted after the last sync; where it was not, who
   * has not used it may be far down the list.
   */
  private async areMostlyShown(): Promise<boolean> {
    const { integrationId, to, unusedSince } = this.question;
    if (unusedSince === undefined) return true;
    const [row] = await this.queries.query<{ readonly mostly: boolean }>(
      `SELECT c.accounts > 0 AND coalesce((SELECT sum(d.accounts) FROM unnest(c.last_days, c.last_accounts) AS d (day, accounts)
         WHERE d.day >= ($3::timestamptz AT TIME ZONE 'UTC')::date), 0) < c.accounts * 0.9 AS mostly
       FROM access_counts c WHERE c.integration_id = $1 AND c.application = $2`,
      [integrationId, to.key, unusedSince],
    );
    return row?.mostly === true;
  }

  /** About how many: as it was counted after the last sync, where it was; else edges, up to so many. What is found does not depend on it. */
  private async about(): Promise<number> {
    const { integrationId, to, direct } = this.question;
    if (direct && to.kind === 'application') {
      const [counted] = await this.queries.query<{ readonly accounts: number }>(
        prepared('SELECT accounts FROM access_counts WHERE integration_id = $1 AND application = $2'),
        [integrationId, to.key],
      );
      if (counted !== undefined) return counted.accounts;
    }
    const [row] = await this.queries.query<{ readonly edges: number }>(
      `SELECT count(*)::integer AS edges FROM (${this.edges('ALL')} LIMIT ${SOME + 1}) e`,
      this.parameters.values,
    );
    return row?.edges ?? 0;
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
    return `FROM (${this.edges()} ${this.exceptUsed()}) r JOIN accounts t ON t.integration_id = ${this.integration} AND t.key = r.key`;
  }

  /** Taken away before the accounts are looked at: as a rule most have used it. */
  private exceptUsed(): string {
    const { to, unusedSince } = this.question;
    const uses = unusedSince === undefined ? undefined : usesOf(to, this.parameters.bind, this.integration);
    if (uses === undefined) return '';
    return `EXCEPT SELECT u.principal FROM usage u WHERE ${uses} AND u.last_at >= ${this.parameters.bind(unusedSince)}::timestamptz`;
  }

  /** As text that sorts as it should; '' of what was never used, as a group never is. */
  private lastUse(): { readonly by: string; readonly join: string } {
    const uses = usesOf(this.question.to, this.parameters.bind, this.integration);
    if (uses === undefined) return { by: `''::text COLLATE "C"`, join: '' };
    return {
      by: `coalesce(to_char(u.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '') COLLATE "C"`,
      join: `LEFT JOIN usage u ON ${uses} AND u.principal = t.key`,
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
    return accountConditions(this.question, this.parameters, this.instant);
  }
}

export interface ChangedAccount {
  readonly what: 'gained' | 'lost';
  readonly key: string;
}
