import type { AuditActor } from '../audit/audit-log.js';
import type { Queries } from '../database/database.js';
import { refreshIncidentsOf } from './incident-standing.js';
import { oneAtATime } from './one-at-a-time.js';

/** What nobody wants to be told of until a date: of a rule, of somebody, or of both together. */
export interface NewSuppression {
  readonly rule: string | null;
  /** Key of an account or an address. */
  readonly subject: string | null;
  readonly reason: string;
  readonly until: Date;
}

export interface StoredSuppression extends NewSuppression {
  readonly id: string;
  readonly madeBy: AuditActor;
  readonly madeAt: Date;
}

/** A workspace has as many as it may have that have not ended. */
export class SuppressionLimitError extends Error {
  constructor() {
    super(`A workspace can have ${MOST} suppressions at a time.`);
    this.name = 'SuppressionLimitError';
  }
}

const MOST = 1_000;

const COLUMNS = `id, rule, subject_key AS subject, reason, until, made_by AS "madeBy", made_at AS "madeAt"`;

/** Those that have not ended, the newest first. */
export function suppressions(queries: Queries, workspaceId: string): Promise<readonly StoredSuppression[]> {
  return queries.query<StoredSuppression>(
    `SELECT ${COLUMNS} FROM detection_suppressions WHERE workspace_id = $1 AND until > now() ORDER BY made_at DESC, id`,
    [workspaceId],
  );
}

/** One that has ended, too. */
export async function suppression(queries: Queries, workspaceId: string, id: string): Promise<StoredSuppression | undefined> {
  const [row] = await queries.query<StoredSuppression>(
    `SELECT ${COLUMNS} FROM detection_suppressions WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id],
  );
  return row;
}

/**
 * Makes one, in the caller's transaction, and excepts what it fits of the findings that are to be worked through, however many
 * there are: what is found until then is excepted when it is settled.
 * @throws SuppressionLimitError
 */
export async function createSuppression(
  queries: Queries,
  workspaceId: string,
  { rule, subject, reason, until }: NewSuppression,
  by: AuditActor,
): Promise<{ readonly suppression: StoredSuppression; readonly excepted: number }> {
  await oneAtATime(queries, workspaceId);
  const [{ count } = { count: 0 }] = await queries.query<{ readonly count: number }>(
    `SELECT count(*)::int AS count FROM detection_suppressions WHERE workspace_id = $1 AND until > now()`,
    [workspaceId],
  );
  if (count >= MOST) throw new SuppressionLimitError();
  const [made] = await queries.query<StoredSuppression>(
    `INSERT INTO detection_suppressions (workspace_id, rule, subject_key, reason, until, made_by) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING ${COLUMNS}`,
    [workspaceId, rule, subject, reason, until, JSON.stringify(by)],
  );
  if (made === undefined) throw new Error('An INSERT gave no row.');
  return { suppression: made, excepted: await except(queries, workspaceId, made, by) };
}

export async function removeSuppression(queries: Queries, workspaceId: string, id: string): Promise<void> {
  await queries.query('DELETE FROM detection_suppressions WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

async function except(
  queries: Queries,
  workspaceId: string,
  { rule, subject, reason, until }: NewSuppression,
  by: AuditActor,
): Promise<number> {
  const [row] = await queries.query<{ readonly ids: readonly string[] }>(
    `WITH chosen AS (
       SELECT id FROM findings WHERE workspace_id = $1 AND source = 'detection' AND status IN ('open', 'acknowledged')
         AND ($2::text IS NULL OR rule = $2) AND ($3::text IS NULL OR subject_key = $3) ORDER BY id FOR UPDATE
     ), changed AS (
       UPDATE findings t SET status = 'excepted', excepted_until = $4, excepted_reason = $5, changed_at = now()
       FROM chosen c WHERE t.id = c.id RETURNING t.id
     ), told AS (
       INSERT INTO finding_events (finding_id, kind, actor, detail) SELECT id, 'excepted', $6::jsonb, $7::jsonb FROM changed
     )
     SELECT coalesce(array_agg(id), '{}') AS ids FROM changed`,
    [workspaceId, rule, subject, until, reason, JSON.stringify(by), JSON.stringify({ until: until.toISOString(), reason })],
  );
  const ids = row?.ids ?? [];
  await refreshIncidentsOf(queries, ids);
  return ids.length;
}
