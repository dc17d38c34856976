import type { AccessGraph, AccessGraphNode, AccessNodeRef } from '@castellan/api';
import { Bindings, type Queries } from '@castellan/storage';
import { granting } from '../graph/downward.js';
import { accountsIn, type Edge, isOf } from '../graph/edge.js';
import { holds, isUsable } from '../graph/holds.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { isKnown } from '../names/is-known.js';
import { canBeEnd, canReach, nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { type Drawn, type Folded, GraphDrawing, MOST_NODES } from './graph-drawing.js';

/**
 * What hangs on a node, in both directions: what it reaches, through which groups, and who is in it or was given it. `undefined`:
 * there is no such node. What leads nowhere by ADR 36 is left out.
 * @param at an instant of the past; left out: now
 */
export async function graph(
  queries: Queries,
  integrationId: string,
  of: AccessNodeRef,
  at?: Date,
): Promise<AccessGraph | undefined> {
  const up = await edgesUpward(queries, integrationId, of, at);
  const down = of.kind === 'account' || of.kind === 'client' ? undefined : await granting(queries, integrationId, of, at);
  const all = [...up, ...(down?.edges ?? [])];
  const names = await nameNodes(queries, integrationId, [of, ...all.flatMap(({ from, to }) => [from, to])], at);
  if (!(await isKnown(queries, integrationId, names, of))) return undefined;
  // What is gone reaches nothing, and nobody reaches it, whatever edges of it are left.
  if (!canBeEnd(names, of)) return write(names, of, [], []);
  const { drawn, folded } = new GraphDrawing(dedupe(thatLead(all, of, names)), of, new Set(down?.groups));
  const people = down === undefined ? [] : await folds(queries, integrationId, of, { drawn, groups: down.groups, at });
  return write(names, of, drawn, [...folded, ...people]);
}

/** Without what an account that is switched off was given, what is gone, and what is explained by a group that is known. */
function thatLead(edges: readonly Edge[], of: AccessNodeRef, names: NodeNames): readonly Edge[] {
  const byGroups = new Set(edges.flatMap(({ from, to }) => (from.kind === 'group' ? [nodeId(to)] : [])));
  return edges.filter(({ relation, from, to, byGroup }) => {
    if (relation === 'membership') return true;
    if (!canReach(names, of, to.kind) || !canBeEnd(names, to)) return false;
    if (from.kind === 'client' && !canBeEnd(names, from)) return false;
    return !(byGroup && byGroups.has(nodeId(to)));
  });
}

function dedupe(edges: readonly Drawn[]): readonly Drawn[] {
  const known = new Map(edges.map((edge) => [JSON.stringify([nodeId(edge.from), nodeId(edge.to)]), edge]));
  return [...known.values()];
}

/**
 * How many people are in the groups that are drawn, or were given the thing: numbers, since there may be a hundred thousand. As
 * everywhere, those who are there, and of a thing that is used those who can use it.
 * @param groups all that lead to it
 */
async function folds(
  queries: Queries,
  integrationId: string,
  of: AccessNodeRef,
  {
    drawn,
    groups,
    at: then,
  }: { readonly drawn: readonly Drawn[]; readonly groups: readonly string[]; readonly at: Date | undefined },
): Promise<readonly Folded[]> {
  const { bind, values } = new Bindings();
  const integration = `${bind(integrationId)}::uuid`;
  const instant = then === undefined ? undefined : bind(then);
  const isThere = [holds('a', 'account', instant), ...(of.kind === 'group' ? [] : [isUsable('a', instant)])];
  const counts = `JOIN accounts a ON a.integration_id = ${integration} AND ${isThere.join(' AND ')} AND a.key =`;
  // Both statements begin with the same parameters.
  const shared = [...values];
  const drawnGroups = [...new Set([...(of.kind === 'group' ? [of.key] : []), ...leadingTo(of, drawn)])];
  const rows = await queries.query<{ readonly group: string; readonly count: number }>(
    `SELECT g.key AS "group", count(*)::integer AS count
     FROM unnest(${bind(drawnGroups)}::text[]) AS g (key), ${accountsIn('g.key', integration, instant)} m ${counts} m.member GROUP BY g.key`,
    values,
  );
  const members = rows.map(({ group, count }): Folded => {
    const at = { kind: 'group', key: group } as const;
    return { id: `members ${nodeId(at)}`, kind: 'account', count, at, isTarget: false, relation: 'membership' };
  });
  if (of.kind !== 'application' && of.kind !== 'role') return members;
  const [table, relation] =
    of.kind === 'role' ? (['role_assignments', 'role_assignment'] as const) : (['app_assignments', 'app_assignment'] as const);
  const given = new Bindings(shared);
  const [key, known] = [`${given.bind(of.key)}::text`, `${given.bind(groups)}::text[]`];
  // What is given through a group is a way of its own only where no group is known (ADR 36).
  const own =
    of.kind === 'role'
      ? `${known} IS NOT NULL`
      : `(e.scope <> 'group' OR NOT EXISTS (SELECT 1 FROM through t WHERE t.key = e.principal))`;
  const [direct] = await queries.query<{ readonly count: number }>(
    `WITH through AS MATERIALIZED (SELECT DISTINCT m.member AS key FROM unnest(${known}) AS g (key), ${accountsIn('g.key', integration, instant)} m)
     SELECT count(DISTINCT e.principal)::integer AS count FROM ${table} e ${counts} e.principal
     WHERE e.integration_id = ${integration} AND ${isOf('e', of.kind, key)} AND e.principal_kind = 'account' AND ${holds('e', relation, instant)} AND ${own}`,
    given.values,
  );
  const count = direct?.count ?? 0;
  if (count === 0) return members;
  return [...members, { id: `given ${nodeId(of)}`, kind: 'account', count, at: of, isTarget: false, relation }];
}

function leadingTo(of: AccessNodeRef, drawn: readonly Drawn[]): readonly string[] {
  const leading = new Set([nodeId(of)]);
  const groups = new Set<string>();
  for (const node of leading)
    for (const { from, to } of drawn)
      if (nodeId(to) === node && from.kind === 'group') {
        leading.add(nodeId(from));
        groups.add(from.key);
      }
  return [...groups];
}

function write(names: NodeNames, of: AccessNodeRef, drawn: readonly Drawn[], folded: readonly Folded[]): AccessGraph {
  const refs = new Map([of, ...drawn.flatMap(({ from, to }) => [from, to])].map((ref) => [nodeId(ref), ref]));
  const single = [...refs.values()].map(
    (ref): AccessGraphNode => ({ id: nodeId(ref), node: nodeOf(names, ref), kind: ref.kind, count: 1 }),
  );
  const many = folded.map(({ id, kind, count }): AccessGraphNode => ({ id, node: null, kind, count }));
  const nodes = [...single, ...many].slice(0, MOST_NODES);
  const shown = new Set(nodes.map(({ id }) => id));
  const edges = [
    ...drawn.map(({ from, to, relation }) => ({ from: nodeId(from), to: nodeId(to), relation })),
    ...folded.map(({ id, at, relation, isTarget }) =>
      isTarget ? { from: nodeId(at), to: id, relation } : { from: id, to: nodeId(at), relation },
    ),
  ];
  return { subject: nodeOf(names, of), nodes, edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}
