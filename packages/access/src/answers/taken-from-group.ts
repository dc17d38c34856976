import type { AccessNode, AccessNodeRef } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { granting } from '../graph/downward.js';
import { accountsIn, type Edge, isOf } from '../graph/edge.js';
import { holds, isUsable } from '../graph/holds.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { ADMINISTRATORS } from './unused.js';

/** An application, or a role, that a group gives to its members. */
export interface GroupTaking {
  readonly integrationId: string;
  readonly group: string;
  readonly to: AccessNodeRef & { readonly kind: 'application' | 'role' };
}

export interface TakenFromGroup {
  readonly to: AccessNode;
  /** Members, also of the groups in it, who have no other way. */
  readonly accounts: number;
  /** Of a role: who can sign in and have it still. */
  readonly left: number | null;
}

/** What members of a group lose when something is taken from it. `undefined`: it is not known to give that. */
export async function takenFromGroup(
  queries: Queries,
  { integrationId, group, to }: GroupTaking,
): Promise<TakenFromGroup | undefined> {
  const { edges } = await granting(queries, integrationId, to);
  const givers = edges.filter((edge) => edge.from.kind === 'group' && edge.to.kind === to.kind).map(({ from }) => from.key);
  if (!givers.includes(group)) return undefined;
  const others = givers.filter((key) => key !== group);
  const parameters = [integrationId, below(edges, [group]), below(edges, others), to.key];
  const [row] = await queries.query<{ readonly accounts: number; readonly left: number | null }>(
    to.kind === 'application' ? LOST : LOST_AND_LEFT,
    parameters,
  );
  const names = await nameNodes(queries, integrationId, [to]);
  return { to: nodeOf(names, to), accounts: row?.accounts ?? 0, left: row?.left ?? null };
}

/** These groups, and those that are in them. */
function below(edges: readonly Edge[], groups: readonly string[]): readonly string[] {
  const found = new Set(groups);
  for (const key of found)
    for (const { relation, from, to } of edges) if (relation === 'membership' && to.key === key) found.add(from.key);
  return [...found];
}

const membersOf = (groups: string): string =>
  `SELECT m.member AS key FROM unnest(${groups}::text[]) AS g (key), ${accountsIn('g.key', '$1')} m`;

/** @param own accounts that it was given to themselves */
const lost = (own: string): string =>
  `SELECT l.key FROM (${membersOf('$2')} EXCEPT (${membersOf('$3')}) EXCEPT (${own})) l
     JOIN accounts a ON a.integration_id = $1 AND a.key = l.key AND a.removed_at IS NULL AND ${isUsable('a', undefined)}`;

const LOST = `SELECT count(*)::integer AS accounts, NULL AS left FROM (${lost(
  // What an account has by a group shows as its own as well.
  `SELECT e.principal FROM app_assignments e WHERE e.integration_id = $1 AND e.application = $4 AND e.principal_kind = 'account'
     AND e.scope IS DISTINCT FROM 'group' AND ${holds('e', 'app_assignment', undefined)}`,
)}) x`;

const LOST_AND_LEFT = `${ADMINISTRATORS}, lost AS (${lost(
  `SELECT e.principal FROM role_assignments e WHERE e.integration_id = $1 AND ${isOf('e', 'role', '$4::text')} AND e.principal_kind = 'account'
     AND ${holds('e', 'role_assignment', undefined)}`,
)})
  SELECT (SELECT count(*) FROM lost)::integer AS accounts, (
    SELECT count(DISTINCT h.account) FROM holders h JOIN accounts a ON a.integration_id = $1 AND a.key = h.account COLLATE "C" AND a.removed_at IS NULL AND a.status = 'active'
    WHERE h.role = $4 AND h.account NOT IN (SELECT key FROM lost))::integer AS left`;
