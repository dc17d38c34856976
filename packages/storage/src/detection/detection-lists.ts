import type { AuditActor } from '../audit/audit-log.js';
import type { Queries } from '../database/database.js';
import { oneAtATime } from './one-at-a-time.js';

export type StoredListKind = 'own_network' | 'threat' | 'break_glass' | 'placeholder';

export interface ListName {
  readonly kind: StoredListKind;
  readonly name: string;
}

/** Networks, accounts for emergencies, or what a placeholder of rules stands for: a line of text each. */
export interface StoredList extends ListName {
  readonly entries: readonly string[];
  readonly changedBy: AuditActor;
  readonly changedAt: Date;
}

/** A workspace has as many lists as it may have, or as much in them. */
export class DetectionListLimitError extends Error {
  override readonly name = 'DetectionListLimitError';
}

const MOST_LISTS = 50;
/** Of all lists together: each event is held against them. */
const MOST_ENTRIES = 300_000;

const SELECT = `SELECT kind, name, entries, changed_by AS "changedBy", changed_at AS "changedAt" FROM detection_lists WHERE workspace_id = $1`;

export function detectionLists(queries: Queries, workspaceId: string): Promise<readonly StoredList[]> {
  return queries.query<StoredList>(`${SELECT} ORDER BY kind, name`, [workspaceId]);
}

export async function detectionList(
  queries: Queries,
  workspaceId: string,
  { kind, name }: ListName,
): Promise<StoredList | undefined> {
  const [row] = await queries.query<StoredList>(`${SELECT} AND kind = $2 AND name = $3`, [workspaceId, kind, name]);
  return row;
}

/** In the caller's transaction, new or instead of what it was. @throws DetectionListLimitError */
export async function saveDetectionList(
  queries: Queries,
  workspaceId: string,
  { kind, name }: ListName,
  entries: readonly string[],
  by: AuditActor,
): Promise<void> {
  await requireRoom(queries, workspaceId, { kind, name }, entries.length);
  await queries.query(
    `INSERT INTO detection_lists (workspace_id, kind, name, entries, changed_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, kind, name) DO UPDATE SET entries = excluded.entries, changed_by = excluded.changed_by, changed_at = now()`,
    [workspaceId, kind, name, entries, JSON.stringify(by)],
  );
}

export async function removeDetectionList(queries: Queries, workspaceId: string, { kind, name }: ListName): Promise<void> {
  await queries.query('DELETE FROM detection_lists WHERE workspace_id = $1 AND kind = $2 AND name = $3', [
    workspaceId,
    kind,
    name,
  ]);
}

async function requireRoom(queries: Queries, workspaceId: string, { kind, name }: ListName, count: number): Promise<void> {
  await oneAtATime(queries, workspaceId);
  const [others = { lists: 0, entries: 0 }] = await queries.query<{ readonly lists: number; readonly entries: number }>(
    `SELECT count(*)::int AS lists, coalesce(sum(cardinality(entries)), 0)::int AS entries
     FROM detection_lists WHERE workspace_id = $1 AND (kind, name) <> ($2, $3)`,
    [workspaceId, kind, name],
  );
  if (others.lists >= MOST_LISTS) throw new DetectionListLimitError(`A workspace can have ${MOST_LISTS} lists.`);
  if (others.entries + count > MOST_ENTRIES)
    throw new DetectionListLimitError(`All lists of a workspace can have ${MOST_ENTRIES} entries together.`);
}
