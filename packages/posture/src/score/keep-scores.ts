import type { PostureArea } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { type Scored, scoreOf } from './score.js';

interface ResultRow {
  readonly check: string;
  readonly status: Scored['status'];
  readonly examined: number;
  readonly open: number;
  readonly excepted: number;
}

export interface ScoredResult extends Scored, ResultRow {
  readonly area: PostureArea;
}

/** What the checks say of an integration now, with the findings that are to be worked through. */
export async function scoredResults(
  queries: Queries,
  integrationId: string,
  checks: readonly Check[],
): Promise<readonly ScoredResult[]> {
  const rows = await queries.query<ResultRow>(
    `SELECT r."check", r.status, r.examined, coalesce(f.open, 0)::integer AS open, coalesce(f.excepted, 0)::integer AS excepted
     FROM check_results r LEFT JOIN (
       SELECT rule, count(*) FILTER (WHERE status IN ('open', 'acknowledged')) AS open, count(*) FILTER (WHERE status = 'excepted') AS excepted
       FROM findings WHERE integration_id = $1 AND source = 'posture' AND status <> 'resolved' GROUP BY rule) f ON f.rule = r."check"
     WHERE r.integration_id = $1`,
    [integrationId],
  );
  const byId = new Map(checks.map((check) => [check.id, check]));
  return rows.flatMap((row) => {
    const check = byId.get(row.check);
    return check === undefined ? [] : [{ ...row, area: check.area, severity: check.severity }];
  });
}

/** Keeps the score of today, of each area and of all together. The last look of a day counts. */
export async function keepScores(queries: Queries, integrationId: string, checks: readonly Check[]): Promise<void> {
  const results = await scoredResults(queries, integrationId, checks);
  const areas = new Set(results.map(({ area }) => area));
  const rows = [...areas, ''].map((area) => {
    const own = results.filter((result) => area === '' || result.area === area);
    const count = (status: Scored['status']): number => own.filter((result) => result.status === status).length;
    return {
      area,
      score: scoreOf(own),
      failed: count('failed'),
      passed: count('passed'),
      unknown: count('unknown'),
      excepted: own.reduce((sum, { excepted }) => sum + excepted, 0),
    };
  });
  await queries.query(
    `INSERT INTO posture_scores (integration_id, day, area, score, failed, passed, unknown, excepted)
     SELECT $1, (now() AT TIME ZONE 'UTC')::date, s.* FROM jsonb_to_recordset($2::jsonb)
       AS s (area text, score double precision, failed integer, passed integer, unknown integer, excepted integer)
     ON CONFLICT (integration_id, day, area) DO UPDATE SET score = excluded.score, failed = excluded.failed, passed = excluded.passed,
       unknown = excluded.unknown, excepted = excluded.excepted`,
    [integrationId, JSON.stringify(rows)],
  );
}
