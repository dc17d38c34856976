import type { ErrorView, Json } from '@castellan/connector-sdk';
import type { RunCause, RunMode, RunProgress, RunState, StreamRunState } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import { recordRunFinished } from '../events/run-finished.js';
import { touchIntegration } from '../events/status-announcements.js';
import { IntegrationPausedError } from '../integrations/integration.js';
import { CLOSE_STREAMS } from './run-lease.js';

export interface Run {
  readonly id: string;
  readonly integrationId: string;
  readonly state: RunState;
  readonly cause: RunCause;
  readonly mode: RunMode;
  /** Whether the log was read to its end first, so that what the listings changed is drift. */
  readonly reconciles: boolean;
  /** What it costs and waits for, as last noted; `null` before the first note. */
  readonly progress: RunProgress | null;
  /** Asked for; empty means all. */
  readonly streams: readonly string[];
  readonly attempt: number;
  readonly resumeAt: Date | null;
  readonly cancelRequested: boolean;
  readonly error: ErrorView | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly heartbeatAt: Date | null;
  readonly streamRuns: readonly StreamRun[];
}

export interface StreamRun {
  readonly stream: string;
  readonly state: StreamRunState;
  readonly pages: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly rejected: number;
  readonly unlisted: number;
  /** Rows that a listing has changed although the log had said nothing of them. */
  readonly drift: number;
  /** Parts that were read again by themselves. */
  readonly refreshed: number;
  readonly error: ErrorView | null;
  readonly position: Json | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

export interface RunPage {
  readonly runs: readonly Run[];
  /** For the next page; `null` on the last. */
  readonly next: string | null;
}

const LIVE = `('queued', 'running', 'waiting')`;
const COLUMNS = `r.id, r.integration_id AS "integrationId", r.state, r.cause, r.mode, r.reconciles, r.progress, r.streams, r.attempt, r.resume_at AS "resumeAt",
  r.cancel_requested AS "cancelRequested", r.error, r.created_at AS "createdAt", r.started_at AS "startedAt",
  r.finished_at AS "finishedAt", r.heartbeat_at AS "heartbeatAt"`;
const SOURCE = `sync_runs r JOIN integrations i ON i.id = r.integration_id`;
const SELECT = `SELECT ${COLUMNS} FROM ${SOURCE}`;
const FIND = { name: 'run_find', text: `${SELECT} WHERE i.workspace_id = $1 AND r.id = $2` };

export class RunRepository {
  constructor(private readonly database: Database) {}

  /**
   * The new full run, or the one of this integration that is still queued, running or waiting. `undefined`: no such integration.
   * @throws IntegrationPausedError
   */
  async enqueue(
    workspaceId: string,
    integrationId: string,
    cause: RunCause,
    streams: readonly string[] = [],
  ): Promise<{ readonly runId: string; readonly isNew: boolean } | undefined> {
    for (;;) {
      const [created] = await this.database.query<{ readonly runId: string }>(
        // The integration is locked before its run is made, as whoever claims a run does it.
        `WITH touched AS (
           UPDATE integrations SET touched_at = clock_timestamp() WHERE workspace_id = $1 AND id = $2 AND NOT paused RETURNING id
         )
         INSERT INTO sync_runs (integration_id, cause, streams) SELECT id, $3, $4::text[] FROM touched
         ON CONFLICT (integration_id, mode) WHERE state IN ${LIVE} DO NOTHING RETURNING id AS "runId"`,
        [workspaceId, integrationId, cause, streams],
      );
      if (created !== undefined) return { runId: created.runId, isNew: true };
      const [live] = await this.database.query<{ readonly runId: string | null; readonly paused: boolean }>(
        `SELECT paused, (SELECT id FROM sync_runs WHERE integration_id = i.id AND mode = 'full' AND state IN ${LIVE}) AS "runId"
         FROM integrations i WHERE workspace_id = $1 AND id = $2`,
        [workspaceId, integrationId],
      );
      if (live === undefined) return undefined;
      if (live.paused) throw new IntegrationPausedError();
      if (live.runId !== null) return { runId: live.runId, isNew: false };
      // It ended between the two statements: then a new one can be made.
    }
  }

  async get(workspaceId: string, runId: string): Promise<Run | undefined> {
    const rows = await this.database.query<Omit<Run, 'streamRuns'>>(FIND, [workspaceId, runId]);
    return (await this.withStreams(rows))[0];
  }

  /**
   * Newest first. `after` is `next` of the page before. Polls that are under way are left out: most of them find nothing,
   * and leave no row when they end.
   */
  async list(
    workspaceId: string,
    options: {
      readonly integrationId?: string;
      readonly mode?: RunMode;
      /** Only those that have not read all that they were to read. */
      readonly failed?: boolean;
      readonly after?: string;
      readonly limit?: number;
    } = {},
  ): Promise<RunPage> {
    const limit = Math.min(Math.max(options.limit ?? 20, 1), 200);
    const [createdAt = null, id = null] = options.after?.split('|') ?? [];
    const rows = await this.database.query<Omit<Run, 'streamRuns'> & { readonly position: string }>(
      `SELECT ${COLUMNS}, ${instantText('r.created_at')} || '|' || r.id AS position FROM ${SOURCE} WHERE i.workspace_id = $1 AND ($2::uuid IS NULL OR r.integration_id = $2)
         AND ($5::text IS NULL OR r.mode = $5) AND (NOT $7::boolean OR r.state IN ('failed', 'incomplete')) AND (r.mode = 'full' OR r.state NOT IN ('queued', 'running'))
         AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3::timestamptz, $6::uuid))
       ORDER BY r.created_at DESC, r.id DESC LIMIT $4`,
      [workspaceId, options.integrationId ?? null, createdAt, limit + 1, options.mode ?? null, id, options.failed ?? false],
    );
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.position ?? null) : null;
    const runs = shown.map((row) => {
      const { position: _, ...run } = row;
      return run;
    });
    return { runs: await this.withStreams(runs), next };
  }

  /** A run that nobody reads ends at once; one that is being read ends at its next renewal. `false`: no live run. */
  async requestCancel(workspaceId: string, runId: string): Promise<boolean> {
    return this.database.transaction(async (queries) => {
      const [run] = await queries.query<{ readonly state: RunState; readonly integrationId: string }>(
        `UPDATE sync_runs r SET cancel_requested = true,
           state = CASE WHEN r.state = 'running' AND r.lease_until > clock_timestamp() THEN r.state ELSE 'cancelled' END,
           finished_at = CASE WHEN r.state = 'running' AND r.lease_until > clock_timestamp() THEN NULL ELSE now() END,
           fence = CASE WHEN r.state = 'running' AND r.lease_until > clock_timestamp() THEN r.fence ELSE r.fence + 1 END
         FROM integrations i
         WHERE i.id = r.integration_id AND i.workspace_id = $1 AND r.id = $2 AND r.state IN ${LIVE}
         RETURNING r.state, r.integration_id AS "integrationId"`,
        [workspaceId, runId],
      );
      if (run === undefined) return false;
      await touchIntegration(queries, run.integrationId);
      if (run.state !== 'cancelled') return true;
      await queries.query(CLOSE_STREAMS, [runId, null]);
      await recordRunFinished(queries, runId);
      return true;
    });
  }

  /**
   * Ends whatever is under way, at once: who reads it finds the fence gone at the next page, which no longer counts. For
   * settings that no longer hold: a pass must not be listed half with the old ones and half with the new.
   * @returns the modes of the runs that were ended.
   */
  async endLive(workspaceId: string, integrationId: string): Promise<readonly RunMode[]> {
    return this.database.transaction(async (queries) => {
      const ended = await queries.query<{ readonly id: string; readonly mode: RunMode }>(
        `UPDATE sync_runs r SET state = 'cancelled', cancel_requested = true, finished_at = now(), fence = r.fence + 1,
           lease_owner = NULL, lease_until = NULL
         FROM integrations i
         WHERE i.id = r.integration_id AND i.workspace_id = $1 AND i.id = $2 AND r.state IN ${LIVE} RETURNING r.id, r.mode`,
        [workspaceId, integrationId],
      );
      if (ended.length > 0) await touchIntegration(queries, integrationId);
      for (const { id } of ended) {
        await queries.query(CLOSE_STREAMS, [id, null]);
        await recordRunFinished(queries, id);
      }
      return ended.map(({ mode }) => mode);
    });
  }

  private async withStreams(rows: readonly Omit<Run, 'streamRuns'>[]): Promise<readonly Run[]> {
    const streamRuns = await readStreamRuns(
      this.database,
      rows.map((row) => row.id),
    );
    return rows.map((row) => ({ ...row, streamRuns: streamRuns.get(row.id) ?? [] }));
  }
}

async function readStreamRuns(queries: Queries, runIds: readonly string[]): Promise<ReadonlyMap<string, readonly StreamRun[]>> {
  const rows = await queries.query<StreamRun & { readonly runId: string }>(
    `SELECT run_id AS "runId", stream, state, pages, created, changed, unchanged, removed, rejected, unlisted, drift, refreshed, error, position,
       started_at AS "startedAt", updated_at AS "updatedAt", finished_at AS "finishedAt"
     FROM stream_runs WHERE run_id = ANY ($1::uuid[]) ORDER BY started_at, stream`,
    [runIds],
  );
  const byRun = new Map<string, StreamRun[]>();
  for (const { runId, ...streamRun } of rows) byRun.set(runId, [...(byRun.get(runId) ?? []), streamRun]);
  return byRun;
}
