import { createHash } from 'node:crypto';
import type { JsonObject } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import type { EpisodeName, EpisodeToSettle } from './episode.js';
import { incidentOf, reaches } from './incident-of-episode.js';

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

/**
 * Makes an episode a finding, in the caller's transaction: the one that it was before, or a new one, in an incident of its actor.
 * Called again with the same episode it changes nothing. What its incidents are by then `refreshIncidents` says, once a batch.
 * @param held by `holdFindings`, with this episode among them
 */
export async function settleEpisode(
  queries: Queries,
  where: { readonly workspaceId: string; readonly integrationId: string },
  episode: EpisodeToSettle,
  held: HeldFindings,
): Promise<SettledEpisode> {
  const fingerprint = fingerprintOf(episode);
  const [first, ...others] = held.of(episode);
  if (first === undefined) return open(queries, where, episode, fingerprint);
  await partOfAnother(queries, others, first);
  const suppression = first.status === 'resolved' ? await suppressionOf(queries, where.workspaceId, episode) : undefined;
  await change(queries, first, episode, fingerprint, suppression);
  return {
    findingId: first.id,
    incidentId: first.incidentId,
    isNew: false,
    isNewIncident: false,
    isSuppressed: first.status === 'excepted' || suppression !== undefined,
    otherIncidents: others.map(({ incidentId }) => incidentId),
  };
}

/** Findings that are there already, of the episodes of a batch: nobody else changes them until the end of the transaction. */
export class HeldFindings {
  readonly #byFingerprint: ReadonlyMap<string, Known>;

  constructor(known: readonly Known[]) {
    this.#byFingerprint = new Map(known.map((one) => [one.fingerprint, one]));
  }

  /** What an episode was told as before, in the order of its time. */
  of(episode: EpisodeToHold): readonly Known[] {
    const known = fingerprintsOf(episode).flatMap((fingerprint) => this.#byFingerprint.get(fingerprint.toString('hex')) ?? []);
    return known.toSorted((one, other) => one.firstAt.getTime() - other.firstAt.getTime() || (one.id < other.id ? -1 : 1));
  }
}

type EpisodeToHold = EpisodeName & Pick<EpisodeToSettle, 'replaces'>;

const KNOWN = `SELECT f.id, encode(f.fingerprint, 'hex') AS fingerprint, f.status, f.severity, f.evidence, d.incident_id AS "incidentId",
    d.told, d.first_at AS "firstAt"
  FROM findings f JOIN detection_findings d ON d.finding_id = f.id
  WHERE f.integration_id = $1 AND f.fingerprint = ANY ($2::bytea[]) ORDER BY d.first_at, f.id`;

/**
 * Takes what episodes of an organisation were told as, all at once, for the caller's transaction: somebody may be closing it at
 * this moment. Incidents are taken first, as people's changes take them, and what is read behind that is what those have left.
 */
export async function holdFindings(
  queries: Queries,
  integrationId: string,
  episodes: readonly EpisodeToHold[],
): Promise<HeldFindings> {
  const fingerprints = episodes.flatMap((episode) => fingerprintsOf(episode));
  const seen = await queries.query<Known>(KNOWN, [integrationId, fingerprints]);
  if (seen.length === 0) return new HeldFindings([]);
  const incidents = [...new Set(seen.map(({ incidentId }) => incidentId))];
  await queries.query('SELECT FROM incidents WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [incidents]);
  return new HeldFindings(await queries.query<Known>(`${KNOWN} FOR NO KEY UPDATE OF f`, [integrationId, fingerprints]));
}

function fingerprintsOf(episode: EpisodeToHold): readonly Buffer[] {
  return [fingerprintOf(episode), ...episode.replaces.map((key) => fingerprintOf({ ...episode, key }))];
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
  return gone.incidentId;
}

interface Known {
  readonly id: string;
  readonly fingerprint: string;
  readonly status: string;
  readonly severity: number;
  readonly evidence: JsonObject;
  readonly incidentId: string;
  readonly told: boolean;
  readonly firstAt: Date;
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
  await reaches(queries, known.incidentId, { firstAt, lastAt, session: null });
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
  for (const { id, status } of others) {
    if (status === 'resolved') continue;
    await queries.query(`UPDATE findings SET status = 'resolved', resolved_at = now(), changed_at = now() WHERE id = $1`, [id]);
    await note(queries, id, 'resolved', { why: 'part_of_another', finding: of.id });
  }
}

async function note(queries: Queries, findingId: string, kind: string, detail: JsonObject | null): Promise<void> {
  await queries.query(`INSERT INTO finding_events (finding_id, kind, detail) VALUES ($1, $2, $3)`, [
    findingId,
    kind,
    detail === null ? null : JSON.stringify(detail),
  ]);
}
