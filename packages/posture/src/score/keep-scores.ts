import { POSTURE_AREAS, type PostureArea } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { pointsOf, type Scored } from './score.js';

interface ResultRow {
  readonly check: string;
  readonly status: Scored['status'];
  readonly examined: number;
  readonly open: number;
}

interface ScoredResult extends Scored {
  readonly area: PostureArea;
}

/** Whose score is kept. */
export interface ScoredIntegration {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly connectorId: string;
}

/** What the checks say of an integration now, with the findings that are to be worked through; as the overview counts them. */
async function scoredResults(
  queries: Queries,
  { workspaceId, integrationId, connectorId }: ScoredIntegration,
  checks: readonly Check[],
): Promise<readonly ScoredResult[]> {
  const rows = await queries.query<ResultRow>(
    `SELECT r."check", r.status, r.examined, coalesce(f.open, 0)::integer AS open
     FROM check_results r LEFT JOIN (
       SELECT rule, count(*) AS open FROM findings
       WHERE workspace_id = $1 AND integration_id = $2 AND status IN ('open', 'acknowledged') AND status <> 'resolved' GROUP BY rule
     ) f ON f.rule = r."check"
     WHERE r.integration_id = $2`,
    [workspaceId, integrationId],
  );
  const byId = new Map(checks.map((check) => [check.id, check]));
  return rows.flatMap(({ check: id, ...row }) => {
    const check = byId.get(id);
    // What exists with another provider only says nothing here.
    const isMeant = check !== undefined && (check.only === undefined || check.only === connectorId);
    return isMeant ? [{ ...row, area: check.area, severity: check.severity }] : [];
  });
}

/** Keeps what the score of today is made of, by area. The last look of a day counts. */
export async function keepScores(queries: Queries, of: ScoredIntegration, checks: readonly Check[]): Promise<void> {
  const results = await scoredResults(queries, of, checks);
  // Also of an area that says nothing any more: what an earlier look has kept of it would stay.
  const rows = POSTURE_AREAS.map((area) => ({ area, ...pointsOf(results.filter((result) => result.area === area)) }));
  await queries.query(
    `INSERT INTO posture_scores (integration_id, day, area, weight, lost)
     SELECT $1, (now() AT TIME ZONE 'UTC')::date, s.* FROM jsonb_to_recordset($2::jsonb) AS s (area text, weight double precision, lost double precision)
     ON CONFLICT (integration_id, day, area) DO UPDATE SET weight = excluded.weight, lost = excluded.lost`,
    [of.integrationId, JSON.stringify(rows)],
  );
}
