import type { Queries } from '../database/database.js';
import type { EpisodeToSettle } from './episode.js';

/** Findings of one actor that are further apart are two stories. */
const INCIDENT_GAP = `interval '24 hours'`;

/** The incident that goes on with it, or a new one. */
export async function incidentOf(
  queries: Queries,
  { workspaceId, integrationId }: { readonly workspaceId: string; readonly integrationId: string },
  episode: EpisodeToSettle,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { subject, session, severity, confidence, rule, firstAt, lastAt } = episode;
  const [begin, end] = [new Date(firstAt), new Date(lastAt)];
  const id =
    (await goingOn(queries, `subject_kind = $4 AND subject_key = $5`, [
      integrationId,
      begin,
      end,
      subject.kind,
      subject.key,
    ])) ??
    (session === null
      ? undefined
      : await goingOn(queries, `sessions @> ARRAY[$4::text] AND sessions <> '{}'`, [integrationId, begin, end, session]));
  if (id !== undefined) {
    await reaches(queries, id, episode);
    return { id, isNew: false };
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

/** That of the subject comes before that of the session, and each is found along an index of its own. */
async function goingOn(queries: Queries, whose: string, values: readonly unknown[]): Promise<string | undefined> {
  const [known] = await queries.query<{ readonly id: string }>(
    `SELECT id FROM incidents
     WHERE integration_id = $1 AND (status <> 'closed' OR verdict IS NULL) AND ${whose}
       AND first_at <= $3::timestamptz + ${INCIDENT_GAP} AND last_at >= $2::timestamptz - ${INCIDENT_GAP}
     ORDER BY last_at DESC, id LIMIT 1 FOR NO KEY UPDATE`,
    values,
  );
  return known?.id;
}

/** What comes next in the same batch goes on with it, too: how far it reaches is not left to the end of the batch. */
export async function reaches(
  queries: Queries,
  incidentId: string,
  { session, firstAt, lastAt }: Pick<EpisodeToSettle, 'session' | 'firstAt' | 'lastAt'>,
): Promise<void> {
  await queries.query(
    `UPDATE incidents SET first_at = least(first_at, $3), last_at = greatest(last_at, $4),
       sessions = CASE WHEN $2::text = ANY (sessions) OR $2::text IS NULL OR cardinality(sessions) >= 50 THEN sessions
         ELSE sessions || $2::text END
     WHERE id = $1 AND (first_at > $3 OR last_at < $4 OR $2::text IS NOT NULL AND NOT $2::text = ANY (sessions) AND cardinality(sessions) < 50)`,
    [incidentId, session, new Date(firstAt), new Date(lastAt)],
  );
}
