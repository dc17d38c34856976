import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { accountWithAWayToTierZero } from '../checks/administrators/account-with-a-way-to-tier-zero.js';
import { applicationWithAWayToTierZero } from '../checks/applications/application-with-a-way-to-tier-zero.js';
import { programWithAWayToTierZero } from '../checks/programs/program-with-a-way-to-tier-zero.js';
import { keyOfNode, kindOfNode, type NodeId, nodeId, type NodeKind } from '../paths/attack-graph.js';

/** Which check finds starting points of a kind; identity providers have none. */
const CHECKS: readonly (readonly [kind: NodeKind, check: Check])[] = [
  ['account', accountWithAWayToTierZero],
  ['client', programWithAWayToTierZero],
  ['application', applicationWithAWayToTierZero],
];

/** The finding about each starting point that has one which is not mended, by its id. */
export async function findingsOf(
  queries: Queries,
  integrationId: string,
  starts: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, string>> {
  const found = new Map<NodeId, string>();
  for (const [kind, { id: rule, subject }] of CHECKS) {
    const keys = starts.filter((id) => kindOfNode(id) === kind).map(keyOfNode);
    if (keys.length === 0) continue;
    const rows = await queries.query<{ readonly id: string; readonly key: string }>(
      `SELECT id, subject_key AS key FROM findings
       WHERE integration_id = $1 AND source = 'posture' AND rule = $2 AND subject_kind = $3 AND subject_key = ANY ($4::text[])
         AND status <> 'resolved'`,
      [integrationId, rule, subject, keys],
    );
    for (const { id, key } of rows) found.set(nodeId(kind, key), id);
  }
  return found;
}
