import type { AccessNodeRef, AccessOverview, NamedCount } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { isUsable } from '../graph/holds.js';
import { nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { countAdministrators } from './administrators.js';
import { ADMINISTRATORS } from './unused.js';

/** Of use, and of what is seen of it on a first page. */
const DAYS = 30;
const MOST_APPLICATIONS = 10;

/** A workspace in numbers, over its integrations. */
export async function overview(queries: Queries, workspaceId: string): Promise<AccessOverview> {
  const integrations = await queries.query<{ readonly id: string }>(
    'SELECT id FROM integrations WHERE workspace_id = $1 ORDER BY created_at, id',
    [workspaceId],
  );
  const ids = integrations.map(({ id }) => id);
  const accountsByStatus = await queries.query<NamedCount>(
    `SELECT status AS name, count(*)::integer AS count FROM accounts WHERE integration_id = ANY ($1::uuid[]) AND removed_at IS NULL
     GROUP BY status ORDER BY count DESC, name`,
    [ids],
  );
  return {
    accounts: accountsByStatus.map(({ count }) => count).reduce((sum, count) => sum + count, 0),
    accountsByStatus,
    authenticators: await authenticatorsOf(queries, ids),
    ...(await administratorsOf(queries, ids)),
    applications: await applicationsOf(queries, ids),
    signIns: await signInsOf(queries, ids),
    coverage: await coverageOfAll(queries, ids),
  };
}

/** Of active accounts in integrations whose authenticators are read. */
async function authenticatorsOf(queries: Queries, ids: readonly string[]): Promise<AccessOverview['authenticators']> {
  const [row] = await queries.query<{ read: boolean; resistant: number; other: number; none: number }>(
    `WITH read AS (
       SELECT DISTINCT integration_id FROM stream_state WHERE integration_id = ANY ($1::uuid[]) AND kind = 'authenticator' AND complete_generation IS NOT NULL
     ), best AS (
       SELECT integration_id, account, bool_or(phishing_resistant) AS resistant FROM authenticators
       WHERE integration_id IN (SELECT integration_id FROM read) AND removed_at IS NULL AND status = 'active' GROUP BY 1, 2
     )
     SELECT EXISTS (SELECT 1 FROM read) AS read, count(*) FILTER (WHERE b.resistant)::integer AS resistant,
       count(*) FILTER (WHERE b.account IS NOT NULL AND b.resistant IS NOT TRUE)::integer AS other, count(*) FILTER (WHERE b.account IS NULL)::integer AS none
     FROM accounts a LEFT JOIN best b ON b.integration_id = a.integration_id AND b.account = a.key
     WHERE a.integration_id IN (SELECT integration_id FROM read) AND a.removed_at IS NULL AND a.status = 'active'`,
    [ids],
  );
  if (row === undefined || !row.read) return null;
  const { resistant, other, none } = row;
  return { resistant, other, none };
}

async function administratorsOf(
  queries: Queries,
  ids: readonly string[],
): Promise<
  Pick<AccessOverview, 'administrators' | 'administratorCount' | 'administratorGroupCount' | 'administratorClientCount'>
> {
  const administrators: AccessOverview['administrators'][number][] = [];
  const counts = { account: 0, group: 0, client: 0 };
  for (const integration of ids) {
    const rows = await queries.query<{ readonly role: string | null; readonly accounts: number }>(
      // With the row of all roles together: an account with two of them is one administrator.
      `${ADMINISTRATORS}
       SELECT h.role, count(DISTINCT h.account)::integer AS accounts FROM holders h
         JOIN accounts a ON a.integration_id = $1 AND a.key = h.account AND a.removed_at IS NULL AND ${isUsable('a', undefined)}
       GROUP BY GROUPING SETS ((h.role), ()) ORDER BY accounts DESC, h.role`,
      [integration],
    );
    const roles = rows.flatMap(({ role, accounts }) => (role === null ? [] : [{ role, accounts }]));
    const names = await nameNodes(
      queries,
      integration,
      roles.map(({ role }) => ({ kind: 'role', key: role })),
    );
    counts.account += rows.find(({ role }) => role === null)?.accounts ?? 0;
    for (const kind of ['group', 'client'] as const) counts[kind] += await countAdministrators(queries, integration, kind);
    for (const { role, accounts } of roles)
      administrators.push({ integration, role: nodeOf(names, { kind: 'role', key: role }), accounts });
  }
  return {
    administrators: administrators.toSorted((one, other) => other.accounts - one.accounts),
    administratorCount: counts.account,
    administratorGroupCount: counts.group,
    administratorClientCount: counts.client,
  };
}

async function applicationsOf(queries: Queries, ids: readonly string[]): Promise<AccessOverview['applications']> {
  const rows = await queries.query<{ readonly integration: string; readonly application: string; readonly times: number }>(
    `SELECT integration_id AS integration, object AS application, sum(times)::float8 AS times FROM usage_days
     WHERE integration_id = ANY ($1::uuid[]) AND "use" = 'application' AND object <> '' AND day > (now() AT TIME ZONE 'UTC')::date - ${DAYS}
     GROUP BY 1, 2 ORDER BY times DESC, 2, 1 LIMIT ${MOST_APPLICATIONS}`,
    [ids],
  );
  const refOf = (key: string): AccessNodeRef => ({ kind: 'application', key });
  const names = new Map<string, NodeNames>();
  for (const integration of new Set(rows.map((row) => row.integration))) {
    const own = rows.filter((row) => row.integration === integration);
    names.set(
      integration,
      await nameNodes(
        queries,
        integration,
        own.map(({ application }) => refOf(application)),
      ),
    );
  }
  return rows.map(({ integration, application, times }) => ({
    integration,
    application: nodeOf(names.get(integration) ?? new Map(), refOf(application)),
    times,
  }));
}

async function signInsOf(queries: Queries, ids: readonly string[]): Promise<AccessOverview['signIns']> {
  return queries.query<AccessOverview['signIns'][number]>(
    `SELECT d.day::date::text AS day, coalesce(sum(u.times), 0)::float8 AS times
     FROM generate_series((now() AT TIME ZONE 'UTC')::date - ${DAYS - 1}, (now() AT TIME ZONE 'UTC')::date, interval '1 day') AS d (day)
       LEFT JOIN usage_days u ON u.integration_id = ANY ($1::uuid[]) AND u."use" = 'sign_in' AND u.day = d.day::date
     GROUP BY d.day ORDER BY d.day`,
    [ids],
  );
}

/** Since when all of them are observed that are: whose log says nothing of use is not. */
async function coverageOfAll(queries: Queries, ids: readonly string[]): Promise<AccessOverview['coverage']> {
  const [row] = await queries.query<{ readonly since: Date | null; readonly until: Date | null }>(
    `SELECT max(s.since) AS since, CASE WHEN bool_and(f.fresh_at IS NOT NULL) THEN min(f.fresh_at) END AS until FROM usage_since s
       LEFT JOIN stream_state f ON f.integration_id = s.integration_id AND f.kind = 'activity'
     WHERE s.integration_id = ANY ($1::uuid[]) AND EXISTS (SELECT 1 FROM usage_days d WHERE d.integration_id = s.integration_id)`,
    [ids],
  );
  if (row === undefined || row.since === null) return null;
  return { since: row.since.toISOString(), until: row.until?.toISOString() ?? null };
}
