import type { Queries } from '../database/database.js';
import type { ActionRequest } from './action-request.js';

/** So long the provider may go on showing what was, also after a sync; and so long anybody looks at all. */
const SOONEST = `interval '1 hour'`;
const LATEST = `interval '24 hours'`;

/** A sync has ended: what somebody says was done by hand is looked at now, and not when its wait is over. */
export async function hastenByHand(queries: Queries, integrationId: string): Promise<void> {
  await queries.query(
    `UPDATE action_requests SET due_at = now() WHERE integration_id = $1 AND by_hand AND state = 'done' AND due_at > now()`,
    [integrationId],
  );
}

/** Whether what was said to be done should show by now: a whole sync has begun since and is over, or a day has passed. */
export async function shouldShow(queries: Queries, { id }: Pick<ActionRequest, 'id'>): Promise<boolean> {
  const [row] = await queries.query<{ readonly should: boolean }>(
    `SELECT a.created_at < now() - ${LATEST} OR a.created_at < now() - ${SOONEST} AND EXISTS (
       SELECT 1 FROM sync_runs r WHERE r.integration_id = a.integration_id AND r.mode = 'full' AND r.state = 'complete' AND r.started_at > a.created_at
     ) AS should FROM action_requests a WHERE a.id = $1`,
    [id],
  );
  return row?.should ?? true;
}
