import type { AccessNode, UnusedApplications } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { ChainGraph } from '../graph/chains.js';
import { granting } from '../graph/downward.js';
import { accountsIn } from '../graph/edge.js';
import { edgesUpward } from '../graph/upward.js';
import { isUsable } from '../graph/holds.js';
import { isKnown } from '../names/is-known.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { coverageOf } from '../usage/usage-of.js';
import { reachedIn } from './reach.js';
import { usedSince } from './unused.js';

/**
 * Applications that a group gives to its members, and how many of these have not used them. `undefined`: there is no such
 * group. All of them: a group gives few.
 */
export async function unusedOfGroup(
  queries: Queries,
  { integrationId, group, days }: { readonly integrationId: string; readonly group: string; readonly days: number },
): Promise<UnusedApplications | undefined> {
  const from = { kind: 'group', key: group } as const;
  const graph = new ChainGraph(await edgesUpward(queries, integrationId, from));
  const targets = graph.ofKind('application');
  const names = await nameNodes(queries, integrationId, [from, ...targets]);
  if (!(await isKnown(queries, integrationId, names, from))) return undefined;
  const coverage = await coverageOf(queries, integrationId, 'application');
  if (coverage === null) return { days, items: [], next: null, coverage, countedAt: null };
  const applications = reachedIn(graph, from, targets, names).map(({ target }) => target.key);
  const { groups } = await granting(queries, integrationId, from);
  const rows = await queries.query<{ application: string; accounts: number; used: number; lastAt: Date | null }>(
    `WITH members AS (
       SELECT DISTINCT m.member AS key FROM unnest($2::text[]) AS g (key), ${accountsIn('g.key', '$1')} m
         JOIN accounts a ON a.integration_id = $1 AND a.key = m.member AND a.removed_at IS NULL AND ${isUsable('a', undefined)})
     SELECT p.application, (SELECT count(*) FROM members)::integer AS accounts,
       count(u.last_at) FILTER (WHERE u.last_at >= $4)::integer AS used, max(u.last_at) AS "lastAt"
     FROM unnest($3::text[]) AS p (application) LEFT JOIN members m ON true
       LEFT JOIN usage u ON u.integration_id = $1 AND u."use" = 'application' AND u.principal = m.key AND u.object = p.application
     GROUP BY p.application`,
    [integrationId, groups, applications, usedSince(days)],
  );
  const items = rows.map(({ application, accounts, used, lastAt }) => ({
    application: nodeOf(names, { kind: 'application', key: application }),
    accounts,
    unused: accounts - used,
    lastAt: lastAt?.toISOString() ?? null,
  }));
  return {
    days,
    items: items.toSorted((one, other) => other.unused - one.unused || order(one.application, other.application)),
    next: null,
    coverage,
    countedAt: null,
  };
}

function order(one: AccessNode, other: AccessNode): number {
  if (one.label !== other.label) return one.label < other.label ? -1 : 1;
  return one.key < other.key ? -1 : 1;
}
