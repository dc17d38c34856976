import type { Stale } from '@castellan/connector-sdk';
import type { StaleBatch, StaleStream } from '@castellan/sync-engine';
import type { Queries } from '../database/database.js';
import { plainText } from '../pages/plain-text.js';

/** A clock of the provider's that is behind ours by less loses nothing. */
const OVERLAP = `interval '10 minutes'`;
/** Tries for one part; afterwards the next full listing sees to it. */
const MOST_ATTEMPTS = 5;

/**
 * Keeps what an event says has changed, in the transaction that keeps the event. What happened before the last complete
 * listing of its stream began is in that listing already: so a first run that reads a week of events leaves nothing here.
 */
export async function keepStale(queries: Queries, integrationId: string, stale: readonly Stale[]): Promise<void> {
  const parts = distinct(stale);
  if (parts.length === 0) return;
  await queries.query(
    `INSERT INTO stale_parts AS t (integration_id, stream, field, value, changed_at, low)
     SELECT $1, p.stream, p.field, p.value, p.at, p.low
     FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[]) AS p (stream, field, value, at, low)
     JOIN stream_state s ON s.integration_id = $1 AND s.stream = p.stream AND s.semantics = 'snapshot'
     WHERE p.at >= coalesce(s.complete_began_at, s.pass_began_at) - ${OVERLAP}
     -- A new id: whoever is reading the part at this moment answers for the old one only.
     ON CONFLICT ON CONSTRAINT stale_parts_part DO UPDATE SET id = nextval('stale_parts_id_seq'), attempts = 0,
       changed_at = greatest(t.changed_at, excluded.changed_at), low = t.low AND excluded.low`,
    [
      integrationId,
      parts.map(({ stream }) => stream),
      parts.map(({ scope }) => scope?.field ?? ''),
      parts.map(valueOf),
      parts.map(({ at }) => at),
      parts.map(({ low }) => low === true),
    ],
  );
}

/** Of all of a stream: whether what its delta shows is enough. */
const DELTA = 'delta';

function valueOf({ scope, delta }: Stale): string {
  if (scope !== undefined) return plainText(scope.value);
  return delta === true ? DELTA : '';
}

/** Each part once, since one statement cannot write a row twice; the latest time and the higher priority count. */
function distinct(stale: readonly Stale[]): readonly Stale[] {
  const parts = new Map<string, Stale>();
  for (const part of stale) {
    const key = JSON.stringify([part.stream, part.scope?.field ?? '', valueOf(part)]);
    const known = parts.get(key);
    const at = known !== undefined && known.at > part.at ? known.at : part.at;
    parts.set(key, { ...part, at, low: part.low === true && known?.low !== false });
  }
  return [...parts.values()];
}

export async function staleStreams(queries: Queries, integrationId: string): Promise<readonly StaleStream[]> {
  await queries.query(
    `DELETE FROM stale_parts p USING stream_state s WHERE p.integration_id = $1 AND s.integration_id = $1
       AND s.stream = p.stream AND s.complete_generation IS NULL`,
    [integrationId],
  );
  return queries.query<StaleStream>(
    `SELECT stream, bool_or(field = '' AND value = '') AS whole, bool_or(field = '' AND value = '${DELTA}') AS delta, count(*) FILTER (WHERE field <> '')::int AS parts,
       count(*) FILTER (WHERE field <> '' AND low)::int AS low
     FROM stale_parts WHERE integration_id = $1 GROUP BY stream ORDER BY stream`,
    [integrationId],
  );
}

export async function takeStale(
  queries: Queries,
  integrationId: string,
  stream: string,
  limit: number,
  withLow: boolean,
): Promise<StaleBatch> {
  // As text: a Date would lose the microseconds, and rows of the same millisecond would count as seen.
  const [clock] = await queries.query<{ readonly since: string }>('SELECT clock_timestamp()::text AS since');
  const rows = await queries.query<{ readonly id: string; readonly field: string; readonly value: string }>(
    `SELECT id::text AS id, field, value FROM stale_parts
     WHERE integration_id = $1 AND stream = $2 AND field <> '' AND ($4 OR NOT low) ORDER BY low, id LIMIT $3`,
    [integrationId, stream, limit, withLow],
  );
  return { since: clock?.since ?? '', parts: rows.map(({ id, field, value }) => ({ id, scope: { field, value } })) };
}

export async function answerStale(queries: Queries, integrationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.query('DELETE FROM stale_parts WHERE integration_id = $1 AND id = ANY ($2::bigint[])', [integrationId, ids]);
}

/** The stream's delta has shown what was said to have changed before it began. */
export async function answerDelta(queries: Queries, integrationId: string, stream: string): Promise<void> {
  await queries.query(
    `DELETE FROM stale_parts WHERE integration_id = $1 AND stream = $2 AND field = '' AND value = '${DELTA}' AND created_at < now()`,
    [integrationId, stream],
  );
}

/** @returns how many are given up. */
export async function staleFailed(queries: Queries, integrationId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  await queries.query('UPDATE stale_parts SET attempts = attempts + 1 WHERE integration_id = $1 AND id = ANY ($2::bigint[])', [
    integrationId,
    ids,
  ]);
  const [row] = await queries.query<{ readonly dropped: number }>(
    `WITH dropped AS (
       DELETE FROM stale_parts WHERE integration_id = $1 AND id = ANY ($2::bigint[]) AND attempts >= ${MOST_ATTEMPTS} RETURNING 1
     ) SELECT count(*)::int AS dropped FROM dropped`,
    [integrationId, ids],
  );
  return row?.dropped ?? 0;
}

/**
 * A listing that has just been completed has shown what was known to be stale before it began. Parts of the last minute
 * stay: a provider's lists may lag behind its log.
 */
export async function staleListed(queries: Queries, integrationId: string, stream: string): Promise<void> {
  await queries.query(
    `DELETE FROM stale_parts p USING stream_state s WHERE p.integration_id = $1 AND p.stream = $2 AND s.integration_id = $1
       AND s.stream = $2 AND p.created_at < s.complete_began_at - CASE WHEN p.field = '' THEN interval '0' ELSE interval '1 minute' END`,
    [integrationId, stream],
  );
}
