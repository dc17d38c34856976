import type { Queries } from '../database/database.js';
import { recordEvent } from './event-outbox.js';
import type { RunFinished } from './event-types.js';

interface FinishedRow extends Omit<RunFinished, 'startedAt' | 'finishedAt'> {
  readonly workspaceId: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date;
}

const COUNTS = ['created', 'changed', 'unchanged', 'removed', 'rejected', 'unlisted', 'refreshed'];

const SELECT = `
  SELECT i.workspace_id AS "workspaceId", i.id AS integration, i.name, r.id AS run, r.mode, r.cause, r.state, r.error,
    r.started_at AS "startedAt", r.finished_at AS "finishedAt",
    (SELECT jsonb_build_object(${COUNTS.map((count) => `'${count}', coalesce(sum(${count}), 0)`).join(', ')})
     FROM stream_runs WHERE run_id = r.id) AS counts
  FROM sync_runs r JOIN integrations i ON i.id = r.integration_id WHERE r.id = $1`;

/** In the transaction that ends the run. A poll that has left no row is not told. */
export async function recordRunFinished(queries: Queries, runId: string): Promise<void> {
  const [row] = await queries.query<FinishedRow>(SELECT, [runId]);
  if (row === undefined) return;
  const { workspaceId, startedAt, finishedAt, ...run } = row;
  const times = { startedAt: startedAt?.toISOString() ?? null, finishedAt: finishedAt.toISOString() };
  await recordEvent(queries, workspaceId, 'run.finished', { ...run, ...times });
}
