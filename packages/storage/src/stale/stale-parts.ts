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
     JOIN stream_state s ON s.integration_id = $1 AND s.stream = p.stream AND s.semantics = 'snapshot' AND s.status <> 'skipped'
     WHERE p.at >= coalesce(s.complete_began_at, s.pass_began_at) - ${OVERLAP}
     -- A new id: whoever is reading the part at this moment answers for the old one only.
     ON CONFLICT ON CONSTRAINT stale_parts_part DO UPDATE SET id = nextval('stale_parts_id_seq'), attempts = 0, created_at = clock_timestamp(),
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

/** Of all of a stream: what its delta shows is enough; or only a full run can help. */
const DELTA = 'delta';
const FULL = 'full';

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

/** @param wanted streams that the settings ask for: parts of others are forgotten, since nobody would ever read them. */
export async function staleStreams(
  queries: Queries,
  integrationId: string,
  wanted: readonly string[],
): Promise<readonly StaleStream[]> {
  await queries.query('DELETE FROM stale_parts WHERE integration_id = $1 AND stream <> ALL ($2::text[])', [
    integrationId,
    wanted,
  ]);
  // Of a stream that was never listed to its end the parts wait: its listing may be behind them already.
  return queries.query<StaleStream>(
    `SELECT p.stream, bool_or(p.field = '' AND p.value = '') AS whole, bool_or(p.field = '' AND p.value = '${DELTA}') AS delta,
       bool_or(p.field = '' AND p.value = '${FULL}') AS "leftToFull",
       count(*) FILTER (WHERE p.field <> '')::int AS parts, count(*) FILTER (WHERE p.field <> '' AND p.low)::int AS low
     FROM stale_parts p JOIN stream_state s ON s.integration_id = p.integration_id AND s.stream = p.stream
     WHERE p.integration_id = $1 AND s.complete_generation IS NOT NULL GROUP BY p.stream ORDER BY p.stream`,
    [integrationId],
  );
}

/** What only a listing can mend: the next full run reads the stream, however short ago it was listed. */
export async function leaveToFull(queries: Queries, integrationId: string, stream: string): Promise<void> {
  await queries.query(
    `INSERT INTO stale_parts (integration_id, stream, value, changed_at) VALUES ($1, $2, '${FULL}', now())
     ON CONFLICT ON CONSTRAINT stale_parts_part DO NOTHING`,
    [integrationId, stream],
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
     WHERE integration_id = $1 AND stream = $2 AND field <> '' AND ($4 OR NOT low) ORDER BY low, attempts, id LIMIT $3`,
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

/** @returns how many are given up; their streams are left to the next full run. */
export async function staleFailed(queries: Queries, integrationId: string, ids: readonly string[]): Promise<number> {
  await queries.query('UPDATE stale_parts SET attempts = attempts + 1 WHERE integration_id = $1 AND id = ANY ($2::bigint[])', [
    integrationId,
    ids,
  ]);
  const dropped = await queries.query<{ readonly stream: string }>(
    `DELETE FROM stale_parts WHERE integration_id = $1 AND id = ANY ($2::bigint[]) AND attempts >= ${MOST_ATTEMPTS} RETURNING stream`,
    [integrationId, ids],
  );
  for (const stream of new Set(dropped.map((row) => row.stream))) await leaveToFull(queries, integrationId, stream);
  return dropped.length;
}

/** A listing that was asked for as a whole did not come to its end. After a few tries the next full run sees to it. */
export async function wholeFailed(queries: Queries, integrationId: string, stream: string): Promise<void> {
  await queries.query(
    `UPDATE stale_parts SET attempts = attempts + 1 WHERE integration_id = $1 AND stream = $2 AND field = '' AND value = ''`,
    [integrationId, stream],
  );
  const dropped = await queries.query(
    `DELETE FROM stale_parts WHERE integration_id = $1 AND stream = $2 AND field = '' AND value = '' AND attempts >= ${MOST_ATTEMPTS} RETURNING 1`,
    [integrationId, stream],
  );
  if (dropped.length > 0) await leaveToFull(queries, integrationId, stream);
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
