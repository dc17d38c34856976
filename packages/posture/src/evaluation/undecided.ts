import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import type { ParameterValues } from '../check/parameter.js';
import { bindNames } from '../check/statement.js';
import type { Reason } from './data-state.js';

/** Of whom a check can say nothing, though it looks at them. */
export interface Undecided {
  readonly keys: readonly string[];
  /** Or of anybody else: who is not found may be there still. */
  readonly isAnybody: boolean;
  /** One for each thing that is not said, in the order of what it is about. */
  readonly reasons: readonly Reason[];
}

const NOBODY: Undecided = { keys: [], isAnybody: false, reasons: [] };

export async function undecidedOf(
  queries: Queries,
  integrationId: string,
  { undecided }: Check,
  parameters: ParameterValues,
): Promise<Undecided> {
  if (undecided === undefined) return NOBODY;
  const { sql, values } = bindNames(undecided, integrationId, parameters);
  const rows = await queries.query<{ readonly about: string; readonly keys: readonly string[]; readonly others: number }>(
    `SELECT u.about, coalesce(array_agg(DISTINCT u.key COLLATE "C") FILTER (WHERE u.key IS NOT NULL), '{}') AS keys,
       count(*) FILTER (WHERE u.key IS NULL)::integer AS others FROM (${sql}) u GROUP BY u.about ORDER BY u.about COLLATE "C"`,
    values,
  );
  return {
    keys: [...new Set(rows.flatMap(({ keys }) => keys))],
    isAnybody: rows.some(({ others }) => others > 0),
    reasons: rows.map(({ about, keys, others }) => ({ code: 'not_said', about, count: keys.length + others })),
  };
}

/** Without those that the look itself finds: what is in the way before anybody is looked at. */
export function withoutUndecided(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ count }) => count === undefined);
}

/**
 * What a statement finds and, of subjects that it says nothing of, what was found of them before. A statement of `key`, `evidence` and
 * `severity`, as the one that it is given.
 * @param place the numbers of the values: the integration, the check and the keys
 */
export function withFormer(found: string, [integration, rule, keys]: readonly [number, number, number]): string {
  return `SELECT DISTINCT ON (x.key) x.key, x.evidence, x.severity FROM (
      SELECT y.key COLLATE "C" AS key, y.evidence, y.severity, 1 AS place FROM (${found}) y
      UNION ALL
      SELECT k.subject_key COLLATE "C", k.evidence, k.severity, 2 FROM findings k
      WHERE k.integration_id = $${integration}::uuid AND k.source = 'posture' AND k.rule = $${rule}::text AND k.status <> 'resolved'
        AND k.subject_key = ANY ($${keys}::text[])
    ) x ORDER BY x.key, x.place`;
}

/** How many of these are findings still. */
export async function formerAmong(
  queries: Queries,
  integrationId: string,
  { id }: Check,
  { keys }: Undecided,
): Promise<number> {
  if (keys.length === 0) return 0;
  const [row] = await queries.query<{ readonly count: number }>(
    `SELECT count(*)::integer AS count FROM findings k WHERE k.integration_id = $1 AND k.source = 'posture' AND k.rule = $2
       AND k.status <> 'resolved' AND k.subject_key = ANY ($3)`,
    [integrationId, id, keys],
  );
  return row?.count ?? 0;
}
