import type { Queries } from '@castellan/storage';

/**
 * From when on questions about the past can be answered: since all lists of memberships and assignments that can be read have
 * been complete. Before, an edge that was there may not have been read yet. `null`: none has been, or one is being read for the
 * first time.
 */
export async function observedSince(queries: Queries, integrationId: string): Promise<Date | null> {
  const [row] = await queries.query<{ readonly since: Date | null }>(
    // A millisecond later: a Date knows no microseconds, and just before it a list was not complete.
    `SELECT CASE WHEN bool_or(first_complete_at IS NULL AND status = 'reading') THEN NULL
       ELSE date_trunc('milliseconds', max(first_complete_at)) + interval '1 millisecond' END AS since FROM stream_state
     WHERE integration_id = $1 AND kind = ANY ('{membership,app_assignment,role_assignment}')`,
    [integrationId],
  );
  return row?.since ?? null;
}
