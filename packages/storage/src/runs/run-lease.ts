import { type ClaimedRun, FenceLostError, type RunLease, type RunMode, type RunOutcome } from '@castellan/sync-engine';
import { hastenByHand } from '../actions/by-hand.js';
import type { Database, Queries } from '../database/database.js';
import { recordRunFinished } from '../events/run-finished.js';
import { touchIntegration } from '../events/status-announcements.js';

/** A run of the other mode of the same integration `r` that a living host works on: only one may write at a time. */
export const OTHER_AT_WORK = `EXISTS (SELECT FROM sync_runs o WHERE o.integration_id = r.integration_id AND o.id <> r.id
  AND o.state = 'running' AND o.lease_until > clock_timestamp())`;

/**
 * A wait for a rate limit is no failed attempt. `clock_timestamp()`, not `now()`: the statement may have waited
 * for a page commit.
 */
const CLAIM = `
  UPDATE sync_runs r SET state = 'running', lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond',
    fence = fence + 1, attempt = attempt + CASE WHEN r.state = 'waiting' AND r.error->>'kind' IS DISTINCT FROM 'rate_limit' THEN 1 ELSE 0 END, resume_at = NULL,
    started_at = coalesce(started_at, clock_timestamp()), heartbeat_at = clock_timestamp(), error = NULL
  FROM integrations i
  WHERE r.id = $1 AND i.id = r.integration_id AND (
    r.state = 'queued'
    OR (r.state = 'waiting' AND r.resume_at <= clock_timestamp())
    OR (r.state = 'running' AND r.lease_until <= clock_timestamp())
  ) AND NOT i.paused AND NOT ${OTHER_AT_WORK}
  RETURNING r.id AS "runId", r.integration_id AS "integrationId", r.fence, i.connector_id AS "connectorId", r.streams, r.attempt, r.mode, r.cause`;

const GIVE_BACK_OTHERS = `
  UPDATE sync_runs SET state = 'queued', fence = fence + 1, lease_owner = NULL, lease_until = NULL
  WHERE integration_id = $2 AND id <> $1 AND state = 'running'`;

export async function claimRun(
  database: Database,
  runId: string,
  owner: string,
  leaseMs: number,
): Promise<ClaimedRun | undefined> {
  return database.transaction(async (queries) => {
    // One claim at a time for an integration: two that do not see each other would both find nobody at work.
    await queries.query(
      'SELECT FROM integrations WHERE id = (SELECT integration_id FROM sync_runs WHERE id = $1) FOR NO KEY UPDATE',
      [runId],
    );
    const [run] = await queries.query<ClaimedRun>(CLAIM, [runId, owner, leaseMs]);
    // A host that was only slow finds its fence gone: of two that write, the older listing might win over the newer read.
    if (run === undefined) return undefined;
    await queries.query(GIVE_BACK_OTHERS, [runId, run.integrationId]);
    // A poll that begins changes no status, and there are 1,440 a day.
    if (run.mode === 'full') await touchIntegration(queries, run.integrationId);
    return run;
  });
}

export async function renewLease(database: Database, lease: RunLease, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'> {
  const [run] = await database.query<{ readonly cancelled: boolean }>(
    `UPDATE sync_runs SET lease_until = clock_timestamp() + $3 * interval '1 millisecond', heartbeat_at = clock_timestamp()
     WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING cancel_requested AS cancelled`,
    [lease.runId, lease.fence, leaseMs],
  );
  if (run === undefined) return 'lost';
  return run.cancelled ? 'cancelled' : 'held';
}

const FINISH = `
  UPDATE sync_runs SET lease_owner = NULL, lease_until = NULL, heartbeat_at = now(),
    -- A person's wish to stop wins over going on later.
    state = CASE WHEN cancel_requested AND $3 IN ('waiting', 'queued') THEN 'cancelled' ELSE $3 END,
    error = $4,
    resume_at = CASE WHEN $3 = 'waiting' AND NOT cancel_requested THEN now() + $5 * interval '1 millisecond' END,
    finished_at = CASE WHEN $3 IN ('waiting', 'queued') AND NOT cancel_requested THEN NULL ELSE now() END
  WHERE id = $1 AND fence = $2 AND state = 'running'
  RETURNING state, mode, integration_id AS "integrationId"`;

/** Ends the lease. A run that is over leaves no stream that looks as if it were still being read. */
export async function finishRun(database: Database, lease: RunLease, outcome: RunOutcome): Promise<void> {
  const error = 'error' in outcome && outcome.error !== undefined ? JSON.stringify(outcome.error) : null;
  const resumeAfterMs = outcome.state === 'waiting' ? Math.max(0, outcome.resumeAfterMs) : 0;
  await database.transaction(async (queries) => {
    const [run] = await queries.query<EndedRun>(FINISH, [lease.runId, lease.fence, outcome.state, error, resumeAfterMs]);
    if (run === undefined) throw new FenceLostError(lease.runId);
    await touchIntegration(queries, run.integrationId);
    if (run.state === 'waiting' || run.state === 'queued') return;
    await queries.query(CLOSE_STREAMS, [lease.runId, error]);
    await (run.mode === 'poll' ? endPoll(queries, lease, run) : endFull(queries, run));
    await recordRunFinished(queries, lease.runId);
  });
}

interface EndedRun {
  readonly state: string;
  readonly mode: RunMode;
  readonly integrationId: string;
}

/** Polls begin after a full run has read something: before it there is nothing that a poll could keep fresh. */
async function endFull(queries: Queries, { state, integrationId }: EndedRun): Promise<void> {
  // Also of a run that a person has cancelled: what it has listed is kept fresh.
  if (state === 'failed') return;
  await hastenByHand(queries, integrationId);
  await queries.query('UPDATE integrations SET poll_failures = 0, next_poll_at = coalesce(next_poll_at, now()) WHERE id = $1', [
    integrationId,
  ]);
}

/** A poll that has changed nothing but the log leaves no row: there are 1,440 a day. One that failed is tried less and less often. */
async function endPoll(queries: Queries, lease: RunLease, { state, integrationId }: EndedRun): Promise<void> {
  if (state === 'failed') {
    await queries.query(
      `UPDATE integrations i SET poll_failures = poll_failures + 1,
         -- Nothing changes by asking again until a person has mended it and a full run has succeeded.
         next_poll_at = CASE WHEN r.error->>'kind' IN ('auth', 'config') THEN NULL
           ELSE now() + least(3600, 60 * 2 ^ least(poll_failures, 10)) * interval '1 second' END
       FROM sync_runs r WHERE r.id = $1 AND i.id = r.integration_id`,
      [lease.runId],
    );
    return;
  }
  await queries.query(
    `UPDATE integrations SET poll_failures = 0,
       polled_at = CASE WHEN $2 AND NOT EXISTS (
         SELECT FROM stale_parts p JOIN stream_state s ON s.integration_id = p.integration_id AND s.stream = p.stream
         WHERE p.integration_id = $1 AND NOT p.low AND s.complete_generation IS NOT NULL
       ) THEN now() ELSE polled_at END
     WHERE id = $1`,
    [integrationId, state === 'complete'],
  );
  await queries.query(
    `DELETE FROM sync_runs r WHERE r.id = $1 AND r.state IN ('complete', 'incomplete') AND NOT EXISTS (
       SELECT FROM stream_runs s JOIN stream_state t ON t.integration_id = r.integration_id AND t.stream = s.stream
       WHERE s.run_id = r.id AND t.semantics = 'snapshot' AND s.created + s.changed + s.removed + s.refreshed > 0)`,
    [lease.runId],
  );
  await queries.query(
    `DELETE FROM sync_runs WHERE integration_id = $1 AND mode = 'poll' AND finished_at < now() - interval '30 days'`,
    [integrationId],
  );
}

/** Also for a run that is cancelled while nobody holds it. */
export const CLOSE_STREAMS = `
  WITH closed AS (
    UPDATE stream_runs SET state = 'incomplete', error = coalesce(error, $2::jsonb), finished_at = now(), updated_at = now()
    WHERE run_id = $1 AND state IN ('pending', 'reading') RETURNING stream, run_id, error
  )
  UPDATE stream_state s SET status = 'incomplete', error = c.error, updated_at = now()
  FROM closed c JOIN sync_runs r ON r.id = c.run_id
  WHERE s.integration_id = r.integration_id AND s.stream = c.stream AND s.status = 'reading'`;
