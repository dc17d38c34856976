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

/** Where an event stands in the log. */
export interface InboxPlace {
  readonly key: string;
  /** As the database writes it: it counts finer than a `Date` does. */
  readonly published: string;
}

export interface Taken {
  /** Of all that was taken, also of what is not in the log any more. */
  readonly places: readonly InboxPlace[];
  /** In the order of their time. */
  readonly events: readonly InboxEvent[];
  /** Whether there are more. */
  readonly isMore: boolean;
}

/** Pages at a time; of a page at most 250 events are one row. */
const PAGES = 20;
/** No bound but that of the pages. */
const WHOLE_BATCH = 1_000_000;

/** Of the page in which the bound lies a part is taken, and the rest stays where it is. */
const TAKE = `WITH oldest AS (
    SELECT seq, keys, published, sum(cardinality(keys)) OVER (ORDER BY seq) AS up_to FROM (
      SELECT seq, keys, published FROM detection_inbox WHERE integration_id = $1 ORDER BY seq LIMIT $2
    ) p
  ), cut AS (
    SELECT seq, ($3 - up_to + cardinality(keys))::integer AS of FROM oldest WHERE up_to > $3 AND up_to - cardinality(keys) < $3
  ), kept AS (
    UPDATE detection_inbox i SET keys = i.keys[c.of + 1:], published = i.published[c.of + 1:] FROM cut c WHERE i.seq = c.seq
  ), gone AS (
    DELETE FROM detection_inbox WHERE seq IN (SELECT seq FROM oldest WHERE up_to <= $3) RETURNING seq, keys, published
  ), taken AS (
    SELECT seq, keys, published FROM gone UNION ALL SELECT seq, o.keys[:c.of], o.published[:c.of] FROM oldest o JOIN cut c USING (seq)
  )
  SELECT u.key, u.published::text AS published, a.raw
  FROM taken t CROSS JOIN unnest(t.keys, t.published) AS u (key, published)
    LEFT JOIN activity a ON a.integration_id = $1 AND a.published = u.published AND a.key = u.key COLLATE "C"
  ORDER BY u.published, u.key COLLATE "C"`;

/**
 * Takes the oldest new events of an organisation out of the inbox, in the caller's transaction: they are back if that fails.
 * @param most events; left out: as many as fit a batch
 */
export async function takeFromInbox(queries: Queries, integrationId: string, most = WHOLE_BATCH): Promise<Taken> {
  const rows = await queries.query<InboxPlace & { readonly raw: JsonObject | null }>(TAKE, [integrationId, PAGES, most]);
  const [left] = await queries.query(`SELECT 1 FROM detection_inbox WHERE integration_id = $1 LIMIT 1`, [integrationId]);
  return {
    places: rows.map(({ key, published }) => ({ key, published })),
    events: rows.flatMap(({ key, raw }) => (raw === null ? [] : [{ key, raw }])),
    isMore: left !== undefined,
  };
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
     ) due JOIN integrations i USING (id) GROUP BY id, i.workspace_id
     -- One of each workspace, then a second: whoever has many does not keep the others waiting.
     ORDER BY row_number() OVER (PARTITION BY i.workspace_id ORDER BY min(since)), min(since) LIMIT $2`,
    [quietMs, limit],
  );
  return rows.map(({ id }) => id);
}
