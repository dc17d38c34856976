import type { Queries } from '../database/database.js';

/**
 * Up to when the log of an organisation was read: to the beginning of the latest pass that has reached its end, less what a
 * provider takes to write events down. Null where a part of the log never was: what is not there may be there.
 */
export function readUpToOf(integration: string): string {
  return `(SELECT CASE WHEN bool_and(s.complete_began_at IS NOT NULL) THEN min(s.complete_began_at) - interval '5 minutes' END
    FROM stream_state s WHERE s.integration_id = ${integration} AND s.kind = 'activity')`;
}

/** Up to when what has not come is not there, in ms since 1970; 0: nothing was read. */
export async function readUpTo(queries: Queries, integrationId: string): Promise<number> {
  const [row] = await queries.query<{ readonly at: Date | null }>(`SELECT ${readUpToOf('$1')} AS at`, [integrationId]);
  return row?.at?.getTime() ?? 0;
}
