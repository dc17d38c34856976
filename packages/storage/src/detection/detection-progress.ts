import type { Queries } from '../database/database.js';

/** How far an organisation's log has been seen. */
export interface DetectionProgress {
  /** The latest moment that the log has reached, in ms since 1970; 0: nothing was seen. */
  readonly reached: number;
}

/**
 * Takes an organisation for the caller's transaction. @returns `undefined`: another host has it now
 */
export async function claimDetection(queries: Queries, integrationId: string): Promise<DetectionProgress | undefined> {
  const [lock] = await queries.query<{ readonly taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('detection of ' || $1::text, 0)) AS taken`,
    [integrationId],
  );
  if (lock?.taken !== true) return undefined;
  const [row] = await queries.query<{ readonly reached: Date }>(
    'SELECT reached FROM detection_progress WHERE integration_id = $1',
    [integrationId],
  );
  return { reached: row?.reached.getTime() ?? 0 };
}

export async function noteDetection(queries: Queries, integrationId: string, reached: number, events: number): Promise<void> {
  await queries.query(
    `INSERT INTO detection_progress AS p (integration_id, reached, events) VALUES ($1, $2, $3)
     ON CONFLICT (integration_id) DO UPDATE SET reached = greatest(p.reached, excluded.reached),
       events = p.events + excluded.events, changed_at = now()`,
    [integrationId, new Date(reached), events],
  );
}

/** How often each rule has matched on a day, in addition. */
export async function addHits(
  queries: Queries,
  integrationId: string,
  hits: readonly { readonly rule: string; readonly day: string; readonly hits: number }[],
): Promise<void> {
  if (hits.length === 0) return;
  await queries.query(
    `INSERT INTO detection_hits AS h (integration_id, rule, day, hits)
     SELECT $1, rule, day, hits FROM jsonb_to_recordset($2::jsonb) AS s (rule text, day date, hits bigint)
     ORDER BY rule, day
     ON CONFLICT (integration_id, rule, day) DO UPDATE SET hits = h.hits + excluded.hits`,
    [integrationId, JSON.stringify(hits)],
  );
}
