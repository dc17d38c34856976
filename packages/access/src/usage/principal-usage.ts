import type { AccessNodeRef, AccessUsage, PrincipalUsage } from '@castellan/api';
import type { ActivityUse } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import { prepared } from '../graph/prepared.js';
import { isKnown } from '../names/is-known.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { coverageOf, usageView } from './usage-of.js';

interface UsageRow {
  readonly use: ActivityUse;
  readonly object: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
}

/** All that an account, or a client, was seen to use. `undefined`: nobody knows of it, and nothing was seen. */
export async function principalUsage(
  queries: Queries,
  integrationId: string,
  principal: AccessNodeRef,
): Promise<PrincipalUsage | undefined> {
  const rows = await queries.query<UsageRow>(
    prepared(`SELECT u."use", u.object, u.first_at AS "firstAt", u.last_at AS "lastAt", u.times::float8 AS times FROM usage u
     WHERE u.integration_id = $1 AND u.principal = $2 AND u."use" IN ('sign_in', 'application', 'authenticator', 'administration', 'api')
     ORDER BY u.last_at DESC, u.object`),
    [integrationId, principal.key],
  );
  const of = (use: ActivityUse): readonly UsageRow[] => rows.filter((row) => row.use === use);
  const applications = of('application').filter(({ object }) => object !== '');
  const refs = applications.map(({ object }): AccessNodeRef => ({ kind: 'application', key: object }));
  const names = await nameNodes(queries, integrationId, [principal, ...refs]);
  if (rows.length === 0 && !(await isKnown(queries, integrationId, names, principal))) return undefined;
  return {
    coverage: await coverageOf(queries, integrationId),
    signIn: sum(of('sign_in')),
    administration: sum(of('administration')),
    api: sum(of('api')),
    applications: applications.map((row) => ({
      ...usageView(row),
      node: nodeOf(names, { kind: 'application', key: row.object }),
    })),
    authenticators: of('authenticator').map((row) => ({ ...usageView(row), key: row.object === '' ? null : row.object })),
    days: await usedDays(queries, integrationId, principal.key),
  };
}

/** Of several things of one use (the tokens of an account) as of one. */
function sum(rows: readonly UsageRow[]): AccessUsage | null {
  const [newest] = rows;
  if (newest === undefined) return null;
  let { firstAt, times } = newest;
  for (const row of rows.slice(1)) {
    if (row.firstAt < firstAt) firstAt = row.firstAt;
    times += row.times;
  }
  return usageView({ firstAt, lastAt: newest.lastAt, times });
}

async function usedDays(queries: Queries, integrationId: string, principal: string): Promise<PrincipalUsage['days']> {
  return queries.query<PrincipalUsage['days'][number]>(
    prepared(`SELECT d.day::text AS day, coalesce(sum(d.times) FILTER (WHERE u."use" = 'sign_in'), 0)::integer AS "signIns",
       coalesce(sum(d.times) FILTER (WHERE u."use" = 'application'), 0)::integer AS applications
     FROM usage u, unnest(u.days, u.day_times) AS d (day, times)
     WHERE u.integration_id = $1 AND u.principal = $2 AND u."use" IN ('sign_in', 'application') AND d.day > (now() AT TIME ZONE 'UTC')::date - 90
     GROUP BY d.day ORDER BY d.day`),
    [integrationId, principal],
  );
}
