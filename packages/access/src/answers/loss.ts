import type { AccessNodeRef, AccessPage, AccessTargetKind } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { ChainGraph } from '../graph/chains.js';
import type { Edge } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { objectOf, pairId, usageOf, useOf } from '../usage/usage-of.js';
import { between, type Reached, reachedIn } from './reach.js';
import { accessRow, byName, SHOWN_CHAINS } from './row.js';
import { nameChains } from './view.js';

export interface LossQuestion {
  readonly integrationId: string;
  readonly from: AccessNodeRef;
  /** Key of the group that it would not be in any more. */
  readonly group: string;
  readonly to: AccessTargetKind;
}

/** What is not reached any more without some edges, and the names that were read for it. */
export interface Lost {
  readonly lost: readonly Reached[];
  readonly names: NodeNames;
}

/** @param isLeft the edges that would not be there any more. `undefined`: there is none of them */
export async function lostWithout(
  queries: Queries,
  { integrationId, from, to }: Omit<LossQuestion, 'group'>,
  isLeft: (edge: Edge) => boolean,
): Promise<Lost | undefined> {
  const edges = await edgesUpward(queries, integrationId, from);
  if (!edges.some(isLeft)) return undefined;
  const graph = new ChainGraph(edges);
  const targets = graph.ofKind(to);
  const names = await nameNodes(queries, integrationId, [from, ...targets, ...between(graph)]);
  // An assignment through a group is explained by the chain that is known, and goes with it.
  const left = new ChainGraph(edges.filter((edge) => !isLeft(edge) && !edge.byGroup));
  const byOthers = new ChainGraph(edges.filter((edge) => !isLeft(edge) && edge.byGroup));
  const isKept = ({ target, found }: Reached): boolean =>
    found.chains.some((chain) => chain.some(({ byGroup }) => byGroup && byOthers.nodes.has(nodeId(target)))) ||
    left.chains(from, target, 1).chains.length > 0;
  const lost = reachedIn(graph, from, targets, names)
    .filter((reached) => !isKept(reached))
    .toSorted((one, other) => byName(nodeOf(names, one.target), nodeOf(names, other.target)));
  return { lost, names };
}

/**
 * What would this account or group not reach any more without being in that group? With the chains that would break, and
 * whether it is used. By name and all of it: one membership gives no more than a person can read. `undefined`: it is not in that group.
 */
export async function loss(
  queries: Queries,
  { integrationId, from, group, to }: LossQuestion,
): Promise<AccessPage | undefined> {
  const isLeft = (edge: Edge): boolean =>
    edge.relation === 'membership' && nodeId(edge.from) === nodeId(from) && edge.to.key === group;
  const found = await lostWithout(queries, { integrationId, from, to }, isLeft);
  if (found === undefined) return undefined;
  const { lost, names } = found;
  const shown = lost.flatMap(({ found: { chains } }) => chains.slice(0, SHOWN_CHAINS));
  const chained = await nameChains(queries, integrationId, shown, [from, ...lost.map(({ target }) => target)], names);
  const use = useOf(from.kind, to);
  const pairs = lost.map(({ target }) => ({ principal: from.key, object: objectOf(use, target) }));
  const { usage, coverage } = await usageOf(queries, integrationId, use, pairs);
  return {
    subject: nodeOf(names, from),
    items: lost.map(({ target, found: chains }) => {
      const used = usage.get(pairId({ principal: from.key, object: objectOf(use, target) })) ?? null;
      return accessRow(nodeOf(names, target), chains, used, chained);
    }),
    nodes: chained.nodes,
    next: null,
    coverage,
  };
}
