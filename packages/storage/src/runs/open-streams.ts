import type { ErrorView, Json, StreamInfo } from '@castellan/connector-sdk';
import type { RunLease, StreamPosition } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import { lockRun } from '../pages/commit-page.js';

interface Known {
  readonly stream: string;
  readonly generation: number;
  readonly cursor: Json | null;
  readonly semantics: string;
  readonly runState: string | null;
  readonly runGeneration: number | null;
}

/**
 * A pass belongs to its run: after a crash or a wait the same run goes on where it was. A new run lists a snapshot from
 * the beginning, since a listing glued together from two days would miss what was removed in its older half; a `changes`
 * stream goes on from its position, whoever stored it.
 */
export async function openStreams(
  database: Database,
  lease: RunLease,
  streams: readonly StreamInfo[],
  again = false,
): Promise<readonly StreamPosition[]> {
  return database.transaction(async (queries) => {
    const integrationId = await lockRun(queries, lease);
    const known = await readKnown(queries, integrationId, lease.runId, streams);
    const positions: StreamPosition[] = [];
    for (const stream of streams)
      positions.push(await openStream(queries, integrationId, lease.runId, stream, known.get(stream.name), again));
    return positions;
  });
}

async function readKnown(
  queries: Queries,
  integrationId: string,
  runId: string,
  streams: readonly StreamInfo[],
): Promise<ReadonlyMap<string, Known>> {
  const rows = await queries.query<Known>(
    `SELECT s.stream, s.generation, s.cursor, s.semantics, r.state AS "runState", r.generation AS "runGeneration"
     FROM stream_state s LEFT JOIN stream_runs r ON r.run_id = $2 AND r.stream = s.stream
     WHERE s.integration_id = $1 AND s.stream = ANY ($3::text[])`,
    [integrationId, runId, streams.map((stream) => stream.name)],
  );
  return new Map(rows.map((row) => [row.stream, row]));
}

async function openStream(
  queries: Queries,
  integrationId: string,
  runId: string,
  stream: StreamInfo,
  known: Known | undefined,
  again: boolean,
): Promise<StreamPosition> {
  const isOnce = !(again && stream.semantics === 'changes' && known?.runState === 'complete');
  const sameRun = known !== undefined && known.runGeneration === known.generation && isOnce;
  if (sameRun && known.runState === 'complete') return { stream: stream.name, complete: true, cursor: undefined };
  if (sameRun) {
    await queries.query(
      `UPDATE stream_runs SET state = 'reading', error = NULL, finished_at = NULL, updated_at = now() WHERE run_id = $1 AND stream = $2`,
      [runId, stream.name],
    );
    await queries.query(
      `UPDATE stream_state SET status = 'reading', error = NULL, updated_at = now() WHERE integration_id = $1 AND stream = $2`,
      [integrationId, stream.name],
    );
    return { stream: stream.name, complete: false, cursor: known.cursor ?? undefined };
  }
  // Of a stream that has become `changes` since, the stored position is a snapshot's and says nothing.
  const goesOn = stream.semantics === 'changes' && known?.semantics === 'changes';
  const cursor = goesOn ? (known.cursor ?? undefined) : undefined;
  await beginPass(queries, integrationId, runId, stream, cursor);
  return { stream: stream.name, complete: false, cursor };
}

async function beginPass(
  queries: Queries,
  integrationId: string,
  runId: string,
  stream: StreamInfo,
  cursor: Json | undefined,
): Promise<void> {
  const position = cursor === undefined ? null : JSON.stringify(cursor);
  const [state] = await queries.query<{ readonly generation: number }>(
    `INSERT INTO stream_state AS s (integration_id, stream, kind, semantics, status, generation, cursor, pass_began_at)
     VALUES ($1, $2, $3, $4, 'reading', 1, $5, now())
     ON CONFLICT (integration_id, stream) DO UPDATE SET kind = excluded.kind, semantics = excluded.semantics, status = 'reading',
       generation = s.generation + 1, cursor = excluded.cursor, unlisted = '[]', error = NULL, updated_at = now(),
       pass_began_at = now()
     RETURNING generation`,
    [integrationId, stream.name, stream.kind, stream.semantics, position],
  );
  await queries.query(
    `INSERT INTO stream_runs (run_id, stream, state, generation, position) VALUES ($1, $2, 'reading', $3, $4)
     ON CONFLICT (run_id, stream) DO UPDATE SET state = 'reading', generation = excluded.generation, position = excluded.position,
       error = NULL, finished_at = NULL, updated_at = now()`,
    [runId, stream.name, state?.generation, position],
  );
  // What was rejected in an earlier listing may be mended since; an event comes once only.
  if (stream.semantics === 'changes') return;
  await queries.query('DELETE FROM rejected_records WHERE integration_id = $1 AND stream = $2', [integrationId, stream.name]);
}

/** Why a stream was not completed. Its rows and its position stay. */
export async function stopStream(
  database: Database,
  lease: RunLease,
  stream: StreamInfo,
  status: 'skipped' | 'incomplete',
  error: ErrorView,
): Promise<void> {
  await database.transaction(async (queries) => {
    const integrationId = await lockRun(queries, lease);
    const reason = JSON.stringify(error);
    await queries.query(
      `INSERT INTO stream_state AS s (integration_id, stream, kind, semantics, status, generation, error)
       VALUES ($1, $2, $3, $4, $5, 0, $6)
       ON CONFLICT (integration_id, stream) DO UPDATE SET status = excluded.status, error = excluded.error, updated_at = now()`,
      [integrationId, stream.name, stream.kind, stream.semantics, status, reason],
    );
    // -1: a pass that was never opened has no generation, and going on with it later must begin a fresh one.
    await queries.query(
      `INSERT INTO stream_runs (run_id, stream, state, generation, error, finished_at)
       VALUES ($1, $2, $3, -1, $4, now())
       ON CONFLICT (run_id, stream) DO UPDATE SET state = excluded.state, error = excluded.error, finished_at = now(), updated_at = now()`,
      [lease.runId, stream.name, status, reason],
    );
  });
}
