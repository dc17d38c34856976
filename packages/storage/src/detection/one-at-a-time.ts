import type { Queries } from '../database/database.js';

/**
 * Until the end of the caller's transaction nobody else changes what the workspace has set of its rules: two that do not see each
 * other would both find room, and each would be told of what the other has changed.
 */
export async function oneAtATime(queries: Queries, workspaceId: string): Promise<void> {
  await queries.query('SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
}
