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

/** Where a page has ended. */
export type CandidatePlace = Pick<PlaybookCandidate, 'at' | 'findingId'>;

/** Findings of one integration that were opened in a time, whoever they are about. */
export interface CandidateCount {
  readonly integrationId: string;
  readonly findings: number;
  /** Of those, what had happened long before it was found, or was excepted from the beginning: they begin nothing. */
  readonly late: number;
  readonly excepted: number;
  /** What the others are. */
  readonly openings: number;
}

/** All findings of one incident about one subject are one opening; a finding that comes back is another one. */
const OPENING = `CASE WHEN d.incident_id IS NULL THEN concat_ws(' ', 'finding', f.id, extract(epoch FROM f.opened_at))
  ELSE concat_ws(' ', 'incident', d.incident_id, f.subject_kind, f.subject_key) END`;
/** What happened is as old as its last event, not as the day on which somebody has read of it. In milliseconds, as a place has it. */
const AT = `date_trunc('milliseconds', coalesce(d.last_at, f.opened_at))`;
const COLUMNS = `f.integration_id AS "integrationId", f.id AS "findingId", d.incident_id AS "incidentId", f.rule, f.severity,
  f.subject_kind AS "subjectKind", f.subject_key AS "subjectKey", n.subject_label AS label, ${AT} AS at, ${OPENING} AS opening`;
const FROM = `findings f LEFT JOIN detection_findings d ON d.finding_id = f.id
  LEFT JOIN incidents n ON n.id = d.incident_id AND n.subject_kind = f.subject_kind AND n.subject_key = f.subject_key`;
const IS_THERE = '(SELECT true FROM integrations i WHERE i.id = f.integration_id)';
const IS_MEANT = `f.workspace_id = $1 AND f.rule = ANY ($2::text[]) AND f.severity >= $3::smallint AND f.subject_kind = $4 AND ${IS_THERE}`;
/** A log that is read for the first time tells of what is long over. */
const IS_LATE = `coalesce(d.last_at <= f.opened_at - interval '24 hours', false)`;
/** What is more than may begin on a day waits for so long. */
const WAIT = `interval '7 days'`;
/** The first that became of its exception since it was opened says whether there was one then; where nothing did, it is as it was. */
const WAS_EXCEPTED = `coalesce(
  (SELECT e.kind = 'exception_ended' AND e.at > f.opened_at + ${WAIT} FROM finding_events e
   WHERE e.finding_id = f.id AND e.kind IN ('excepted', 'exception_ended') AND e.at > f.opened_at ORDER BY e.id LIMIT 1),
  f.status = 'excepted' OR f.status = 'resolved' AND f.excepted_until > f.opened_at, false)`;
const IS_OF_TIME = `f.opened_at > now() - $5 * interval '1 day'`;
const STANDS = `f.status IN ('open', 'acknowledged') AND f.opened_at >= $5`;
const OLDEST_FIRST = 'ORDER BY opening, at, "findingId"';

/** Findings by which a playbook would begin, as far as findings say. */
export class PlaybookCandidates {
  constructor(private readonly database: Database) {}

  /**
   * Those that stand, were opened since, and have begun nothing yet: the oldest of each opening, the youngest opening first. One about a
   * subject for which the playbook runs waits until that is over.
   */
  async since(
    workspaceId: string,
    query: CandidateQuery,
    since: Date,
    after?: CandidatePlace,
  ): Promise<readonly PlaybookCandidate[]> {
    const { playbook, rules, leastSeverity, subjectKind, limit } = query;
    return this.database.query<PlaybookCandidate>(
      `WITH waited AS MATERIALIZED (
         SELECT integration_id, subject_key, max(ended_at) AS ended_at FROM playbook_runs
         WHERE workspace_id = $1 AND playbook = $6 AND subject_kind = $4 AND ended_at > now() - ${WAIT} GROUP BY 1, 2
       )
       SELECT * FROM (
         SELECT DISTINCT ON (opening) * FROM (
           SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_MEANT} AND ${STANDS} AND NOT ${IS_LATE} AND f.opened_at > now() - ${WAIT}
           UNION ALL
           SELECT ${COLUMNS} FROM waited w, ${FROM} WHERE ${IS_MEANT} AND ${STANDS} AND NOT ${IS_LATE} AND f.opened_at <= now() - ${WAIT}
             AND f.integration_id = w.integration_id AND f.subject_key = w.subject_key AND f.opened_at < w.ended_at
         ) c WHERE NOT EXISTS (SELECT 1 FROM playbook_runs r WHERE r.workspace_id = $1 AND r.playbook = $6 AND r.opening = c.opening)
           AND NOT EXISTS (SELECT 1 FROM playbook_runs r WHERE r.integration_id = c."integrationId" AND r.playbook = $6
             AND r.subject_kind = c."subjectKind" AND r.subject_key = c."subjectKey" AND r.state IN ('running', 'waiting'))
         ${OLDEST_FIRST}
       ) o WHERE $8::timestamptz IS NULL OR o.at < $8 OR (o.at = $8 AND o."findingId" > $9::uuid)
       ORDER BY at DESC, "findingId" LIMIT $7`,
      [workspaceId, rules, leastSeverity, subjectKind, since, playbook, limit, after?.at ?? null, after?.findingId ?? null],
    );
  }

  /** Those by which it would have begun in a time, whatever became of them: the oldest of each opening, the youngest opening first. */
  async history(workspaceId: string, query: CandidateQuery, days: number): Promise<readonly PlaybookCandidate[]> {
    const { rules, leastSeverity, subjectKind, limit } = query;
    return this.database.query<PlaybookCandidate>(
      `SELECT * FROM (
         SELECT DISTINCT ON (opening) * FROM (
           SELECT ${COLUMNS} FROM ${FROM} WHERE ${IS_MEANT} AND ${IS_OF_TIME} AND NOT ${IS_LATE} AND NOT ${WAS_EXCEPTED}
         ) c ${OLDEST_FIRST}
       ) o ORDER BY at DESC, "findingId" LIMIT $6`,
      [workspaceId, rules, leastSeverity, subjectKind, days, limit],
    );
  }

  /** How many there are of the same, and how many more findings that begin nothing. */
  async counts(workspaceId: string, query: CandidateQuery, days: number): Promise<readonly CandidateCount[]> {
    const { rules, leastSeverity, subjectKind } = query;
    return this.database.query<CandidateCount>(
      `SELECT "integrationId", count(*)::integer AS findings, (count(*) FILTER (WHERE is_late))::integer AS late,
         (count(*) FILTER (WHERE was_excepted AND NOT is_late))::integer AS excepted,
         (count(DISTINCT opening) FILTER (WHERE NOT is_late AND NOT was_excepted))::integer AS openings
       FROM (SELECT ${COLUMNS}, ${IS_LATE} AS is_late, ${WAS_EXCEPTED} AS was_excepted FROM ${FROM} WHERE ${IS_MEANT} AND ${IS_OF_TIME}) c
       GROUP BY 1`,
      [workspaceId, rules, leastSeverity, subjectKind, days],
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
