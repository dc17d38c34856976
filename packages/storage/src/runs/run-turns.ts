import type { ClaimedRun } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import { LOCKS } from '../database/lock-numbers.js';
import { claimRun, OTHER_AT_WORK } from './run-lease.js';

/** SQL: somebody should work on the run `r` of the integration `i`, and nobody does. */
const DUE = `r.state IN ('queued', 'running', 'waiting') AND (
    r.state = 'queued'
    OR (r.state = 'waiting' AND r.resume_at <= clock_timestamp())
    OR (r.state = 'running' AND r.lease_until <= clock_timestamp())
  ) AND NOT i.paused AND NOT ${OTHER_AT_WORK}`;

/** SQL: since when it waits for that. One that has given way is behind those that waited meanwhile. */
const SINCE = `CASE r.state WHEN 'waiting' THEN r.resume_at WHEN 'running' THEN r.lease_until ELSE coalesce(r.heartbeat_at, r.created_at) END`;

/** SQL: how many runs of each workspace are worked on, by all hosts. */
const AT_WORK = `SELECT i.workspace_id, count(*)::int AS runs FROM sync_runs r JOIN integrations i ON i.id = r.integration_id
  WHERE r.state = 'running' AND r.lease_until > clock_timestamp() GROUP BY i.workspace_id`;

/** SQL: due, and its workspace has not as many at work as it may. `$1`: how many it may, null for any. */
const MAY_BEGIN = `sync_runs r JOIN integrations i ON i.id = r.integration_id LEFT JOIN at_work w ON w.workspace_id = i.workspace_id
  WHERE ${DUE} AND ($1::int IS NULL OR coalesce(w.runs, 0) < $1)`;

/**
 * What is new comes before what is listed once more, and what a person has asked for before what the schedule has. Whatever has
 * waited for a minute comes before both, so that a host that never gets through with the polls lists all the same. Among those,
 * the workspace that has the fewest at work.
 */
const FIRST = `CASE WHEN ${SINCE} < clock_timestamp() - interval '60 seconds' OR r.mode = 'poll' THEN 0 WHEN r.cause <> 'scheduled' THEN 1 ELSE 2 END,
  coalesce(w.runs, 0), ${SINCE}, r.id`;

/** Those that have just begun to wait are about to be taken by a host that has room. */
const PATIENCE = `interval '3 seconds'`;

/** Claims the run whose turn it is. `undefined`: none waits, or none that may begin. */
export async function claimNextRun(
  database: Database,
  owner: string,
  leaseMs: number,
  { withFull, mostOfWorkspace }: { readonly withFull: boolean; readonly mostOfWorkspace: number | undefined },
): Promise<ClaimedRun | undefined> {
  return database.transaction(async (queries) => {
    // Two hosts that do not see each other's claim would both take one of the same workspace, beyond what it may have.
    await queries.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.claims]);
    const [next] = await queries.query<{ readonly id: string }>(
      `WITH at_work AS (${AT_WORK}) SELECT r.id FROM ${MAY_BEGIN} AND ($2 OR r.mode = 'poll')
       ORDER BY ${FIRST} LIMIT 1
       -- Whoever deletes or edits an integration may take long, and would keep all others waiting.
       FOR NO KEY UPDATE OF i, r SKIP LOCKED`,
      [mostOfWorkspace ?? null, withFull],
    );
    return next && claimRun(database, next.id, owner, leaseMs);
  });
}

/** In the order of their turns. */
export async function dueRuns(
  queries: Queries,
  limit: number,
  mostOfWorkspace: number | undefined,
): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    `WITH at_work AS (${AT_WORK}) SELECT r.id FROM ${MAY_BEGIN} ORDER BY ${FIRST} LIMIT $2`,
    [mostOfWorkspace ?? null, limit],
  );
  return rows.map(({ id }) => id);
}

/** Whether another run would be begun if this one gave its place back: one of its own workspace, or of one that has fewer at work. */
export async function isPlaceWanted(queries: Queries, runId: string, mostOfWorkspace: number | undefined): Promise<boolean> {
  const [answer] = await queries.query<{ readonly wanted: boolean }>(
    `WITH at_work AS (${AT_WORK}), mine AS (
       SELECT i.workspace_id, w.runs FROM sync_runs r JOIN integrations i ON i.id = r.integration_id
       JOIN at_work w ON w.workspace_id = i.workspace_id WHERE r.id = $2
     )
     SELECT EXISTS (
       SELECT FROM mine, sync_runs r JOIN integrations i ON i.id = r.integration_id LEFT JOIN at_work w ON w.workspace_id = i.workspace_id
       WHERE ${DUE} AND ${SINCE} < clock_timestamp() - ${PATIENCE}
         AND (i.workspace_id = mine.workspace_id
           OR (coalesce(w.runs, 0) < mine.runs AND ($1::int IS NULL OR coalesce(w.runs, 0) < $1)))
     ) AS wanted`,
    [mostOfWorkspace ?? null, runId],
  );
  return answer?.wanted === true;
}
