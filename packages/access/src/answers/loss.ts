import type { AccessNodeRef, AccessPage, AccessRow, AccessTargetKind } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { ChainGraph } from '../graph/chains.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { nameNodes, nodeOf } from '../names/name-nodes.js';
import { coverageOf, pairId, usageOf, useOf } from '../usage/usage-of.js';
import { type Reached, reachedIn, SHOWN_CHAINS } from './reach.js';
import { chainView, nameChains, oldest } from './view.js';

export interface LossQuestion {
  readonly integrationId: string;
  readonly from: AccessNodeRef;
  /** Key of the group that it would not be in any more. */
  readonly group: string;
  readonly to: AccessTargetKind;
}

/**
 * What would this account or group not reach any more without being in that group? With the chains that would break, and
 * whether it is used. By name and all of it: one membership gives no more than a person can read. `undefined`: it is not in that group.
 */
export async function loss(
  queries: Queries,
  { integrationId, from, group, to }: LossQuestion,
): Promise<AccessPage | undefined> {
  const edges = await edgesUpward(queries, integrationId, from);
  const isLeft = (edge: (typeof edges)[number]): boolean =>
    edge.relation === 'membership' && nodeId(edge.from) === nodeId(from) && edge.to.key === group;
  if (!edges.some(isLeft)) return undefined;
  const graph = new ChainGraph(edges);
  const targets = graph.ofKind(to);
  const names = await nameNodes(queries, integrationId, [from, ...targets]);
  // "Through a group" is said of what a known group gives, too: it goes with that group, and is no way beside it.
  const isExplained = ({ byGroup, to: given }: (typeof edges)[number]): boolean =>
    byGroup && graph.chains(from, given, 1).chains.every((chain) => chain.every((link) => !link.byGroup));
  const left = new ChainGraph(edges.filter((edge) => !isLeft(edge) && !isExplained(edge)));
  const kept = new Set(reachedIn(left, from, targets, names).map(({ target }) => nodeId(target)));
  const labelOf = ({ target }: Reached): string => nodeOf(names, target).label.toLowerCase();
  const lost = reachedIn(graph, from, targets, names)
    .filter(({ target }) => !kept.has(nodeId(target)))
    .toSorted((one, other) => compare(labelOf(one), labelOf(other)) || compare(one.target.key, other.target.key));
  const shown = lost.flatMap(({ found }) => found.chains.slice(0, SHOWN_CHAINS));
  const chained = await nameChains(queries, integrationId, shown, [from, ...lost.map(({ target }) => target)]);
  const use = from.kind === 'group' ? null : useOf({ kind: to, key: '' });
  const objectOf = ({ key }: AccessNodeRef): string => (use === 'administration' ? '' : key);
  const pairs = lost.map(({ target }) => ({ principal: from.key, object: objectOf(target) }));
  const usage = use === null ? undefined : await usageOf(queries, integrationId, use, pairs);
  return {
    subject: nodeOf(names, from),
    items: lost.map(({ target, found }): AccessRow => {
      const { since, orBefore } = oldest(found.chains);
      return {
        node: nodeOf(names, target),
        chains: found.chains.slice(0, SHOWN_CHAINS).map((chain) => chainView(chain, chained)),
        chainCount: found.chains.length,
        more: found.more,
        since: since.toISOString(),
        orBefore,
        usage: usage?.get(pairId({ principal: from.key, object: objectOf(target) })) ?? null,
      };
    }),
    nodes: chained.nodes,
    next: null,
    coverage: use === null ? null : await coverageOf(queries, integrationId, use),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
