import type { RunCause, RunMode, RunProgress, RunState, StreamRunState } from '@castellan/sync-engine';
import type { Database } from '../database/database.js';

/** A run that is not over, with what people watch of it. */
export interface LiveRun {
  readonly id: string;
  readonly integrationId: string;
  readonly mode: RunMode;
  readonly cause: RunCause;
  readonly state: RunState;
  /** Asked for; empty means all. */
  readonly streams: readonly string[];
  readonly startedAt: Date | null;
  /** A living host works on it. */
  readonly isAtWork: boolean;
  /** As last noted; it may be of a host that has died since. */
  readonly progress: RunProgress | null;
  /** The database's time of this look: rates must not depend on the clock of whoever looks. */
  readonly readAt: Date;
  readonly streamRuns: readonly LiveStream[];
}

export interface LiveStream {
  readonly stream: string;
  readonly semantics: 'snapshot' | 'changes';
  readonly state: StreamRunState;
  /** Its listing was opened by this run; else only parts of it were read again. */
  readonly isOpened: boolean;
  readonly pages: number;
  /** Rows that were read, whether they were new or not. */
  readonly rows: number;
}

export interface ListedRows {
  readonly runId: string;
  readonly stream: string;
  readonly rows: number;
}

/** A poll that finds nothing is over by then, and would only flicker. */
const POLL_SHOWN_AFTER = `interval '5 seconds'`;

const LIVE_RUNS = {
  name: 'live_runs',
  // A refresh alone books its row as complete, with generation -1; what was skipped has -1, too, and was meant to be listed.
  text: `SELECT DISTINCT ON (r.integration_id) r.id, r.integration_id AS "integrationId", r.mode, r.cause, r.state, r.streams,
      r.started_at AS "startedAt", r.progress, now() AS "readAt", coalesce(s.streams, '[]') AS "streamRuns",
      r.state = 'running' AND r.lease_until > now() AS "isAtWork"
    FROM sync_runs r JOIN integrations i ON i.id = r.integration_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('stream', q.stream, 'semantics', t.semantics, 'state', q.state, 'pages', q.pages,
        'isOpened', NOT (q.state = 'complete' AND q.generation = -1), 'rows', q.created + q.changed + q.unchanged)
        ORDER BY q.stream) AS streams
      FROM stream_runs q JOIN stream_state t ON t.integration_id = r.integration_id AND t.stream = q.stream
      WHERE q.run_id = r.id
    ) s ON true
    WHERE i.workspace_id = $1 AND r.state IN ('queued', 'running', 'waiting')
      AND (r.mode = 'full' OR r.started_at < now() - ${POLL_SHOWN_AFTER})
    ORDER BY r.integration_id, r.mode = 'full' DESC`,
} as const;

/** Full runs that are looked through for the last complete listing: some streams are listed once a week only. */
const RUNS_BACK = 30;

const LAST_LISTED = `
  SELECT l.id AS "runId", t.stream, p.listed AS "rows"
  FROM sync_runs l JOIN integrations i ON i.id = l.integration_id
  JOIN stream_state t ON t.integration_id = l.integration_id AND t.semantics = 'snapshot' AND t.complete_generation IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT s.created + s.changed + s.unchanged AS listed
    FROM (
      SELECT id, created_at FROM sync_runs
      WHERE integration_id = l.integration_id AND mode = 'full' AND id <> l.id
      ORDER BY created_at DESC, id DESC LIMIT ${RUNS_BACK}
    ) b JOIN stream_runs s ON s.run_id = b.id AND s.stream = t.stream
    WHERE s.state = 'complete' AND s.generation >= 0
    ORDER BY b.created_at DESC, b.id DESC LIMIT 1
  ) p
  WHERE i.workspace_id = $1 AND l.id = ANY ($2::uuid[])`;

/** What people watch, in one statement a look, however many integrations there are. */
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  /** One run an integration at most: the full one before a poll. */
  liveRuns(workspaceId: string): Promise<readonly LiveRun[]> {
    return this.database.query<LiveRun>(LIVE_RUNS, [workspaceId]);
  }

  /** For each of the runs: how many rows the last complete listing of each stream had. Does not change while a run is at work. */
  lastListed(workspaceId: string, runIds: readonly string[]): Promise<readonly ListedRows[]> {
    return this.database.query<ListedRows>(LAST_LISTED, [workspaceId, runIds]);
  }
}
