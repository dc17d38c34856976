import type { AccessNode, AccessNodeRef } from '@castellan/api';
import { edgeKey } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import type { Edge } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';
import { knownNode } from '../names/is-known.js';
import { nodeOf } from '../names/name-nodes.js';
import { type Lost, lostWithout } from './loss.js';
import { reachedByTotal } from './reached-by.js';
import { ADMINISTRATORS } from './unused.js';

/** What is to be taken from a principal: all that it has, or the edge with this key. */
export interface Taking {
  readonly integrationId: string;
  readonly from: AccessNodeRef;
  readonly edge: 'all' | { readonly relation: Edge['relation']; readonly key: string };
}

/** What it does not reach any more then, by name; roles of accounts with those who hold them still. */
export interface TakenAway {
  readonly applications: readonly AccessNode[];
  readonly roles: readonly (AccessNode & { readonly left: number })[];
}

/** `undefined`: it is not known to have what is to be taken. */
export async function takenAway(queries: Queries, { integrationId, from, edge }: Taking): Promise<TakenAway | undefined> {
  const isLeft = ({ relation, from: owner, to, byGroup }: Edge): boolean =>
    edge === 'all' ||
    (relation === edge.relation && nodeId(owner) === nodeId(from) && !byGroup && edgeKey(to.key, owner.key) === edge.key);
  const applications = await lostWithout(queries, { integrationId, from, to: 'application' }, isLeft);
  const roles = await lostWithout(queries, { integrationId, from, to: 'role' }, isLeft);
  if (applications === undefined || roles === undefined) {
    // Whoever was read and has nothing loses nothing; of an edge that nobody has read nothing is said.
    const hasNothing = edge === 'all' && (await knownNode(queries, integrationId, from)) !== undefined;
    return hasNothing ? { applications: [], roles: [] } : undefined;
  }
  const lostRoles = nodesOf(roles);
  const left = await holdersBeside(queries, integrationId, from, lostRoles);
  return {
    applications: nodesOf(applications),
    roles: lostRoles.map((role) => ({ ...role, left: left.get(role.key) ?? 0 })),
  };
}

/** How many accounts would not reach an application any more that nobody can use. `undefined`: there is no such thing. */
export function accountsOf(queries: Queries, integrationId: string, application: string): Promise<number | undefined> {
  return reachedByTotal(queries, { integrationId, to: { kind: 'application', key: application } });
}

const nodesOf = ({ lost, names }: Lost): readonly AccessNode[] => lost.map(({ target }) => nodeOf(names, target));

/** Accounts that can sign in now and hold a role, directly or through groups, by role. */
async function holdersBeside(
  queries: Queries,
  integrationId: string,
  from: AccessNodeRef,
  roles: readonly AccessNodeRef[],
): Promise<ReadonlyMap<string, number>> {
  if (roles.length === 0 || from.kind !== 'account') return new Map();
  const rows = await queries.query<{ readonly role: string; readonly left: number }>(
    `${ADMINISTRATORS} SELECT h.role, count(DISTINCT h.account)::integer AS left FROM holders h
       JOIN accounts a ON a.integration_id = $1 AND a.key = h.account COLLATE "C" AND a.removed_at IS NULL AND a.status = 'active'
     WHERE h.role = ANY ($2::text[]) AND h.account <> $3 GROUP BY h.role`,
    [integrationId, roles.map(({ key }) => key), from.key],
  );
  return new Map(rows.map(({ role, left }) => [role, left]));
}
