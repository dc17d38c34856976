import type { AccessNodeRef } from '@castellan/api';
import { Bindings, type Queries } from '@castellan/storage';
import { ChainGraph } from './chains.js';
import { type Edge, type EdgeRow, type EdgeSource, isOf, selectEdges, toEdge } from './edge.js';
import { holds } from './holds.js';
import { prepared } from './prepared.js';

/** Through whom a target is reached, but for accounts: of those there may be a hundred thousand. */
export interface Granting {
  /** From groups and clients to the target, and from groups into these groups. */
  readonly edges: readonly Edge[];
  /** Keys of groups whose members reach the target. */
  readonly groups: readonly string[];
}

/** The table of what a target is given by, and which column of it names the target; a group is reached by memberships alone. */
const GIVEN_BY = {
  application: { relation: 'app_assignment', table: 'app_assignments', column: 'application' },
  role: { relation: 'role_assignment', table: 'role_assignments', column: 'role' },
} as const;

/**
 * Not to an account. An index has those of an application, and knows itself by the condition; the few that a role has lie where
 * the keys of all its assignments do.
 */
function givenBy(t: string, { table, column }: (typeof GIVEN_BY)[keyof typeof GIVEN_BY], key: string): string {
  const isIts = table === 'app_assignments' ? `${t}.${column} = ${key}` : isOf(t, column, key);
  return `${isIts} AND ${t}.principal_kind <> 'account'`;
}

/** @param within only through this group, and the groups in it */
export async function granting(
  queries: Queries,
  integrationId: string,
  to: AccessNodeRef,
  at?: Date,
  within?: string,
): Promise<Granting> {
  const { bind, values } = new Bindings();
  const [integration, key] = [bind(integrationId), bind(to.key)];
  const instant = at === undefined ? undefined : bind(at);
  const given = to.kind === 'application' || to.kind === 'role' ? GIVEN_BY[to.kind] : undefined;
  const start =
    given === undefined
      ? `SELECT ${key}::text AS key`
      : `SELECT g.principal AS key FROM ${given.table} g WHERE g.integration_id = ${integration}::uuid AND ${givenBy('g', given, `${key}::text`)}
          AND g.principal_kind = 'group' AND ${holds('g', given.relation, instant)}`;
  const sources: readonly EdgeSource[] = [
    { relation: 'membership', from: 'groups g', where: [`t."group" = g.key`, `t.member_kind = 'group'`] },
    ...(given === undefined ? [] : [{ relation: given.relation, where: [givenBy('t', given, `${key}::text`)] }]),
  ];
  const rows = await queries.query<EdgeRow>(
    prepared(`WITH RECURSIVE groups AS (
       ${start}
       UNION SELECT n.member FROM groups g, LATERAL (SELECT m.member FROM memberships m WHERE m.integration_id = ${integration}::uuid
         AND m."group" = g.key AND m.member_kind = 'group' AND ${holds('m', 'membership', instant)} OFFSET 0) n
     ) ${selectEdges(sources, integration, instant)}`),
    values,
  );
  const edges = rows.map(toEdge);
  return { edges, groups: within === undefined ? groupsOf(edges, to) : groupsBelow(edges, within, to) };
}

function groupsOf(edges: readonly Edge[], to: AccessNodeRef): readonly string[] {
  const groups = new Set(edges.flatMap(({ from }) => (from.kind === 'group' ? [from.key] : [])));
  if (to.kind === 'group') groups.add(to.key);
  return [...groups];
}

/** Ways that are looked at to see whether one goes through a group. */
const MOST_WAYS = 200;

/** Of the groups that grant, the one that is meant and those that have a chain through it. */
function groupsBelow(edges: readonly Edge[], within: string, to: AccessNodeRef): readonly string[] {
  if (!groupsOf(edges, to).includes(within)) return [];
  const nested = edges.filter(({ relation }) => relation === 'membership');
  const below = new Set([within]);
  for (const group of below) for (const { from, to: into } of nested) if (into.key === group) below.add(from.key);
  const above = new Set([within]);
  for (const group of above) for (const { from, to: into } of nested) if (from.key === group) above.add(into.key);
  const isTarget = (key: string): boolean => to.kind === 'group' && to.key === key;
  const inCircle = [...below].some((group) => group !== within && above.has(group));
  if (!inCircle || isTarget(within)) return [...below];
  // In a circle the way to the group may pass what the way on from it needs, and no group is in a chain twice.
  const graph = new ChainGraph(edges);
  return [...below].filter((group) => {
    if (group === within || isTarget(group)) return group === within;
    const { chains, more } = graph.chains({ kind: 'group', key: group }, to, MOST_WAYS);
    return more || chains.some((chain) => chain.some(({ from }) => from.kind === 'group' && from.key === within));
  });
}
