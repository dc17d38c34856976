import { settleFindings } from '@castellan/storage';
import type { Check } from '../check/check.js';
import type { Evaluating } from './evaluate.js';

interface Place {
  readonly workspaceId: string;
  readonly integrationId: string;
}

/** Of a check, what its findings are kept under. */
type Rule = Pick<Check, 'id' | 'subject'>;

const NOTHING = `SELECT NULL::text AS key, NULL::jsonb AS evidence, NULL::smallint AS severity WHERE false`;

/**
 * What is said by no check of `on` is said no longer: of one that is switched off, of one that is no more, and of one that has
 * come to be about another kind of subject. Findings are resolved, and come back when somebody says them again.
 */
export async function withdrawAllBut(where: Evaluating, place: Place, on: readonly Rule[]): Promise<void> {
  const { integrationId } = place;
  const rules = on.map(({ id, subject }) => ({ id, subject }));
  await where.queries.query('DELETE FROM check_results WHERE integration_id = $1 AND "check" <> ALL ($2::text[])', [
    integrationId,
    rules.map(({ id }) => id),
  ]);
  const beside = await where.queries.query<Rule>(
    `SELECT rule AS id, subject_kind AS subject FROM findings
     WHERE integration_id = $1 AND source = 'posture' AND status <> 'resolved' GROUP BY 1, 2
     EXCEPT SELECT id, subject FROM jsonb_to_recordset($2::jsonb) AS o (id text, subject text)`,
    [integrationId, JSON.stringify(rules)],
  );
  for (const { id: rule, subject: subjectKind } of beside) {
    const found = { ...place, source: 'posture', rule, subjectKind, sql: NOTHING, values: [], complete: true } as const;
    await where.transaction(() => settleFindings(where.queries, found));
  }
}
