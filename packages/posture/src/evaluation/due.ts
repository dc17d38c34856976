import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import { type Changes, MARGIN } from './touched-subjects.js';

/** A poll comes every minute and changes little: what it changes is looked at a minute later at most. */
const AT_MOST_EVERY = `interval '1 minute'`;

/** Whether the run `q` of the integration `i` was finished, and its last look `e` did not know of it. */
const IS_NEW_RUN = `q.integration_id = i.id AND q.finished_at > coalesce(e.evaluated_at - ${MARGIN}, '-infinity') AND q.id::text <> ALL (coalesce(e.runs, '{}'))`;
const HAS_CHANGED = 'r.created + r.changed + r.removed > 0';
/** Of a setting that is saved anew the time changes. */
const SETTINGS = `(SELECT md5(string_agg(s."check" || ' ' || extract(epoch FROM s.changed_at), ',' ORDER BY s."check")) FROM check_settings s WHERE s.workspace_id = i.workspace_id)`;
/** The workspace has changed a setting of a check, or somebody has asked for it, or a day has passed, in which what counts days may have changed by itself. */
const IS_WHOLE = `(e.complete_at IS NULL OR e.complete_at < now() - interval '1 day' OR e.settings IS DISTINCT FROM ${SETTINGS} OR e.asked_at IS DISTINCT FROM e.answered_at)`;

/**
 * Of the integrations `i`: a full run was finished that the last look did not know of, or any run that changed something, or
 * access was counted anew, or everything is to be looked at. Nothing is said of one that has never been read.
 */
const DUE = `FROM integrations i LEFT JOIN posture_evaluations e ON e.integration_id = i.id LEFT JOIN access_counted c ON c.integration_id = i.id,
   LATERAL (SELECT coalesce(bool_or(q.mode = 'full'), false) AS "full",
       coalesce(bool_or(EXISTS (SELECT 1 FROM stream_runs r WHERE r.run_id = q.id AND ${HAS_CHANGED})), false) AS "some"
     FROM sync_runs q WHERE ${IS_NEW_RUN}) f
 WHERE (f."full" OR e.evaluated_at IS NOT NULL AND (${IS_WHOLE} OR c.counted_at IS DISTINCT FROM e.counted_at
     OR f."some" AND e.evaluated_at < now() - ${AT_MOST_EVERY}))`;

/** Of all workspaces; those that wait the longest first. */
export async function dueForEvaluation(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    `SELECT i.id ${DUE}
     -- One of each workspace, then a second: whoever has many does not keep the others waiting.
     ORDER BY row_number() OVER (PARTITION BY i.workspace_id ORDER BY e.evaluated_at NULLS FIRST), e.evaluated_at NULLS FIRST LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** How many of these are being looked at, or wait for it. */
export async function pendingLooks(queries: Queries, integrationIds: readonly string[]): Promise<number> {
  const [row] = await queries.query<{ readonly count: number }>(
    `SELECT count(*)::integer AS count ${DUE} AND i.id = ANY ($1::uuid[])`,
    [integrationIds],
  );
  return row?.count ?? 0;
}

/**
 * Has everything looked at soon, whatever has changed. One that was never read is looked at after its first run, asked or not.
 * @returns when that was, by the clock of the database
 */
export async function askForLook(queries: Queries, integrationId: string): Promise<Date> {
  const [row] = await queries.query<{ readonly at: Date }>(
    `WITH asked AS (UPDATE posture_evaluations SET asked_at = clock_timestamp() WHERE integration_id = $1 RETURNING asked_at)
     SELECT coalesce((SELECT asked_at FROM asked), clock_timestamp()) AS at`,
    [integrationId],
  );
  if (row === undefined) throw new Error('A SELECT without a table has a row.');
  return row.at;
}

/** What has changed since the last look, and what this one goes by. */
export interface SinceLastLook {
  /** By the clock of the database, when this look began. */
  readonly at: Date;
  /** `undefined`: everything is to be looked at. */
  readonly changed: Changes | undefined;
  readonly known: KnownToLook;
}

/** See `posture_evaluations`. Times are texts: a `Date` would lose the microseconds that they are compared by. */
interface KnownToLook {
  readonly runs: readonly string[];
  readonly settings: string | null;
  readonly askedAt: string | null;
  readonly countedAt: string | null;
}

interface SinceRow extends KnownToLook {
  readonly at: Date;
  readonly since: Date | null;
  readonly kinds: readonly RecordKind[];
  readonly isWhole: boolean;
  readonly isCountedAnew: boolean;
}

/** In one statement, and before anything else is read: what is committed later is for the next look. */
export async function sinceLastLook(queries: Queries, integrationId: string): Promise<SinceLastLook> {
  const [row] = await queries.query<SinceRow>(
    `WITH began AS MATERIALIZED (SELECT clock_timestamp() AS at),
     fresh AS MATERIALIZED (SELECT q.id, q.started_at FROM integrations i LEFT JOIN posture_evaluations e ON e.integration_id = i.id, sync_runs q
       WHERE i.id = $1 AND ${IS_NEW_RUN})
     SELECT b.at, ${IS_WHOLE} AS "isWhole", c.counted_at IS DISTINCT FROM e.counted_at AS "isCountedAnew",
       least(e.evaluated_at, (SELECT min(started_at) FROM fresh)) AS since,
       ARRAY(SELECT DISTINCT t.kind FROM fresh q JOIN stream_runs r ON r.run_id = q.id
           JOIN stream_state t ON t.integration_id = i.id AND t.stream = r.stream WHERE ${HAS_CHANGED}) AS kinds,
       ARRAY(SELECT q.id::text FROM sync_runs q WHERE q.integration_id = i.id AND q.finished_at > b.at - ${MARGIN}) AS runs,
       ${SETTINGS} AS settings, e.asked_at::text AS "askedAt", c.counted_at::text AS "countedAt"
     FROM began b, integrations i LEFT JOIN posture_evaluations e ON e.integration_id = i.id LEFT JOIN access_counted c ON c.integration_id = i.id
     WHERE i.id = $1`,
    [integrationId],
  );
  if (row === undefined) throw new Error('The integration was deleted while it was looked at.');
  // Events come all the time, and what they show of use is looked at each day.
  const kinds = new Set(row.kinds.filter((kind) => kind !== 'activity'));
  const changed = row.isWhole || row.since === null ? undefined : { kinds, since: row.since, counted: row.isCountedAnew };
  return { at: row.at, changed, known: row };
}

/** What was finished or set after it began is for the next look. */
export async function noteLook(queries: Queries, integrationId: string, { at, changed, known }: SinceLastLook): Promise<void> {
  const completeAt = changed === undefined ? at : null;
  await queries.query(
    `INSERT INTO posture_evaluations AS e (integration_id, evaluated_at, complete_at, answered_at, runs, settings, counted_at)
     SELECT id, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::text[], $6, $7::timestamptz FROM integrations WHERE id = $1
     ON CONFLICT (integration_id) DO UPDATE SET evaluated_at = excluded.evaluated_at, complete_at = coalesce(excluded.complete_at, e.complete_at),
       answered_at = excluded.answered_at, runs = excluded.runs, settings = excluded.settings, counted_at = excluded.counted_at`,
    [integrationId, at, completeAt, known.askedAt, known.runs, known.settings, known.countedAt],
  );
}
