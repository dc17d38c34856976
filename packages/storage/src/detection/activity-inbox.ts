import type { JsonObject } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { readUpToOf } from './read-up-to.js';

/** Part of a statement that has new events as `written`, and the integration as $1: rules are to see them. */
export const INTO_INBOX = `inbox AS (
    INSERT INTO detection_inbox (integration_id, keys, published)
    SELECT $1::uuid, array_agg(key), array_agg(published) FROM written HAVING count(*) > 0
  )`;

/** An event as its source wrote it. */
export interface InboxEvent {
  readonly key: string;
  readonly raw: JsonObject;
}

export interface Taken {
  /** In the order of their time. */
  readonly events: readonly InboxEvent[];
  /** Whether there are more. */
  readonly isMore: boolean;
}

/** Pages at a time; of a page at most 250 events are one row. */
const PAGES = 20;

/** Takes the oldest new events of an organisation out of the inbox, in the caller's transaction: they are back if that fails. */
export async function takeFromInbox(queries: Queries, integrationId: string): Promise<Taken> {
  const rows = await queries.query<InboxEvent>(
    `WITH taken AS (
       DELETE FROM detection_inbox WHERE seq IN (
         SELECT seq FROM detection_inbox WHERE integration_id = $1 ORDER BY seq LIMIT $2
       ) RETURNING keys, published
     ), listed AS (SELECT u.key, u.published FROM taken t, unnest(t.keys, t.published) AS u (key, published))
     SELECT a.key, a.raw FROM listed l
       JOIN activity a ON a.integration_id = $1 AND a.published = l.published AND a.key = l.key COLLATE "C"
     WHERE a.raw IS NOT NULL ORDER BY a.published, a.key`,
    [integrationId, PAGES],
  );
  const [left] = await queries.query(`SELECT 1 FROM detection_inbox WHERE integration_id = $1 LIMIT 1`, [integrationId]);
  return { events: rows, isMore: left !== undefined };
}

/** How long the oldest new event that rules have not seen has been there, and how many pages there are. */
export interface InboxBacklog {
  readonly pages: number;
  /** `null`: there is none. */
  readonly oldestSeconds: number | null;
}

export async function inboxBacklog(queries: Queries): Promise<InboxBacklog> {
  const [row] = await queries.query<InboxBacklog>(
    `SELECT count(*)::integer AS pages, extract(epoch FROM now() - min(at))::float8 AS "oldestSeconds" FROM detection_inbox`,
  );
  return row ?? { pages: 0, oldestSeconds: null };
}

/**
 * Who has new events, or waits for some that have not come: those that have waited longest come first.
 * @param quietMs after so long without a later event it is said that none has come
 */
export async function dueForDetection(queries: Queries, quietMs: number, limit: number): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    `SELECT id FROM (
       SELECT integration_id AS id, min(at) AS since FROM detection_inbox GROUP BY integration_id
       UNION ALL
       -- What has not come is missed once the log was read so far: while it is not, a look would find nothing.
       SELECT integration_id, since FROM (
         SELECT integration_id, min(due_at) AS since FROM detection_groups
         WHERE due_at < now() - $1 * interval '1 millisecond' GROUP BY integration_id
       ) missed
       WHERE since < greatest(${readUpToOf('missed.integration_id')},
         (SELECT reached FROM detection_progress p WHERE p.integration_id = missed.integration_id))
     ) due JOIN integrations i USING (id) GROUP BY id ORDER BY min(since) LIMIT $2`,
    [quietMs, limit],
  );
  return rows.map(({ id }) => id);
}
