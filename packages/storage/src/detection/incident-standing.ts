import type { Queries } from '../database/database.js';

/**
 * Makes incidents what their findings are, in the caller's transaction. One is as bad as the worst of those that are to be worked
 * through, and is called by it. Where none is (all are excepted, or undone), it is closed by itself, and open again when one is;
 * what a person has closed stays so.
 */
export async function refreshIncidents(queries: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.query(
    `UPDATE incidents i SET severity = coalesce(w.severity, i.severity), confidence = coalesce(w.confidence, i.confidence),
       rule = coalesce(w.rule, i.rule), findings = c.findings, first_at = coalesce(c.first_at, i.first_at),
       last_at = coalesce(c.last_at, i.last_at), changed_at = now(),
       status = CASE WHEN c.standing = 0 THEN 'closed' WHEN i.status = 'closed' AND i.verdict IS NULL THEN 'open' ELSE i.status END,
       closed_at = CASE WHEN c.standing = 0 THEN coalesce(i.closed_at, now()) WHEN i.verdict IS NULL THEN NULL ELSE i.closed_at END
     FROM unnest($1::uuid[]) AS s (id), LATERAL (
       SELECT count(*)::integer AS findings, count(*) FILTER (WHERE f.status <> 'excepted')::integer AS standing,
         min(d.first_at) AS first_at, max(d.last_at) AS last_at
       FROM detection_findings d JOIN findings f ON f.id = d.finding_id WHERE d.incident_id = s.id AND f.status <> 'resolved'
     ) c LEFT JOIN LATERAL (
       SELECT f.severity, d.confidence, f.rule FROM detection_findings d JOIN findings f ON f.id = d.finding_id
       WHERE d.incident_id = s.id AND f.status <> 'resolved'
       ORDER BY f.status = 'excepted', f.severity DESC, d.confidence DESC, d.first_at, f.id LIMIT 1
     ) w ON true
     WHERE i.id = s.id`,
    [[...new Set(ids)].toSorted()],
  );
}

/** The same of those that findings are part of. */
export async function refreshIncidentsOf(queries: Queries, findings: readonly string[]): Promise<void> {
  if (findings.length === 0) return;
  const rows = await queries.query<{ readonly id: string }>(
    'SELECT DISTINCT incident_id AS id FROM detection_findings WHERE finding_id = ANY ($1::uuid[])',
    [findings],
  );
  await refreshIncidents(
    queries,
    rows.map(({ id }) => id),
  );
}
