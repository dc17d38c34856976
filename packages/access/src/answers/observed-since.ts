import type { Queries } from '@castellan/storage';

/**
 * From when on questions about the past can be answered: since all lists of memberships and assignments that were ever
 * complete have been. Before, an edge that was there may not have been read yet. `null`: none has been complete.
 */
export async function observedSince(queries: Queries, integrationId: string): Promise<Date | null> {
  const [row] = await queries.query<{ readonly since: Date | null }>(
    // A millisecond later: a Date knows no microseconds, and just before it a list was not complete.
    `SELECT date_trunc('milliseconds', max(first_complete_at)) + interval '1 millisecond' AS since FROM stream_state
     WHERE integration_id = $1 AND kind = ANY ('{membership,app_assignment,role_assignment}')`,
    [integrationId],
  );
  return row?.since ?? null;
}
