import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import type { Changes } from './touched-subjects.js';

/** A poll comes every minute and changes little: what it changes is looked at a minute later at most. */
const AT_MOST_EVERY = `interval '1 minute'`;

/**
 * Integrations that are to be looked at: a full run was finished since the last look, or any run that changed something, or the
 * workspace has changed a setting of a check, or a day has passed, in which what counts days may have changed by itself.
 * Nothing is said of one that has never been read.
 */
export async function dueForEvaluation(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    `SELECT i.id FROM integrations i LEFT JOIN posture_evaluations e ON e.integration_id = i.id,
       LATERAL (SELECT max(q.finished_at) FILTER (WHERE q.mode = 'full') AS "full",
           max(q.finished_at) FILTER (WHERE EXISTS (SELECT 1 FROM stream_runs r WHERE r.run_id = q.id AND r.created + r.changed + r.removed > 0)) AS "some"
         FROM sync_runs q WHERE q.integration_id = i.id AND q.finished_at > coalesce(e.evaluated_at, '-infinity')) f,
       LATERAL (SELECT max(s.changed_at) AS at FROM check_settings s WHERE s.workspace_id = i.workspace_id) s
     WHERE f."full" IS NOT NULL
       OR e.evaluated_at IS NOT NULL AND (e.complete_at IS NULL OR e.complete_at < now() - interval '1 day' OR s.at > e.evaluated_at
         OR f."some" IS NOT NULL AND e.evaluated_at < now() - ${AT_MOST_EVERY})
     ORDER BY e.evaluated_at NULLS FIRST LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** What has changed since the last look. */
export interface SinceLastLook {
  /** By the clock of the database, when this look began. */
  readonly at: Date;
  /** `undefined`: everything is to be looked at. */
  readonly changed: Changes | undefined;
}

export async function sinceLastLook(queries: Queries, integrationId: string): Promise<SinceLastLook> {
  const [row] = await queries.query<{
    readonly at: Date;
    readonly before: Date | null;
    readonly kinds: readonly RecordKind[];
    readonly isWhole: boolean;
  }>(
    `SELECT clock_timestamp() AS at, e.evaluated_at AS before, coalesce(e.complete_at < now() - interval '1 day', true) OR coalesce(s.at > e.evaluated_at, false) AS "isWhole",
       ARRAY(SELECT DISTINCT t.kind FROM sync_runs q JOIN stream_runs r ON r.run_id = q.id
           JOIN stream_state t ON t.integration_id = q.integration_id AND t.stream = r.stream
         WHERE q.integration_id = i.id AND q.finished_at > coalesce(e.evaluated_at, '-infinity') AND r.created + r.changed + r.removed > 0) AS kinds
     FROM integrations i LEFT JOIN posture_evaluations e ON e.integration_id = i.id,
       LATERAL (SELECT max(c.changed_at) AS at FROM check_settings c WHERE c.workspace_id = i.workspace_id) s
     WHERE i.id = $1`,
    [integrationId],
  );
  if (row === undefined) return { at: new Date(), changed: { kinds: new Set(), since: new Date() } };
  // Events come all the time, and what they show of use is looked at each day.
  const kinds = new Set(row.kinds.filter((kind) => kind !== 'activity'));
  return { at: row.at, changed: row.isWhole || row.before === null ? undefined : { kinds, since: row.before } };
}

/** @param at when the look began: what was finished later is for the next */
export async function noteLook(queries: Queries, integrationId: string, at: Date, isWhole: boolean): Promise<void> {
  await queries.query(
    `INSERT INTO posture_evaluations AS e (integration_id, evaluated_at, complete_at) SELECT id, $2, CASE WHEN $3 THEN $2::timestamptz END FROM integrations WHERE id = $1
     ON CONFLICT (integration_id) DO UPDATE SET evaluated_at = excluded.evaluated_at, complete_at = coalesce(excluded.complete_at, e.complete_at)`,
    [integrationId, at, isWhole],
  );
}
