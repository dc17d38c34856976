import type { Rejected } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';
import { plainText } from './plain-text.js';
import type { Pass } from './write-rows.js';

/** Enough for a person to see what is wrong; all are counted. */
const KEPT = 1_000;

export async function keepRejected(queries: Queries, pass: Pass, runId: string, rejected: readonly Rejected[]): Promise<void> {
  if (rejected.length === 0) return;
  await queries.query(
    `INSERT INTO rejected_records (integration_id, stream, run_id, position, reason)
     SELECT $1, $2, $3, r.position, r.reason FROM unnest($4::text[], $5::text[]) AS r (position, reason)
     LIMIT greatest(0, ${KEPT} - (SELECT count(*) FROM rejected_records WHERE integration_id = $1 AND stream = $2))`,
    [
      pass.integrationId,
      pass.stream,
      runId,
      rejected.map(({ at }) => plainText(at).slice(0, 500)),
      rejected.map(({ reason }) => plainText(reason).slice(0, 500)),
    ],
  );
}

/** The same for a part that may be read again every minute: what is wrong with it is said once. */
export async function keepRejectedOnce(
  queries: Queries,
  pass: Pass,
  runId: string,
  rejected: readonly Rejected[],
): Promise<void> {
  if (rejected.length === 0) return;
  const positions = rejected.map(({ at }) => plainText(at).slice(0, 500));
  await queries.query(
    'DELETE FROM rejected_records WHERE integration_id = $1 AND stream = $2 AND position = ANY ($3::text[])',
    [pass.integrationId, pass.stream, positions],
  );
  await keepRejected(queries, pass, runId, rejected);
}
