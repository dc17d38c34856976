import type { Database } from '../database/database.js';
import type { SeverityNumber } from '../findings/finding.js';
import type { PlaybookCandidate } from './playbook-run.js';

export interface CandidateQuery {
  readonly playbook: string;
  /** Ids of rules and checks. */
  readonly rules: readonly string[];
  readonly leastSeverity: SeverityNumber;
  readonly subjectKind: string;
  readonly limit: number;
}

/** All findings of one incident about one subject are one opening; a finding that comes back is another one. */
const OPENING = `CASE WHEN d.incident_id IS NULL THEN concat_ws(' ', 'finding', f.id, extract(epoch FROM f.opened_at))
  ELSE concat_ws(' ', 'incident', d.incident_id, f.subject_kind, f.subject_key) END`;
/** What happened is as old as its last event, not as the day on which somebody has read of it. */
const AT = 'coalesce(d.last_at, f.opened_at)';
const COLUMNS = `f.integration_id AS "integrationId", f.id AS "findingId", d.incident_id AS "incidentId", f.rule, f.severity,
  f.subject_kind AS "subjectKind", f.subject_key AS "subjectKey", n.subject_label AS label, ${AT} AS at, ${OPENING} AS opening`;
const FROM = `findings f LEFT JOIN detection_findings d ON d.finding_id = f.id
  LEFT JOIN incidents n ON n.id = d.incident_id AND n.subject_kind = f.subject_kind AND n.subject_key = f.subject_key`;
const IS_THERE = '(SELECT true FROM integrations i WHERE i.id = f.integration_id)';
const IS_MEANT = `f.workspace_id = $1 AND f.rule = ANY ($2::text[]) AND f.severity >= $3::smallint AND f.subject_kind = $4 AND ${IS_THERE}`;

/** Findings by which a playbook would begin, as far as findings say. */
export class PlaybookCandidates {
  constructor(private readonly database: Database) {}

  /** Those that stand, were opened since, and have begun nothing yet: the oldest of each opening, the youngest opening first. */
  async since(workspaceId: string, query: CandidateQuery, since: Date): Promise<readonly PlaybookCandidate[]> {
    const { playbook, rules, leastSeverity, subjectKind, limit } = query;
    return this.database.query<PlaybookCandidate>(
      `SELECT * FROM (
         SELECT DISTINCT ON (opening) * FROM (
           SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_MEANT} AND f.status IN ('open', 'acknowledged')
             AND f.opened_at >= $5 AND f.opened_at > now() - interval '7 days'
             -- A log that is read for the first time tells of what is long over.
             AND (d.last_at IS NULL OR d.last_at > f.opened_at - interval '24 hours')
         ) c WHERE NOT EXISTS (SELECT 1 FROM playbook_runs r WHERE r.workspace_id = $1 AND r.playbook = $6 AND r.opening = c.opening)
         ORDER BY opening, at, "findingId"
       ) o ORDER BY at DESC, "findingId" LIMIT $7`,
      [workspaceId, rules, leastSeverity, subjectKind, since, playbook, limit],
    );
  }

  /** All of a time, whatever became of them: the oldest of each opening, the youngest opening first. */
  async history(workspaceId: string, query: CandidateQuery, days: number): Promise<readonly PlaybookCandidate[]> {
    const { rules, leastSeverity, subjectKind, limit } = query;
    return this.database.query<PlaybookCandidate>(
      `SELECT * FROM (
         SELECT DISTINCT ON (opening) * FROM (
           SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_MEANT} AND ${AT} > now() - $5 * interval '1 day'
         ) c ORDER BY opening, at, "findingId"
       ) o ORDER BY at DESC, "findingId" LIMIT $6`,
      [workspaceId, rules, leastSeverity, subjectKind, days, limit],
    );
  }

  /** Of one finding, or of the findings of an incident the worst that is about such a subject. */
  async of(
    workspaceId: string,
    { findingId = null, incidentId = null }: { readonly findingId?: string | null; readonly incidentId?: string | null },
    subjectKind: string,
  ): Promise<PlaybookCandidate | undefined> {
    const [found] = await this.database.query<PlaybookCandidate>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE f.workspace_id = $1 AND ($2::uuid IS NULL OR f.id = $2) AND ($3::uuid IS NULL OR d.incident_id = $3)
         AND f.subject_kind = $4 AND ${IS_THERE}
       ORDER BY f.status IN ('open', 'acknowledged') DESC, f.severity DESC, f.opened_at DESC, f.id LIMIT 1`,
      [workspaceId, findingId, incidentId, subjectKind],
    );
    return found;
  }
}
