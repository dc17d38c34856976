import type { Queries } from '../database/database.js';

/** What was seen of accounts and applications of an organisation, by what they are called. */
export async function loadHistories(
  queries: Queries,
  integrationId: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await queries.query<{ readonly subject: string; readonly history: unknown }>(
    `SELECT subject, history FROM detection_histories WHERE integration_id = $1 AND subject = ANY ($2::text[])`,
    [integrationId, subjects],
  );
  return new Map(rows.map(({ subject, history }) => [subject, history]));
}

export async function saveHistories(
  queries: Queries,
  integrationId: string,
  histories: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (histories.size === 0) return;
  const rows = [...histories].map(([subject, history]) => ({ subject, history }));
  await queries.query(
    `INSERT INTO detection_histories (integration_id, subject, history)
     SELECT $1, subject, history FROM jsonb_to_recordset($2::jsonb) AS s (subject text, history jsonb)
     ON CONFLICT (integration_id, subject) DO UPDATE SET history = excluded.history`,
    [integrationId, JSON.stringify(rows)],
  );
}
