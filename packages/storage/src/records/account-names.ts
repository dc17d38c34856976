import type { Queries } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { namingSql } from './table-fields.js';

/** What people call accounts of a workspace, by their keys; those that it does not have are left out, one that was removed is not. */
export async function accountNames(
  queries: Queries,
  workspaceId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await queries.query<{ readonly key: string; readonly label: string }>(
    `SELECT DISTINCT ON (t.key) t.key, ${namingSql('account').label} AS label
     FROM "${recordTable('account').table}" t JOIN integrations i ON i.id = t.integration_id
     WHERE i.workspace_id = $1 AND t.key COLLATE "C" = ANY($2::text[]) ORDER BY t.key, t.removed_at DESC NULLS FIRST`,
    [workspaceId, keys],
  );
  return new Map(rows.map(({ key, label }) => [key, label]));
}
