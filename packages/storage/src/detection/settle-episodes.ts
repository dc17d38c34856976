import { createHash } from 'node:crypto';
import type { JsonObject } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import type { SeverityNumber } from '../findings/finding.js';
import { refreshIncidents } from './incident-standing.js';

export interface EpisodeName {
  readonly rule: string;
  /** The values that the rule groups by, as one text. */
  readonly group: string;
  /** Key of the first event. */
  readonly key: string;
}

export interface EpisodeSubject {
  /** `account`, `address` or `organisation`. */
  readonly kind: string;
  readonly key: string;
  readonly label: string;
}

/** What a rule has found, as it is now. */
export interface EpisodeToSettle extends EpisodeName {
  /** Keys of the same rule and group by which it was told before. */
  readonly replaces: readonly string[];
  readonly severity: SeverityNumber;
  /** 1 low, 2 medium, 3 high. */
  readonly confidence: 1 | 2 | 3;
  readonly subject: EpisodeSubject;
  readonly session: string | null;
  readonly evidence: JsonObject;
  /** In ms since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly events: readonly string[];
}

export interface SettledEpisode {
  readonly findingId: string;
  readonly incidentId: string;
  /** Not seen before. */
  readonly isNew: boolean;
  readonly isNewIncident: boolean;
  readonly isSuppressed: boolean;
  /** Of findings that have turned out to be part of this one. */
  readonly otherIncidents: readonly string[];
}

/** Findings of one actor that are further apart are two stories. */
const INCIDENT_GAP = `interval '24 hours'`;

/**
 * Makes an episode a finding, in the caller's transaction: the one that it was before, or a new one, in an incident of its actor.
 * Called again with the same episode it changes nothing.
 */
export async function settleEpisode(
  queries: Queries,
  where: { readonly workspaceId: string; readonly integrationId: string },
  episode: EpisodeToSettle,
): Promise<SettledEpisode> {
  const fingerprint = fingerprintOf(episode);
  const before = [fingerprint, ...episode.replaces.map((key) => fingerprintOf({ ...episode, key }))];
  const [first, ...others] = await held(queries, where.integrationId, before);
  if (first === undefined) return open(queries, where, episode, fingerprint);
  await partOfAnother(queries, others, first);
  const suppression = first.status === 'resolved' ? await suppressionOf(queries, where.workspaceId, episode) : undefined;
  await change(queries, first, episode, fingerprint, suppression);
  await refreshIncidents(queries, [first.incidentId]);
  return {
    findingId: first.id,
    incidentId: first.incidentId,
    isNew: false,
    isNewIncident: false,
    isSuppressed: first.status === 'excepted' || suppression !== undefined,
    otherIncidents: others.map(({ incidentId }) => incidentId),
  };
}

const KNOWN = `SELECT f.id, f.status, f.severity, f.evidence, d.incident_id AS "incidentId", d.told
  FROM findings f JOIN detection_findings d ON d.finding_id = f.id
  WHERE f.integration_id = $1 AND f.fingerprint = ANY ($2::bytea[]) ORDER BY d.first_at, f.id`;

/**
 * Findings by their fingerprints, for the caller's transaction: somebody may be closing them at this moment. Incidents are taken
 * first, as people's changes take them, and what is read behind that is what those have left.
 */
async function held(queries: Queries, integrationId: string, fingerprints: readonly Buffer[]): Promise<readonly Known[]> {
  const seen = await queries.query<Known>(KNOWN, [integrationId, fingerprints]);
  if (seen.length === 0) return [];
  const incidents = seen.map(({ incidentId }) => incidentId);
  await queries.query('SELECT FROM incidents WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [incidents]);
  return queries.query<Known>(`${KNOWN} FOR NO KEY UPDATE OF f`, [integrationId, fingerprints]);
}

/** A late event has shown that there is no such episode. @returns the incident that it was in, if it was told */
export async function dropEpisode(queries: Queries, integrationId: string, name: EpisodeName): Promise<string | undefined> {
  const [gone] = await queries.query<{ readonly id: string; readonly incidentId: string }>(
    `UPDATE findings f SET status = 'resolved', resolved_at = now(), changed_at = now() FROM detection_findings d
     WHERE f.integration_id = $1 AND f.fingerprint = $2 AND d.finding_id = f.id AND f.status <> 'resolved'
     RETURNING f.id, d.incident_id AS "incidentId"`,
    [integrationId, fingerprintOf(name)],
  );
  if (gone === undefined) return undefined;
  await note(queries, gone.id, 'resolved', { why: 'late_event' });
  await refreshIncidents(queries, [gone.incidentId]);
  return gone.incidentId;
}

interface Known {
  readonly id: string;
  readonly status: string;
  readonly severity: number;
  readonly evidence: JsonObject;
  readonly incidentId: string;
  readonly told: boolean;
}

function fingerprintOf({ rule, group, key }: EpisodeName): Buffer {
  return createHash('sha256').update(['detection', rule, group, key].join('\u001f')).digest();
}

async function open(
  queries: Queries,
  where: { readonly workspaceId: string; readonly integrationId: string },
  episode: EpisodeToSettle,
  fingerprint: Buffer,
): Promise<SettledEpisode> {
  const { rule, severity, subject, evidence } = episode;
  const suppression = await suppressionOf(queries, where.workspaceId, episode);
  const incident = await incidentOf(queries, where, episode);
  const [row] = await queries.query<{ readonly id: string }>(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status,
       evidence, excepted_until, excepted_reason)
     VALUES ($1, $2, 'detection', $3, $4, $5, $6, $7, CASE WHEN $9::timestamptz IS NULL THEN 'open' ELSE 'excepted' END, $8, $9, $10)
     RETURNING id`,
    [
      where.workspaceId,
      where.integrationId,
      rule,
      subject.kind,
      subject.key,
      fingerprint,
      severity,
      JSON.stringify(evidence),
      suppression?.until ?? null,
      suppression?.reason ?? null,
    ],
  );
  if (row === undefined) throw new Error('An INSERT gave no row.');
  await queries.query(
    `INSERT INTO detection_findings (finding_id, incident_id, confidence, first_at, last_at, events) VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, incident.id, episode.confidence, new Date(episode.firstAt), new Date(episode.lastAt), episode.events],
  );
  await refreshIncidents(queries, [incident.id]);
  return {
    findingId: row.id,
    incidentId: incident.id,
    isNew: true,
    isNewIncident: incident.isNew,
    isSuppressed: suppression !== undefined,
    otherIncidents: [],
  };
}

interface Suppression {
  readonly until: Date;
  readonly reason: string;
}

/** Why nobody wants to hear of it, of several what lasts the longest. */
async function suppressionOf(
  queries: Queries,
  workspaceId: string,
  { rule, subject }: EpisodeToSettle,
): Promise<Suppression | undefined> {
  const [suppression] = await queries.query<Suppression>(
    `SELECT until, reason FROM detection_suppressions
     WHERE workspace_id = $1 AND until > now() AND (rule IS NULL OR rule = $2) AND (subject_key IS NULL OR subject_key = $3)
     ORDER BY until DESC LIMIT 1`,
    [workspaceId, rule, subject.key],
  );
  return suppression;
}

/** @param suppression of one that was closed: it goes on, and nobody wants to hear of it */
async function change(
  queries: Queries,
  known: Known,
  episode: EpisodeToSettle,
  fingerprint: Buffer,
  suppression: Suppression | undefined,
): Promise<void> {
  const { severity, evidence, confidence, firstAt, lastAt, events } = episode;
  const [changed] = await queries.query<{ readonly isOther: boolean }>(
    `UPDATE findings SET fingerprint = $2, severity = $3, evidence = $4, changed_at = now(),
       -- What was closed goes on: somebody has to look at it again.
       status = CASE WHEN status <> 'resolved' THEN status WHEN coalesce($5, excepted_until) > now() THEN 'excepted' ELSE 'open' END,
       excepted_until = coalesce($5, excepted_until), excepted_reason = coalesce($6, excepted_reason), resolved_at = NULL
     WHERE id = $1 AND (fingerprint <> $2 OR severity <> $3 OR evidence <> $4) RETURNING true AS "isOther"`,
    [known.id, fingerprint, severity, JSON.stringify(evidence), suppression?.until ?? null, suppression?.reason ?? null],
  );
  if (changed === undefined) return;
  await queries.query(
    `UPDATE detection_findings SET confidence = $2, first_at = $3, last_at = $4, events = $5 WHERE finding_id = $1`,
    [known.id, confidence, new Date(firstAt), new Date(lastAt), events],
  );
  if (suppression !== undefined)
    await note(queries, known.id, 'excepted', { until: suppression.until.toISOString(), reason: suppression.reason });
  else if (known.status === 'resolved') {
    await note(queries, known.id, 'reopened', null);
    await reopenIncident(queries, known.incidentId);
  }
  if (known.severity !== severity) await note(queries, known.id, 'severity', { from: known.severity, to: severity });
}

async function reopenIncident(queries: Queries, id: string): Promise<void> {
  await queries.query(
    `WITH reopened AS (
       UPDATE incidents SET status = 'open', closed_at = NULL, verdict = NULL WHERE id = $1 AND status = 'closed' RETURNING id
     ) INSERT INTO incident_events (incident_id, kind) SELECT id, 'reopened' FROM reopened`,
    [id],
  );
}

/** What was told as several is one by now. */
async function partOfAnother(queries: Queries, others: readonly Known[], of: Known): Promise<void> {
  // Whoever was told of a part is not told of the whole as well.
  if (!of.told && others.some(({ told }) => told))
    await queries.query(`UPDATE detection_findings SET told = true WHERE finding_id = $1`, [of.id]);
  for (const { id, status, incidentId } of others) {
    if (status === 'resolved') continue;
    await queries.query(`UPDATE findings SET status = 'resolved', resolved_at = now(), changed_at = now() WHERE id = $1`, [id]);
    await note(queries, id, 'resolved', { why: 'part_of_another', finding: of.id });
    await refreshIncidents(queries, [incidentId]);
  }
}

async function note(queries: Queries, findingId: string, kind: string, detail: JsonObject | null): Promise<void> {
  await queries.query(`INSERT INTO finding_events (finding_id, kind, detail) VALUES ($1, $2, $3)`, [
    findingId,
    kind,
    detail === null ? null : JSON.stringify(detail),
  ]);
}

/** The incident that goes on with it, or a new one. */
async function incidentOf(
  queries: Queries,
  { workspaceId, integrationId }: { readonly workspaceId: string; readonly integrationId: string },
  { subject, session, severity, confidence, rule, firstAt, lastAt }: EpisodeToSettle,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const [begin, end] = [new Date(firstAt), new Date(lastAt)];
  const [known] = await queries.query<{ readonly id: string }>(
    `SELECT id FROM incidents
     WHERE integration_id = $1 AND (status <> 'closed' OR verdict IS NULL)
       AND (subject_kind = $2 AND subject_key = $3 OR $6::text = ANY (sessions))
       AND first_at <= $5::timestamptz + ${INCIDENT_GAP} AND last_at >= $4::timestamptz - ${INCIDENT_GAP}
     ORDER BY (subject_kind = $2 AND subject_key = $3) DESC, last_at DESC, id LIMIT 1 FOR NO KEY UPDATE`,
    [integrationId, subject.kind, subject.key, begin, end, session],
  );
  if (known !== undefined) {
    await queries.query(
      `UPDATE incidents SET sessions = sessions || $2::text WHERE id = $1 AND $2::text IS NOT NULL AND NOT $2::text = ANY (sessions)
         AND cardinality(sessions) < 50`,
      [known.id, session],
    );
    return { id: known.id, isNew: false };
  }
  const [row] = await queries.query<{ readonly id: string }>(
    `INSERT INTO incidents (workspace_id, integration_id, subject_kind, subject_key, subject_label, sessions, status, severity,
       confidence, findings, rule, first_at, last_at)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $6::text IS NULL THEN '{}' ELSE ARRAY[$6::text] END, 'open', $7, $8, 0, $9, $10, $11) RETURNING id`,
    [workspaceId, integrationId, subject.kind, subject.key, subject.label, session, severity, confidence, rule, begin, end],
  );
  if (row === undefined) throw new Error('An INSERT gave no row.');
  return { id: row.id, isNew: true };
}
