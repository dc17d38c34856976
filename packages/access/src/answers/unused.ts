import type { AccessNode, AccessNodeRef, UnusedApplications, UnusedRoles, UsageCoverage } from '@castellan/api';
import { Bindings, namingSql, type Queries, wordCondition } from '@castellan/storage';
import { roleHolders } from '../graph/role-holders.js';
import { isUsable } from '../graph/holds.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { coverageOf, usageView } from '../usage/usage-of.js';

export interface UnusedQuestion {
  readonly integrationId: string;
  /** Not used in so many days, today included. */
  readonly days: number;
  readonly offset?: number;
  readonly limit?: number;
}

/** The first instant of the days that count: what was used since then was used. */
export function usedSince(days: number, now = new Date()): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days));
}

export type UnusedSort = 'unused' | 'share' | 'name';

/** By how many who reach it do not use it; by which part of them; by name. */
const ORDERS: Readonly<Record<UnusedSort, string>> = {
  unused: 'n.unused DESC, n.application',
  share: 'n.unused::float8 / n.accounts DESC, n.unused DESC, n.application',
  name: 'lower(n.label COLLATE "C"), n.application',
};

interface UnusedRow {
  readonly application: string;
  readonly label: string;
  readonly detail: string | null;
  readonly status: string | null;
  readonly accounts: number;
  readonly unused: number;
  readonly lastAt: Date | null;
}

/**
 * Applications that somebody reaches and has not used, of a whole organisation: from what was counted after the last sync.
 * Days are those of UTC: who used it last on the first of them counts as having used it.
 */
export async function unusedApplications(
  queries: Queries,
  {
    integrationId,
    days,
    offset = 0,
    limit = 100,
    sort = 'unused',
    words = [],
  }: UnusedQuestion & {
    readonly sort?: UnusedSort;
    /** All must be in the name or the key, whatever their case. */
    readonly words?: readonly string[];
  },
): Promise<UnusedApplications> {
  const coverage = await coverageOf(queries, integrationId, 'application');
  const { bind, values } = new Bindings();
  const [integration, since] = [`${bind(integrationId)}::uuid`, `((now() AT TIME ZONE 'UTC')::date - ${bind(days)}::integer)`];
  const { label, detail } = namingSql('application');
  const texts = ['n.label', 'n.application'].map((column) => `lower(${column} COLLATE "C")`);
  const found = words.map((word) => wordCondition(texts, word, bind));
  const sql = `SELECT n.* FROM (
       SELECT c.application, coalesce(${label}, c.application) AS label, ${detail} AS detail, t.status, c.accounts, c.last_at AS "lastAt",
         c.accounts - coalesce((SELECT sum(d.accounts) FROM unnest(c.last_days, c.last_accounts) AS d (day, accounts) WHERE d.day >= ${since}), 0)::integer AS unused
       FROM access_counts c LEFT JOIN applications t ON t.integration_id = c.integration_id AND t.key = c.application
       WHERE c.integration_id = ${integration} AND t.removed_at IS NULL) n
     WHERE ${['n.unused > 0', ...found].join(' AND ')} ORDER BY ${ORDERS[sort]} OFFSET ${bind(offset)} LIMIT ${bind(limit + 1)}`;
  // Of what nobody has observed nothing is claimed (ADR 35).
  const rows = coverage === null ? [] : await queries.query<UnusedRow>(sql, values);
  const [counted] = await queries.query<{ readonly at: Date | null }>(
    'SELECT counted_at AS at FROM access_counted WHERE integration_id = $1',
    [integrationId],
  );
  return {
    days,
    items: rows.slice(0, limit).map(({ application, accounts, unused, lastAt, ...named }) => ({
      application: { kind: 'application', key: application, ...named, present: named.status !== null },
      accounts,
      unused,
      lastAt: lastAt?.toISOString() ?? null,
    })),
    next: rows.length > limit ? String(offset + limit) : null,
    coverage: untilCounted(coverage, counted?.at ?? null),
    countedAt: counted?.at?.toISOString() ?? null,
  };
}

/** What was used after it was counted is not in the numbers. */
function untilCounted(coverage: UsageCoverage | null, countedAt: Date | null): UsageCoverage | null {
  if (coverage === null || coverage.until === null || countedAt === null) return coverage;
  return countedAt < new Date(coverage.until) ? { ...coverage, until: countedAt.toISOString() } : coverage;
}

/** Accounts that reach a role and have not used any right of administration; who never has comes first. */
export async function unusedRoles(
  queries: Queries,
  { integrationId, days, offset = 0, limit = 100 }: UnusedQuestion,
): Promise<UnusedRoles> {
  const coverage = await coverageOf(queries, integrationId, 'administration');
  if (coverage === null) return { days, items: [], next: null, coverage };
  const rows = await queries.query<{
    account: string;
    roles: readonly string[];
    firstAt: Date | null;
    lastAt: Date | null;
    times: number | null;
  }>(
    `${ADMINISTRATORS}
     SELECT h.account, array_agg(DISTINCT h.role ORDER BY h.role) AS roles, u.first_at AS "firstAt", u.last_at AS "lastAt", u.times::float8 AS times
     FROM holders h JOIN accounts a ON a.integration_id = $1 AND a.key = h.account AND a.removed_at IS NULL AND ${isUsable('a', undefined)}
       LEFT JOIN usage u ON u.integration_id = $1 AND u."use" = 'administration' AND u.principal = h.account AND u.object = ''
     WHERE u.last_at IS NULL OR (u.last_at AT TIME ZONE 'UTC')::date < (now() AT TIME ZONE 'UTC')::date - $2::integer
     GROUP BY h.account, u.first_at, u.last_at, u.times ORDER BY u.last_at NULLS FIRST, h.account OFFSET $3 LIMIT $4`,
    [integrationId, days, offset, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const accounts = shown.map(({ account }): AccessNodeRef => ({ kind: 'account', key: account }));
  const roles = [...new Set(shown.flatMap((row) => row.roles))].map((key): AccessNodeRef => ({ kind: 'role', key }));
  const names = await nameNodes(queries, integrationId, [...accounts, ...roles]);
  return {
    days,
    items: shown.map(({ account, roles: held, firstAt, lastAt, times }) => ({
      account: nodeOf(names, { kind: 'account', key: account }),
      roles: held.map((key): AccessNode => nodeOf(names, { kind: 'role', key })),
      usage: firstAt === null || lastAt === null || times === null ? null : usageView({ firstAt, lastAt, times }),
    })),
    next: rows.length > limit ? String(offset + limit) : null,
    coverage,
  };
}

/** Who holds which role; $1 is the integration. */
export const ADMINISTRATORS = `WITH RECURSIVE ${roleHolders('$1')}`;
