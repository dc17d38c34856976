import type { AccessNode, AccessNodeKind, AccessNodeRef } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { isOf } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';
import { nameNodes, type NodeNames, nodeOf } from './name-nodes.js';

/** Where an edge names a node of each kind, as $2; a provider lets us read an edge and not its ends. */
const ENDS: Readonly<Record<AccessNodeKind, readonly string[]>> = {
  account: principalOf('account'),
  group: [...principalOf('group'), `memberships t WHERE ${isOf('t', 'group', '$2::text')}`],
  client: [`role_assignments t WHERE t.principal = $2 AND t.principal_kind = 'client'`],
  application: [`app_assignments t WHERE ${isOf('t', 'application', '$2::text')}`],
  role: [`role_assignments t WHERE ${isOf('t', 'role', '$2::text')}`],
};

function principalOf(kind: 'account' | 'group'): readonly string[] {
  return [
    `memberships t WHERE t.member = $2 AND t.member_kind = '${kind}'`,
    `app_assignments t WHERE t.principal = $2 AND t.principal_kind = '${kind}'`,
    `role_assignments t WHERE t.principal = $2 AND t.principal_kind = '${kind}'`,
  ];
}

/** Whether a node, or any edge at it, was ever read: what nobody knows is not asked about. */
export async function isKnown(queries: Queries, integrationId: string, names: NodeNames, ref: AccessNodeRef): Promise<boolean> {
  if (names.get(nodeId(ref))?.there !== undefined) return true;
  const edges = ENDS[ref.kind].map((end) => `EXISTS (SELECT 1 FROM ${end} AND t.integration_id = $1::uuid)`);
  const [row] = await queries.query<{ readonly known: boolean }>(`SELECT ${edges.join(' OR ')} AS known`, [
    integrationId,
    ref.key,
  ]);
  return row?.known === true;
}

/** What a node is called; `undefined`: nobody knows of it. */
export async function knownNode(queries: Queries, integrationId: string, ref: AccessNodeRef): Promise<AccessNode | undefined> {
  const names = await nameNodes(queries, integrationId, [ref]);
  return (await isKnown(queries, integrationId, names, ref)) ? nodeOf(names, ref) : undefined;
}
