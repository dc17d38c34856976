import type { Queries } from '../database/database.js';
import type { InboxPlace } from './activity-inbox.js';

/** An event of the log that rules could not be shown, and that the others do not wait for any more. */
export interface DeadLetter {
  readonly integrationId: string;
  readonly integrationName: string;
  readonly key: string;
  readonly published: Date;
  /** What kind of fault it was, as a sentence; no value of the event. */
  readonly reason: string;
  readonly at: Date;
}

export interface DeadLetters {
  /** The latest. */
  readonly items: readonly DeadLetter[];
  readonly total: number;
}

const MOST = 200;
/** Brought back at once: each is a page of its own. */
const MOST_BACK = 10_000;

/**
 * Takes the oldest new event of an organisation out of the inbox, if it is this one, in the caller's transaction.
 * @returns whether it was there still
 */
export async function setAside(
  queries: Queries,
  integrationId: string,
  { key, published }: InboxPlace,
  reason: string,
): Promise<boolean> {
  const rows = await queries.query(
    `WITH oldest AS (
       SELECT seq FROM detection_inbox WHERE integration_id = $1 ORDER BY seq LIMIT 1
     ), cut AS (
       UPDATE detection_inbox i SET keys = i.keys[2:], published = i.published[2:] FROM oldest o
       WHERE i.seq = o.seq AND i.keys[1] = $2 AND i.published[1] = $3::timestamptz RETURNING 1
     )
     INSERT INTO detection_dead_letters (integration_id, published, key, reason) SELECT $1, $3::timestamptz, $2, $4 FROM cut
     ON CONFLICT (integration_id, published, key) DO UPDATE SET reason = excluded.reason, at = now() RETURNING 1`,
    [integrationId, key, published, reason],
  );
  await queries.query('DELETE FROM detection_inbox WHERE integration_id = $1 AND cardinality(keys) = 0', [integrationId]);
  return rows.length > 0;
}

/** Of all organisations of a workspace. */
export async function deadLetters(queries: Queries, workspaceId: string): Promise<DeadLetters> {
  const items = await queries.query<DeadLetter>(
    `SELECT d.integration_id AS "integrationId", i.name AS "integrationName", d.key, d.published, d.reason, d.at
     FROM detection_dead_letters d JOIN integrations i ON i.id = d.integration_id
     WHERE i.workspace_id = $1 ORDER BY d.at DESC, d.published, d.key LIMIT ${MOST}`,
    [workspaceId],
  );
  const [row] = await queries.query<{ readonly total: number }>(
    `SELECT count(*)::integer AS total FROM detection_dead_letters d JOIN integrations i ON i.id = d.integration_id
     WHERE i.workspace_id = $1`,
    [workspaceId],
  );
  return { items, total: row?.total ?? 0 };
}

/** Puts those of a workspace into the inbox again, each as a page of its own. @returns how many */
export async function retryDeadLetters(queries: Queries, workspaceId: string): Promise<number> {
  const rows = await queries.query(
    `WITH chosen AS (
       SELECT d.integration_id, d.published, d.key FROM detection_dead_letters d JOIN integrations i ON i.id = d.integration_id
       WHERE i.workspace_id = $1 ORDER BY d.at LIMIT ${MOST_BACK} FOR UPDATE OF d
     ), back AS (
       DELETE FROM detection_dead_letters d USING chosen c
       WHERE d.integration_id = c.integration_id AND d.published = c.published AND d.key = c.key
       RETURNING d.integration_id, d.published, d.key
     )
     INSERT INTO detection_inbox (integration_id, keys, published)
     SELECT integration_id, ARRAY[key], ARRAY[published] FROM back ORDER BY published, key RETURNING 1`,
    [workspaceId],
  );
  return rows.length;
}
