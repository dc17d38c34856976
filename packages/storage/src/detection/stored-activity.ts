import type { JsonObject } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';

/** An event of the log, where a page of it begins behind. */
export interface ActivityPlace {
  readonly published: Date;
  readonly key: string;
}

export interface StoredEvent extends ActivityPlace {
  /** As its source wrote it. */
  readonly raw: JsonObject;
}

/** Since when the logs of some organisations have at most so many events; `undefined`: they have no more since `since`. */
export async function activityBegin(
  queries: Queries,
  integrations: readonly string[],
  { since, until, most }: { readonly since: Date; readonly until: Date; readonly most: number },
): Promise<Date | undefined> {
  // Of each organisation the index is read from its end, and no further than that.
  const [row] = await queries.query<{ readonly published: Date }>(
    `SELECT published FROM unnest($1::uuid[]) AS i (id), LATERAL (
       SELECT a.published FROM activity a WHERE a.integration_id = i.id AND a.published BETWEEN $2 AND $3
       ORDER BY a.published DESC LIMIT $4 + 1
     ) a ORDER BY published DESC OFFSET $4 LIMIT 1`,
    [integrations, since, until, most],
  );
  return row?.published;
}

/** A page of the log of an organisation in the order of time. */
export function activityFrom(
  queries: Queries,
  integrationId: string,
  { after, until, limit }: { readonly after: ActivityPlace; readonly until: Date; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  return queries.query<StoredEvent>(
    `SELECT published, key, raw FROM activity
     WHERE integration_id = $1 AND (published, key) > ($2, $3 COLLATE "C") AND published <= $4 AND raw IS NOT NULL
     ORDER BY published, key LIMIT $5`,
    [integrationId, after.published, after.key, until, limit],
  );
}

/** What the log of an organisation has of some moments. */
export async function activityAt(
  queries: Queries,
  integrationId: string,
  moments: readonly Date[],
): Promise<readonly JsonObject[]> {
  if (moments.length === 0) return [];
  const rows = await queries.query<{ readonly raw: JsonObject }>(
    `SELECT raw FROM activity WHERE integration_id = $1 AND published = ANY ($2::timestamptz[]) AND raw IS NOT NULL`,
    [integrationId, moments],
  );
  return rows.map(({ raw }) => raw);
}
