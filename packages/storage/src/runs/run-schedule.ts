import type { Database } from '../database/database.js';

export interface ScheduledRun {
  readonly integrationId: string;
  readonly runId: string;
}

export class RunSchedule {
  constructor(private readonly database: Database) {}

  /**
   * Makes a run for each integration that is due and moves its next date on. Any number of hosts may call it at once:
   * a row that another host has locked is skipped, so each date makes one run. An integration whose last run is still
   * going on gets none, but its date moves on all the same. With `integrationId` it looks at that one alone.
   */
  async enqueueDue(limit = 100, integrationId?: string): Promise<readonly ScheduledRun[]> {
    return this.database.query<ScheduledRun>(
      `WITH due AS (
         SELECT id FROM integrations WHERE NOT paused AND next_run_at <= now() AND ($2::uuid IS NULL OR id = $2)
         ORDER BY next_run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
       ), moved AS (
         UPDATE integrations i SET next_run_at = now() + i.schedule_seconds * interval '1 second', touched_at = clock_timestamp()
         FROM due WHERE i.id = due.id RETURNING i.id
       )
       INSERT INTO sync_runs (integration_id, cause) SELECT id, 'scheduled' FROM moved
       ON CONFLICT (integration_id, mode) WHERE state IN ('queued', 'running', 'waiting') DO NOTHING
       RETURNING integration_id AS "integrationId", id AS "runId"`,
      [limit, integrationId ?? null],
    );
  }

  /**
   * The same for polls. `seconds` is how often the host polls an integration that does not say; 0 is never, of either. None
   * is made while a full run waits or is at work: it reads the log, too.
   */
  async enqueueDuePolls(seconds: number, limit = 100): Promise<readonly ScheduledRun[]> {
    return this.database.query<ScheduledRun>(
      `WITH due AS (
         SELECT id FROM integrations WHERE NOT paused AND next_poll_at <= now() AND coalesce(poll_seconds, $2::int) > 0
         ORDER BY next_poll_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
       ), moved AS (
         UPDATE integrations i SET next_poll_at = now() + coalesce(i.poll_seconds, $2::int) * interval '1 second'
         FROM due WHERE i.id = due.id RETURNING i.id
       )
       INSERT INTO sync_runs (integration_id, cause, mode)
       SELECT id, 'scheduled', 'poll' FROM moved
       WHERE NOT EXISTS (SELECT FROM sync_runs r WHERE r.integration_id = moved.id AND r.state IN ('queued', 'running', 'waiting'))
       ON CONFLICT (integration_id, mode) WHERE state IN ('queued', 'running', 'waiting') DO NOTHING
       RETURNING integration_id AS "integrationId", id AS "runId"`,
      [limit, seconds],
    );
  }
}
