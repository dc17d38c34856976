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
/** Keys of accounts of a workspace that have this login or address of mail; a few. */
export async function accountsCalled(queries: Queries, workspaceId: string, text: string): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly key: string }>(
    `SELECT DISTINCT a.key FROM accounts a JOIN integrations i ON i.id = a.integration_id
     WHERE i.workspace_id = $1 AND a.removed_at IS NULL AND (lower(a.login) = lower($2) OR lower(a.email) = lower($2)) LIMIT 5`,
    [workspaceId, text],
  );
  return rows.map(({ key }) => key);
}

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

/**
 * Ends one before its date, in the caller's transaction: what it has excepted is open again, as it would be on that date. What
 * another one fits is excepted by that from now on; what somebody has excepted otherwise since, or has settled, stays as it is.
 * @returns how many are open again
 */
export async function endSuppression(
  queries: Queries,
  workspaceId: string,
  { id, rule, subject, reason, until }: StoredSuppression,
  by: AuditActor,
): Promise<number> {
  await queries.query('DELETE FROM detection_suppressions WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
  const [row] = await queries.query<{ readonly ids: readonly string[]; readonly opened: number }>(
    `WITH chosen AS (
       SELECT f.id, s.until, s.reason FROM findings f JOIN detection_findings d ON d.finding_id = f.id
         JOIN incidents n ON n.id = d.incident_id LEFT JOIN LATERAL (
           SELECT s.until, s.reason FROM detection_suppressions s
           WHERE s.workspace_id = $1 AND s.until > now() AND (s.rule IS NULL OR s.rule = f.rule)
             AND (s.subject_key IS NULL OR s.subject_key = f.subject_key) ORDER BY s.until DESC LIMIT 1
         ) s ON true
       WHERE f.workspace_id = $1 AND f.source = 'detection' AND f.status = 'excepted' AND f.excepted_until = $4 AND f.excepted_reason = $5
         AND ($2::text IS NULL OR f.rule = $2) AND ($3::text IS NULL OR f.subject_key = $3)
         AND (n.status <> 'closed' OR n.verdict IS NULL) ORDER BY f.id FOR UPDATE OF f
     ), changed AS (
       UPDATE findings t SET status = CASE WHEN c.until IS NULL THEN 'open' ELSE 'excepted' END, excepted_until = c.until,
         excepted_reason = c.reason, changed_at = now()
       FROM chosen c WHERE t.id = c.id RETURNING t.id, t.status
     ), told AS (
       INSERT INTO finding_events (finding_id, kind, actor) SELECT id, 'exception_ended', $6::jsonb FROM changed WHERE status = 'open'
     )
     SELECT coalesce(array_agg(id), '{}') AS ids, count(*) FILTER (WHERE status = 'open')::int AS opened FROM changed`,
    [workspaceId, rule, subject, until, reason, JSON.stringify(by)],
  );
  await refreshIncidentsOf(queries, row?.ids ?? []);
  return row?.opened ?? 0;
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
