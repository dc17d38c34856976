import { type Queries, settleFindings } from '@castellan/storage';
import type { Check } from '../check/check.js';

/** A check that is switched off says nothing: its findings are resolved, and come back when it is switched on again. */
export async function withdraw(
  queries: Queries,
  { workspaceId, integrationId }: { readonly workspaceId: string; readonly integrationId: string },
  check: Check,
): Promise<void> {
  const gone = await queries.query('DELETE FROM check_results WHERE integration_id = $1 AND "check" = $2 RETURNING 1', [
    integrationId,
    check.id,
  ]);
  if (gone.length === 0) return;
  const nothing = `SELECT NULL::text AS key, NULL::jsonb AS evidence, NULL::smallint AS severity WHERE false`;
  const { id: rule, subject: subjectKind } = check;
  const place = { workspaceId, integrationId, source: 'posture', rule, subjectKind } as const;
  await settleFindings(queries, { ...place, sql: nothing, values: [], complete: true });
}
