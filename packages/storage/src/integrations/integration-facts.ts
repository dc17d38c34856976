import type { ErrorView } from '@castellan/connector-sdk';
import type { RunMode, RunState, RunWait } from '@castellan/sync-engine';
import type { Database } from '../database/database.js';
import { ABANDONED } from '../runs/abandoned.js';
import type { StreamFreshness, StreamRepository } from '../streams/stream-repository.js';

/** What a status is derived from. */
export interface IntegrationFacts {
  /** The latest full run. */
  readonly run: RunGlance | undefined;
  /** The latest poll that has found something, or failed. */
  readonly poll: RunGlance | undefined;
  readonly streams: readonly StreamFreshness[];
  readonly openHolds: number;
}

export interface RunGlance {
  readonly id: string;
  readonly state: RunState;
  readonly cancelRequested: boolean;
  readonly error: ErrorView | null;
  readonly resumeAt: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** What its requests waited for when that was noted last. */
  readonly waits: readonly RunWait[];
  /** At work, but its host has given no sign of life for so long that no host seems to be there to take it over. */
  readonly abandoned: boolean;
  /** By stream: rows that could not be understood. */
  readonly rejected: Readonly<Record<string, number>>;
}

type Row = RunGlance & { readonly integrationId: string; readonly mode: RunMode };

// Prepared: every list and every page asks for them, and to plan them takes ten times as long as to carry them out.
const RUNS = {
  name: 'facts_runs',
  text: `
  SELECT i.id AS "integrationId", m.mode, r.id, r.state, r.cancel_requested AS "cancelRequested", r.error, r.resume_at AS "resumeAt",
    r.created_at AS "createdAt", r.finished_at AS "finishedAt", coalesce(r.progress->'waits', '[]') AS waits,
    ${ABANDONED} AS abandoned,
    coalesce((SELECT jsonb_object_agg(s.stream, s.rejected) FROM stream_runs s WHERE s.run_id = r.id AND s.rejected > 0), '{}') AS rejected
  FROM integrations i CROSS JOIN (VALUES ('full'), ('poll')) AS m (mode) CROSS JOIN LATERAL (
    -- Polls at work are left out: most of them find nothing.
    SELECT * FROM sync_runs q WHERE q.integration_id = i.id AND q.mode = m.mode
      AND (q.mode = 'full' OR q.state NOT IN ('queued', 'running'))
    ORDER BY q.created_at DESC, q.id DESC LIMIT 1
  ) r WHERE i.workspace_id = $1 AND i.id = ANY ($2::uuid[])`,
};
const HOLDS = {
  name: 'facts_holds',
  text: `SELECT h.integration_id AS id, count(*)::int AS open FROM sweep_holds h JOIN integrations i ON i.id = h.integration_id
    WHERE i.workspace_id = $1 AND i.id = ANY ($2::uuid[]) AND h.state = 'open' GROUP BY h.integration_id`,
};

/** Reads what is known of many integrations with as many queries as of one. */
export class IntegrationFactsReader {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamRepository,
  ) {}

  /** By id. */
  async read(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, IntegrationFacts>> {
    const runs = await this.database.query<Row>(RUNS, [workspaceId, ids]);
    const streams = await this.streams.listMany(workspaceId, ids);
    const holds = await this.database.query<{ readonly id: string; readonly open: number }>(HOLDS, [workspaceId, ids]);
    const latest = new Map(runs.map((run) => [`${run.integrationId} ${run.mode}`, run]));
    const open = new Map(holds.map((hold) => [hold.id, hold.open]));
    return new Map(
      ids.map((id) => [
        id,
        {
          run: latest.get(`${id} full`),
          poll: latest.get(`${id} poll`),
          streams: streams.get(id) ?? [],
          openHolds: open.get(id) ?? 0,
        },
      ]),
    );
  }
}
