import type { AccessNodeKind, AccessNodeRef, AccessUsage, UsageCoverage } from '@castellan/api';
import type { ActivityUse } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import { prepared } from '../graph/prepared.js';

interface UsageRow {
  readonly since: null;
  readonly principal: string;
  readonly object: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
}

/** A principal and what it uses. */
export interface UsedPair {
  readonly principal: string;
  readonly object: string;
}

/** What of events speaks of a pair; a group uses nothing, and is not used. */
export function useOf(principal: AccessNodeKind, target: AccessNodeKind): ActivityUse | null {
  if (principal === 'group') return null;
  if (target === 'application') return 'application';
  if (target === 'group') return null;
  return principal === 'client' ? 'api' : 'administration';
}

/** What of the target an event names: rights of administration are used, not one role of several. */
export function objectOf(use: ActivityUse | null, target: AccessNodeRef): string {
  return use === 'application' ? target.key : '';
}

/** What is known of the use of some pairs. */
export interface PairsUse {
  /** By {@link pairId}. What was not seen to be used is missing. */
  readonly usage: ReadonlyMap<string, AccessUsage>;
  /** `null`: nothing of this use is observed. */
  readonly coverage: UsageCoverage | null;
}

/** Both in one statement: a page of an answer asks for both, and each round trip costs as much as what it asks. */
export async function usageOf(
  queries: Queries,
  integrationId: string,
  use: ActivityUse | null,
  pairs: readonly UsedPair[],
): Promise<PairsUse> {
  if (use === null) return { usage: new Map(), coverage: null };
  const rows = await queries.query<UsageRow | CoverageRow>(
    prepared(`SELECT u.principal, u.object, u.first_at AS "firstAt", u.last_at AS "lastAt", u.times::float8 AS times, NULL::timestamptz AS since, NULL::timestamptz AS until
     FROM unnest($3::text[], $4::text[]) AS p (principal, object)
       JOIN usage u ON u.integration_id = $1::uuid AND u."use" = $2 AND u.principal = p.principal AND u.object = p.object
     UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, c.since, c.until FROM (${coverageSql(true)}) c`),
    [integrationId, use, pairs.map(({ principal }) => principal), pairs.map(({ object }) => object)],
  );
  const used = rows.filter((row) => row.since === null);
  return {
    usage: new Map(used.map((row) => [pairId(row), usageView(row)])),
    coverage: coverageView(rows.find((row) => row.since !== null)),
  };
}

export function pairId({ principal, object }: UsedPair): string {
  return JSON.stringify([principal, object]);
}

export function usageView({ firstAt, lastAt, times }: Pick<UsageRow, 'firstAt' | 'lastAt' | 'times'>): AccessUsage {
  return { firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString(), times };
}

/** Of one use of an integration, or any; `null`: its log says nothing of it. */
export async function coverageOf(queries: Queries, integrationId: string, use?: ActivityUse): Promise<UsageCoverage | null> {
  const [row] = await queries.query<CoverageRow>(
    prepared(coverageSql(use !== undefined)),
    use === undefined ? [integrationId] : [integrationId, use],
  );
  return coverageView(row);
}

interface CoverageRow {
  readonly since: Date;
  readonly until: Date | null;
}

/** One row at most; `$1` is the integration, `$2` the use that the log must say something of. */
function coverageSql(isOfOneUse: boolean): string {
  const said = `SELECT d.day FROM usage_days d WHERE d.integration_id = $1::uuid`;
  return `SELECT s.since, (SELECT min(f.fresh_at) FROM stream_state f WHERE f.integration_id = $1::uuid AND f.kind = 'activity') AS until
    FROM usage_since s, LATERAL (${isOfOneUse ? `${said} AND d."use" = $2 ORDER BY d."use", d.object, d.day` : said} LIMIT 1) said
    WHERE s.integration_id = $1::uuid`;
}

function coverageView(row: CoverageRow | undefined): UsageCoverage | null {
  if (row === undefined) return null;
  return { since: row.since.toISOString(), until: row.until?.toISOString() ?? null };
}
