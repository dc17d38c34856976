import type { Queries } from '@castellan/storage';
import { nestedGroups } from '../graph/edge.js';
import { isUsable } from '../graph/holds.js';

/** After a poll, which comes every minute and changes little, nobody needs it sooner. */
const AT_MOST_EVERY = `interval '10 minutes'`;

/**
 * Integrations whose counts are older than what has changed since: at once after a sync of everything, else every ten minutes.
 * Use alone changes them too; of a poll that has read nothing but the log no run is kept.
 */
export async function dueForCounting(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    `SELECT i.id FROM integrations i LEFT JOIN access_counted c ON c.integration_id = i.id LEFT JOIN usage_since u ON u.integration_id = i.id,
       LATERAL (SELECT max(q.finished_at) AS any, max(q.finished_at) FILTER (WHERE q.mode = 'full') AS "full" FROM sync_runs q
         WHERE q.integration_id = i.id AND q.finished_at > coalesce(c.counted_at, '-infinity')
           AND EXISTS (SELECT 1 FROM stream_runs r WHERE r.run_id = q.id AND r.created + r.changed + r.removed > 0)) f
     WHERE f."full" IS NOT NULL OR f.any IS NOT NULL AND c.counted_at IS NULL
       OR (f.any IS NOT NULL OR u.changed_at > c.counted_at) AND c.counted_at < now() - ${AT_MOST_EVERY}
     ORDER BY coalesce(f.any, u.changed_at) LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Counts who reaches each application, and when each of them used it last: to be called in a transaction. It reads all edges
 * of the organisation once. @returns `false`: somebody else is at it, or there is no such integration.
 */
export async function countAccess(queries: Queries, integrationId: string): Promise<boolean> {
  // Not a row's lock: whoever inserts or finds one that another transaction writes waits for that.
  const [lock] = await queries.query<{ readonly taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('access counts of ' || $1::text, 0)) AS taken`,
    [integrationId],
  );
  if (lock?.taken !== true) return false;
  // Held until the end: of one that is deleted meanwhile rows would be left that nobody looks for.
  const there = await queries.query('SELECT 1 FROM integrations WHERE id = $1 FOR KEY SHARE', [integrationId]);
  if (there.length === 0) return false;
  // Of this transaction alone: sorting millions of pairs on the disk takes twice as long.
  await queries.query(`SET LOCAL work_mem = '96MB'`);
  await queries.query(COUNT, [integrationId]);
  await queries.query(
    `INSERT INTO access_counted (integration_id, counted_at) VALUES ($1, now())
     ON CONFLICT (integration_id) DO UPDATE SET counted_at = excluded.counted_at`,
    [integrationId],
  );
  return true;
}

const COUNT = `WITH RECURSIVE granting AS (
    SELECT s.application, s.principal AS "group" FROM app_assignments s
    WHERE s.integration_id = $1 AND s.principal_kind = 'group' AND s.removed_at IS NULL
    UNION
    ${nestedGroups('application', '$1')}
  ), pairs AS (
    SELECT g.application, m.member AS account FROM granting g JOIN memberships m ON m.integration_id = $1 AND m."group" = g."group"
      AND m.member_kind = 'account' AND m.removed_at IS NULL
    UNION
    SELECT s.application, s.principal FROM app_assignments s
    WHERE s.integration_id = $1 AND s.principal_kind = 'account' AND s.removed_at IS NULL
  ), days AS (
    SELECT p.application, (u.last_at AT TIME ZONE 'UTC')::date AS day, count(*)::integer AS accounts, max(u.last_at) AS last_at
    FROM pairs p JOIN accounts a ON a.integration_id = $1 AND a.key = p.account AND a.removed_at IS NULL AND ${isUsable('a', undefined)}
      LEFT JOIN usage u ON u.integration_id = $1 AND u."use" = 'application' AND u.principal = p.account AND u.object = p.application
    GROUP BY 1, 2
  ), counted AS (
    SELECT application, sum(accounts)::integer AS accounts, max(last_at) AS last_at,
      coalesce(array_agg(day ORDER BY day) FILTER (WHERE day IS NOT NULL), '{}') AS last_days,
      coalesce(array_agg(accounts ORDER BY day) FILTER (WHERE day IS NOT NULL), '{}') AS last_accounts
    FROM days GROUP BY application
  ), gone AS (
    DELETE FROM access_counts c WHERE c.integration_id = $1 AND NOT EXISTS (SELECT 1 FROM counted n WHERE n.application = c.application)
  )
  INSERT INTO access_counts (integration_id, application, accounts, last_at, last_days, last_accounts)
  SELECT $1, application, accounts, last_at, last_days, last_accounts FROM counted
  ON CONFLICT (integration_id, application) DO UPDATE SET accounts = excluded.accounts, last_at = excluded.last_at,
    last_days = excluded.last_days, last_accounts = excluded.last_accounts`;
