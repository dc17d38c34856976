import type { Queries } from '@castellan/storage';
import type { ParameterValues } from '../check/parameter.js';
import type { Reason } from './data-state.js';

interface ResultPlace {
  readonly integrationId: string;
  readonly check: string;
  readonly parameters: ParameterValues;
}

interface Result {
  readonly status: 'failed' | 'passed' | 'unknown';
  readonly reasons: readonly Reason[];
  /** `null`: as many as were found before. */
  readonly findings: number | null;
  readonly examined: number;
  readonly tookMs: number;
}

/** Keeps what a check says now. @returns how many findings it has */
export async function saveResult(queries: Queries, place: ResultPlace, result: Result): Promise<number> {
  const [row] = await queries.query<{ readonly findings: number }>(
    `INSERT INTO check_results AS r (integration_id, "check", status, reasons, findings, examined, parameters, evaluated_at, since, took_ms)
     VALUES ($1, $2, $3, $4, coalesce($5, 0), $6, $7, now(), now(), $8)
     ON CONFLICT (integration_id, "check") DO UPDATE SET status = excluded.status, reasons = excluded.reasons,
       findings = coalesce($5, r.findings), examined = CASE WHEN $5 IS NULL THEN r.examined ELSE excluded.examined END,
       parameters = excluded.parameters, took_ms = excluded.took_ms, evaluated_at = excluded.evaluated_at,
       since = CASE WHEN r.status = excluded.status THEN r.since ELSE excluded.since END
     RETURNING findings`,
    [
      place.integrationId,
      place.check,
      result.status,
      JSON.stringify(result.reasons),
      result.findings,
      result.examined,
      JSON.stringify(place.parameters),
      result.tookMs,
    ],
  );
  return row?.findings ?? 0;
}

/** By check: what was in its way at the last look. */
export async function reasonsBefore(queries: Queries, integrationId: string): Promise<ReadonlyMap<string, readonly Reason[]>> {
  const rows = await queries.query<{ readonly check: string; readonly reasons: readonly Reason[] }>(
    'SELECT "check", reasons FROM check_results WHERE integration_id = $1',
    [integrationId],
  );
  return new Map(rows.map(({ check, reasons }) => [check, reasons]));
}
