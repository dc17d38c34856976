import type { Queries } from '../database/database.js';

/** Up to when the log of an organisation was read: to the beginning of a run, less what a provider takes to write events down. */
export function readUpToOf(integration: string): string {
  return `(SELECT max(r.started_at) - interval '5 minutes' FROM sync_runs r
    WHERE r.integration_id = ${integration} AND r.state IN ('complete', 'incomplete'))`;
}

/** Up to when what has not come is not there, in ms since 1970; 0: nothing was read. */
export async function readUpTo(queries: Queries, integrationId: string): Promise<number> {
  const [row] = await queries.query<{ readonly at: Date | null }>(`SELECT ${readUpToOf('$1')} AS at`, [integrationId]);
  return row?.at?.getTime() ?? 0;
}
