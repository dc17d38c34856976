import type { AccessGraph, AccessGraphNode, AccessNodeKind, AccessNodeRef } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Relation } from '../graph/edge.js';
import { granting } from '../graph/downward.js';
import { isOf } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';

/** More than a person can look at, and than a browser draws at once. */
export const MOST_NODES = 300;
/** Of one kind around one node, drawn one by one; more are folded into one with their number. */
const DRAWN_EACH = 40;

interface Drawn {
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  readonly relation: Relation;
}

interface Folded {
  readonly id: string;
  readonly kind: AccessNodeKind;
  readonly count: number;
  readonly at: AccessNodeRef;
  readonly relation: Relation;
}

/**
 * What hangs on a node, in both directions: what it reaches, through which groups, and who is in it or was given it. `undefined`:
 * there is no such node.
 */
export async function graph(queries: Queries, integrationId: string, of: AccessNodeRef): Promise<AccessGraph | undefined> {
  const up = await edgesUpward(queries, integrationId, of);
  const through = of.kind === 'account' || of.kind === 'client' ? [] : (await granting(queries, integrationId, of)).edges;
  const edges = dedupe([...up, ...through]);
  const names = await nameNodes(queries, integrationId, [of]);
  if (names.get(nodeId(of))?.there === undefined && edges.length === 0) return undefined;
  const { drawn, folded } = fold(edges, of);
  const people = await folds(queries, integrationId, of, drawn);
  return write(queries, integrationId, of, drawn, [...folded, ...people]);
}

function dedupe(edges: readonly Drawn[]): readonly Drawn[] {
  const known = new Map(edges.map((edge) => [`${nodeId(edge.from)}>${nodeId(edge.to)}`, edge]));
  return [...known.values()];
}

/** Nearest first; where many of one kind hang on one node, the rest of them become a number. */
function fold(
  edges: readonly Drawn[],
  of: AccessNodeRef,
): { readonly drawn: readonly Drawn[]; readonly folded: readonly Folded[] } {
  const drawn: Drawn[] = [];
  const more = new Map<string, Folded>();
  const seen = new Set([nodeId(of)]);
  let nodes: readonly AccessNodeRef[] = [of];
  const left = new Set(edges);
  while (nodes.length > 0) {
    const next: AccessNodeRef[] = [];
    for (const node of nodes) {
      const counts = new Map<string, number>();
      for (const edge of left) {
        const isFrom = nodeId(edge.from) === nodeId(node);
        if (!isFrom && nodeId(edge.to) !== nodeId(node)) continue;
        left.delete(edge);
        const end = isFrom ? edge.to : edge.from;
        const kind = `${isFrom ? 'to' : 'from'} ${end.kind}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        if (seen.has(nodeId(end))) drawn.push(edge);
        else if ((counts.get(kind) ?? 0) > DRAWN_EACH || seen.size + more.size >= MOST_NODES - DRAWN_EACH) {
          const id = `more ${nodeId(node)} ${kind}`;
          more.set(id, { id, kind: end.kind, count: (more.get(id)?.count ?? 0) + 1, at: node, relation: edge.relation });
        } else {
          seen.add(nodeId(end));
          drawn.push(edge);
          next.push(end);
        }
      }
    }
    nodes = next;
  }
  return { drawn, folded: [...more.values()] };
}

/** How many people are in the groups, or were given the thing: numbers, since there may be a hundred thousand. */
async function folds(
  queries: Queries,
  integrationId: string,
  of: AccessNodeRef,
  drawn: readonly Drawn[],
): Promise<readonly Folded[]> {
  const isUpwards = of.kind === 'account' || of.kind === 'client';
  if (isUpwards) return [];
  const groups = [...new Set([...(of.kind === 'group' ? [of.key] : []), ...leadingTo(of, drawn)])];
  const rows = await queries.query<{ readonly group: string; readonly count: number }>(
    `SELECT g.key AS "group", (SELECT count(*)::integer FROM memberships e WHERE e.integration_id = $1 AND ${isOf('e', 'group', 'g.key')}
       AND e.member_kind = 'account' AND e.removed_at IS NULL) AS count FROM unnest($2::text[]) AS g (key)`,
    [integrationId, groups],
  );
  const members = rows
    .filter(({ count }) => count > 0)
    .map(({ group, count }): Folded => {
      const at = { kind: 'group', key: group } as const;
      return { id: `members ${nodeId(at)}`, kind: 'account', count, at, relation: 'membership' };
    });
  if (of.kind === 'group') return members;
  const [table, relation] =
    of.kind === 'role' ? (['role_assignments', 'role_assignment'] as const) : (['app_assignments', 'app_assignment'] as const);
  const own = of.kind === 'role' ? '' : `AND e.scope <> 'group'`;
  const [direct] = await queries.query<{ readonly count: number }>(
    `SELECT count(DISTINCT e.principal)::integer AS count FROM ${table} e WHERE e.integration_id = $1 AND ${isOf('e', of.kind === 'role' ? 'role' : 'application', '$2::text')}
       AND e.principal_kind = 'account' AND e.removed_at IS NULL ${own}`,
    [integrationId, of.key],
  );
  const given = direct?.count ?? 0;
  return given === 0 ? members : [...members, { id: `given ${nodeId(of)}`, kind: 'account', count: given, at: of, relation }];
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

async function write(
  queries: Queries,
  integrationId: string,
  of: AccessNodeRef,
  drawn: readonly Drawn[],
  folded: readonly Folded[],
): Promise<AccessGraph> {
  const refs = new Map([of, ...drawn.flatMap(({ from, to }) => [from, to])].map((ref) => [nodeId(ref), ref]));
  const names = await nameNodes(queries, integrationId, refs.values());
  const single = [...refs.values()].map(
    (ref): AccessGraphNode => ({ id: nodeId(ref), node: nodeOf(names, ref), kind: ref.kind, count: 1 }),
  );
  const many = folded.map(({ id, kind, count }): AccessGraphNode => ({ id, node: null, kind, count }));
  const nodes = [...single, ...many].slice(0, MOST_NODES);
  const shown = new Set(nodes.map(({ id }) => id));
  const edges = [
    ...drawn.map(({ from, to, relation }) => ({ from: nodeId(from), to: nodeId(to), relation })),
    ...folded.map(({ id, at, relation, kind }) => {
      // What is reached hangs on its right, who reaches on its left.
      const isTarget = id.startsWith('more') && (kind === 'application' || kind === 'role' || id.includes(' to '));
      return isTarget ? { from: nodeId(at), to: id, relation } : { from: id, to: nodeId(at), relation };
    }),
  ];
  return { subject: nodeOf(names, of), nodes, edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}
