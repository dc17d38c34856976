import type { Queries } from '../database/database.js';
import type { FindingSource } from './finding.js';

/** What a look at one rule found, as a statement: nothing of it passes through this process. */
export interface Sightings {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly source: FindingSource;
  readonly rule: string;
  readonly subjectKind: string;
  /** Selects `key` (text, each once), `evidence` (jsonb, nothing in it that changes by itself) and `severity` (1 to 5). */
  readonly sql: string;
  /** Of `sql`, from `$1`. */
  readonly values: readonly unknown[];
  /** `false`: some of the data was not there, so that what was not found may be there still. */
  readonly complete: boolean;
  /** The look was at these subjects alone: nothing is said of others. */
  readonly only?: readonly string[] | undefined;
}

export interface Settled {
  /** All that are so now. */
  readonly found: number;
  /** Of those: never seen before; back after they were resolved. */
  readonly opened: number;
  readonly reopened: number;
  readonly resolved: number;
}

/**
 * Makes the findings of a rule what a look has found, in one statement of the caller's transaction: new ones open, those that
 * are gone are resolved, those that come back are open again (or excepted still), and each change is in the history. What
 * people have said stays. Two looks at once end as one: a fact has one row.
 */
export async function settleFindings(queries: Queries, sightings: Sightings): Promise<Settled> {
  const { workspaceId, integrationId, source, rule, subjectKind, sql, values, complete, only } = sightings;
  // Two looks with one rule wait for each other. People's changes do not: those of a look leave what they said.
  await queries.query(`SELECT pg_advisory_xact_lock(hashtextextended('findings of ' || $1::text || ' ' || $2::text, 0))`, [
    integrationId,
    rule,
  ]);
  const own = [workspaceId, integrationId, source, rule, subjectKind, complete, ...(only === undefined ? [] : [only])];
  const [workspace, integration, by, of, kind, whole, keys] = own.map((_, n) => `$${values.length + n + 1}`);
  const isOwn = `integration_id = ${integration}::uuid AND source = ${by}::text AND rule = ${of}::text AND subject_kind = ${kind}::text`;
  const among = (column: string): string => (keys === undefined ? 'true' : `${column} = ANY (${keys}::text[])`);
  const [row] = await queries.query<Settled>(
    `WITH found AS MATERIALIZED (SELECT s.* FROM (${sql}) s WHERE ${among('s.key')}),
     known AS MATERIALIZED (
       SELECT id, subject_key, status, severity, evidence FROM findings
       WHERE ${isOwn} AND ${among('subject_key')}
     ), opened AS (
       INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence)
       SELECT ${workspace}::uuid, ${integration}::uuid, ${by}::text, ${of}::text, ${kind}::text, f.key,
         sha256(convert_to(concat_ws(E'\\x1f', ${by}::text, ${of}::text, ${kind}::text, f.key), 'UTF8')), f.severity, 'open', f.evidence
       FROM found f WHERE NOT EXISTS (SELECT 1 FROM known k WHERE k.subject_key = f.key)
       ON CONFLICT (integration_id, fingerprint) DO NOTHING
       RETURNING 1
     ), changes AS MATERIALIZED (
       SELECT k.id, f.severity, f.evidence, k.status = 'resolved' AS "isBack", k.severity AS "oldSeverity", k.evidence AS "oldEvidence"
       FROM found f JOIN known k ON k.subject_key = f.key
       WHERE k.status = 'resolved' OR k.severity <> f.severity OR k.evidence <> f.evidence
     ), changed AS (
       UPDATE findings t SET severity = c.severity, evidence = c.evidence, changed_at = now(), resolved_at = NULL,
         opened_at = CASE WHEN c."isBack" THEN now() ELSE t.opened_at END,
         status = CASE WHEN NOT c."isBack" THEN t.status WHEN t.excepted_until > now() THEN 'excepted' ELSE 'open' END
       FROM changes c WHERE t.id = c.id
     ), gone AS (
       UPDATE findings t SET status = 'resolved', resolved_at = now(), changed_at = now()
       FROM known k WHERE t.id = k.id AND ${whole}::boolean AND t.status <> 'resolved' AND NOT EXISTS (SELECT 1 FROM found f WHERE f.key = k.subject_key)
       RETURNING t.id
     ), history AS (
       INSERT INTO finding_events (finding_id, kind, detail)
       SELECT id, 'reopened', NULL::jsonb FROM changes WHERE "isBack"
       UNION ALL SELECT id, 'severity', jsonb_build_object('from', "oldSeverity", 'to', severity) FROM changes WHERE "oldSeverity" <> severity
       UNION ALL SELECT id, 'evidence', jsonb_build_object('from', "oldEvidence", 'to', evidence) FROM changes WHERE NOT "isBack" AND "oldEvidence" <> evidence
       UNION ALL SELECT id, 'resolved', NULL FROM gone
     )
     SELECT ${keys === undefined ? FOUND : standing(isOwn)}::integer AS found, (SELECT count(*) FROM opened)::integer AS opened,
       (SELECT count(*) FROM changes WHERE "isBack")::integer AS reopened, (SELECT count(*) FROM gone)::integer AS resolved`,
    [...values, ...own],
  );
  return row ?? { found: 0, opened: 0, reopened: 0, resolved: 0 };
}

const FOUND = '(SELECT count(*) FROM found)';

/** Those that were so before, with what the same statement changes, which it does not see itself. */
function standing(isOwn: string): string {
  return `((SELECT count(*) FROM findings WHERE ${isOwn} AND status <> 'resolved')
    + (SELECT count(*) FROM opened) + (SELECT count(*) FROM changes WHERE "isBack") - (SELECT count(*) FROM gone))`;
}
