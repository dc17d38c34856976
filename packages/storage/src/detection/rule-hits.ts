import type { Queries } from '../database/database.js';

export interface HitsOfDay {
  readonly rule: string;
  /** `2026-11-27`, in UTC. */
  readonly day: string;
  readonly hits: number;
}

/** How often the rules of a workspace have found something in its last days, by rule and day. @param rule one; left out: all */
export function ruleHits(queries: Queries, workspaceId: string, days: number, rule?: string): Promise<readonly HitsOfDay[]> {
  return queries.query<HitsOfDay>(
    `SELECT h.rule, h.day::text AS day, sum(h.hits)::float8 AS hits
     FROM detection_hits h JOIN integrations i ON i.id = h.integration_id
     WHERE i.workspace_id = $1 AND h.day > (now() AT TIME ZONE 'UTC')::date - $2::integer AND ($3::text IS NULL OR h.rule = $3)
     GROUP BY h.rule, h.day ORDER BY h.rule, h.day`,
    [workspaceId, days, rule ?? null],
  );
}
