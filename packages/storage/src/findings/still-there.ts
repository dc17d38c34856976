import type { Queries } from '../database/database.js';

/**
 * Of findings of which somebody says that they were mended by hand: that they are there still, once for each time that it was said. A whole
 * sync began after that and was over before the look that found them.
 * @param lookedAt when the look began @returns how many
 */
export async function noteStillThere(queries: Queries, integrationId: string, lookedAt: Date): Promise<number> {
  const rows = await queries.query(
    `WITH said AS MATERIALIZED (
       SELECT DISTINCT ON (e.finding_id) e.finding_id, e.id, e.at FROM finding_events e JOIN findings f ON f.id = e.finding_id
       WHERE e.kind = 'by_hand' AND f.integration_id = $1 AND f.source = 'posture' AND f.status <> 'resolved'
       ORDER BY e.finding_id, e.id DESC
     )
     INSERT INTO finding_events (finding_id, kind)
     SELECT s.finding_id, 'still_there' FROM said s JOIN findings f ON f.id = s.finding_id
     -- Of what a check could not look at nothing is said.
     JOIN check_results c ON c.integration_id = f.integration_id AND c."check" = f.rule AND c.status = 'failed'
     WHERE EXISTS (SELECT 1 FROM sync_runs r WHERE r.integration_id = f.integration_id AND r.mode = 'full' AND r.state = 'complete'
         AND r.started_at > s.at AND r.finished_at <= $2)
       AND NOT EXISTS (SELECT 1 FROM finding_events t WHERE t.finding_id = s.finding_id AND t.id > s.id AND t.kind IN ('still_there', 'resolved'))
     RETURNING id`,
    [integrationId, lookedAt],
  );
  return rows.length;
}
