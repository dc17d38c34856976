import type { Queries } from '../database/database.js';
import { CONFIDENCE_WORDS, type FindingOpened, type IncidentChanged } from '../events/detection-events.js';
import { recordEvent } from '../events/event-outbox.js';
import { type SeverityNumber, severityWord } from '../findings/finding.js';
import type { IncidentStatus, IncidentVerdict } from './incident.js';
import { MOST_OTHERS, othersOfIncidents } from './incident-others.js';

/** A finding that has begun or is not what it was, and what its subject is called. */
export interface FoundToTell {
  readonly findingId: string;
  readonly label: string;
}

/** What both kinds of rows have. */
interface ToldRow {
  readonly workspaceId: string;
  readonly incident: string;
  readonly integration: string;
  readonly name: string;
  readonly ruleId: string;
  readonly title: string | null;
  readonly severity: SeverityNumber;
  readonly confidence: 1 | 2 | 3;
  readonly subjectKind: string;
  readonly subjectKey: string;
  readonly subjectLabel: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

interface FindingRow extends ToldRow {
  readonly finding: string;
  readonly author: string | null;
  readonly events: number;
  /** People that its evidence names. */
  readonly people: readonly { readonly key: string; readonly label: string }[];
}

interface IncidentRow extends ToldRow {
  readonly findings: number;
  readonly status: IncidentStatus;
  readonly verdict: IncidentVerdict | null;
  readonly toldSeverity: SeverityNumber | null;
  readonly toldClosed: boolean;
}

/** Whoever connects an organisation is not to be woken by what its log says of last month. */
const NEWS = `interval '24 hours'`;
const MOST_RULES = 10;

/**
 * Tells of each of these findings that nobody was told of, unless it is no news or is excepted, in the caller's transaction: so
 * each is told once, whoever is killed when, and however often its events are looked at.
 */
export async function tellFindings(queries: Queries, found: readonly FoundToTell[]): Promise<void> {
  if (found.length === 0) return;
  const rows = await queries.query<FindingRow>(
    `UPDATE detection_findings d SET told = true
     FROM jsonb_to_recordset($1::jsonb) AS s ("findingId" uuid, label text), findings f, integrations i
     WHERE d.finding_id = s."findingId" AND f.id = d.finding_id AND i.id = f.integration_id AND NOT d.told
       AND f.status IN ('open', 'acknowledged') AND f.severity > 1 AND d.last_at > now() - ${NEWS}
     RETURNING f.workspace_id AS "workspaceId", f.id AS finding, d.incident_id AS incident, i.id AS integration, i.name, f.rule AS "ruleId",
       f.evidence ->> 'title' AS title, f.evidence ->> 'author' AS author, f.severity, d.confidence, f.subject_kind AS "subjectKind",
       f.subject_key AS "subjectKey", s.label AS "subjectLabel", d.first_at AS "firstAt", d.last_at AS "lastAt",
       coalesce((f.evidence ->> 'events')::integer, cardinality(d.events)) AS events, ARRAY(
         SELECT DISTINCT jsonb_build_object('key', p ->> 'id', 'label', p ->> 'name') FROM jsonb_array_elements(
           coalesce(f.evidence -> 'targets', '[]') || CASE WHEN f.subject_kind = 'account' THEN '[]' ELSE coalesce(f.evidence -> 'actors', '[]') END
         ) p WHERE p ->> 'type' = 'User' AND p ->> 'id' <> f.subject_key
       ) AS people`,
    [JSON.stringify(found.map(({ findingId, label }) => ({ findingId, label })))],
  );
  for (const row of rows.toSorted((one, other) => one.firstAt.getTime() - other.firstAt.getTime())) {
    const { finding, incident, author, events, people } = row;
    const { rule, ...about } = aboutOf(row);
    const others = { first: people.slice(0, MOST_OTHERS), count: people.length };
    const data: FindingOpened = { finding, incident, ...about, others, rule: { ...rule, author }, events };
    await recordEvent(queries, row.workspaceId, 'finding.opened', data);
  }
}

/** Of incidents that have a finding that was told. That the log has shown something worse, and it is excepted, is no news. */
const TELL_INCIDENTS = `
  WITH due AS (
    SELECT n.id, n.told_severity, n.told_closed FROM incidents n
    WHERE n.id = ANY ($1::uuid[]) AND CASE
      WHEN n.told_severity IS NULL THEN n.status <> 'closed' AND EXISTS (
        SELECT 1 FROM detection_findings d JOIN findings f ON f.id = d.finding_id
        WHERE d.incident_id = n.id AND d.told AND f.status IN ('open', 'acknowledged')
      )
      ELSE (n.status = 'closed') <> n.told_closed OR n.severity > n.told_severity AND EXISTS (
        SELECT 1 FROM detection_findings d JOIN findings f ON f.id = d.finding_id
        WHERE d.incident_id = n.id AND d.told AND f.status IN ('open', 'acknowledged') AND f.severity > n.told_severity
      )
    END ORDER BY n.id FOR NO KEY UPDATE OF n
  )
  UPDATE incidents n SET told_severity = greatest(n.told_severity, n.severity), told_closed = n.status = 'closed'
  FROM due, integrations i WHERE n.id = due.id AND i.id = n.integration_id
  RETURNING n.workspace_id AS "workspaceId", n.id AS incident, i.id AS integration, i.name, n.rule AS "ruleId", n.severity, n.confidence,
    (SELECT f.evidence ->> 'title' FROM detection_findings d JOIN findings f ON f.id = d.finding_id
     WHERE d.incident_id = n.id AND f.rule = n.rule LIMIT 1) AS title,
    n.subject_kind AS "subjectKind", n.subject_key AS "subjectKey", n.subject_label AS "subjectLabel", n.first_at AS "firstAt",
    n.last_at AS "lastAt", n.findings, n.status, n.verdict, due.told_severity AS "toldSeverity", due.told_closed AS "toldClosed"`;

/** Tells what has become of incidents, in the caller's transaction, compared with what was told last. */
export async function tellIncidents(queries: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await queries.query<IncidentRow>(TELL_INCIDENTS, [[...new Set(ids)]]);
  const incidents = rows.map(({ incident }) => incident);
  const [others, rules] = [await othersOfIncidents(queries, incidents), await rulesOfIncidents(queries, incidents)];
  for (const row of rows) {
    const { workspaceId, incident, findings, status, verdict, toldSeverity: from } = row;
    const named = { others: others.get(incident) ?? { first: [], count: 0 }, rules: rules.get(incident) ?? [] };
    const opened = { incident, ...aboutOf(row), ...named, findings };
    if (from === null) await recordEvent(queries, workspaceId, 'incident.opened', opened);
    else await recordEvent(queries, workspaceId, 'incident.changed', { ...opened, ...changeOf(row, from), status, verdict });
  }
}

interface FoundRule {
  readonly id: string;
  readonly title: string;
}

/** What stands of each: a closed one has what it was closed with. */
async function rulesOfIncidents(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, readonly FoundRule[]>> {
  if (ids.length === 0) return new Map();
  const rows = await queries.query<{ readonly incident: string; readonly rules: readonly FoundRule[] }>(
    `SELECT s.id AS incident, (
       SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.rule, 'title', r.title) ORDER BY r.severity DESC, r.title COLLATE "C"), '[]') FROM (
         SELECT f.rule, coalesce(min(f.evidence ->> 'title'), f.rule) AS title, max(f.severity) AS severity
         FROM detection_findings d JOIN findings f ON f.id = d.finding_id JOIN incidents n ON n.id = d.incident_id
         WHERE d.incident_id = s.id AND (f.status IN ('open', 'acknowledged') OR n.status = 'closed')
         GROUP BY f.rule ORDER BY 3 DESC, f.rule LIMIT ${MOST_RULES}
       ) r
     ) AS rules FROM unnest($1::uuid[]) AS s (id)`,
    [ids],
  );
  return new Map(rows.map(({ incident, rules }) => [incident, rules]));
}

function changeOf({ status, toldClosed }: IncidentRow, from: SeverityNumber): Pick<IncidentChanged, 'change' | 'from'> {
  const isClosed = status === 'closed';
  if (isClosed !== toldClosed) return { change: isClosed ? 'closed' : 'reopened', from: null };
  return { change: 'severity', from: severityWord(from) };
}

function aboutOf(row: ToldRow) {
  const { integration, name, ruleId, title, confidence, subjectKind, subjectKey, subjectLabel } = row;
  return {
    integration,
    name,
    rule: { id: ruleId, title: title ?? ruleId },
    severity: severityWord(row.severity),
    confidence: CONFIDENCE_WORDS[confidence - 1] ?? 'medium',
    // An organisation is called as its integration is.
    subject: { kind: subjectKind, key: subjectKey, label: subjectKind === 'organisation' ? name : subjectLabel },
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  };
}
