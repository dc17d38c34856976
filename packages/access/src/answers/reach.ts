import type { AccessNode, AccessNodeRef, AccessPage, AccessReasons, AccessTargetKind, AccessUsage } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { ChainGraph, type Chains } from '../graph/chains.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { isKnown } from '../names/is-known.js';
import { canBeEnd, canReach, nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { objectOf, pairId, usageOf, useOf } from '../usage/usage-of.js';
import { accessRow, byName, compare, COUNTED_CHAINS, SHOWN_CHAINS } from './row.js';
import { chainView, nameChains } from './view.js';

/** Of one pair. */
const MOST_REASONS = 200;

export interface ReachQuestion {
  readonly integrationId: string;
  readonly from: AccessNodeRef;
  readonly to: AccessTargetKind;
  /** An instant of the past; left out: now. */
  readonly at?: Date | undefined;
}

/** One that is reached, before it is written out. */
export interface Reached {
  readonly target: AccessNodeRef;
  readonly found: Chains;
}

/** What a principal reaches at an instant, of one kind: nothing where it is gone, and none that is known to be gone. */
export function reachedIn(
  graph: ChainGraph,
  from: AccessNodeRef,
  targets: readonly AccessNodeRef[],
  names: NodeNames,
): readonly Reached[] {
  return targets
    .filter((target) => nodeId(target) !== nodeId(from) && canReach(names, from, target.kind) && canBeEnd(names, target))
    .map((target) => ({ target, found: graph.chains(from, target, COUNTED_CHAINS) }))
    .filter(({ found }) => found.chains.length > 0);
}

export interface ReachSort {
  readonly by: 'name' | 'lastUsed';
  readonly descending: boolean;
}

export interface ReachPage extends ReachQuestion {
  /** In the label or the key, whatever its case. */
  readonly words?: readonly string[];
  /** Only what was not used since this instant. */
  readonly unusedSince?: Date | undefined;
  readonly sort?: ReachSort | undefined;
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * What can this account, group or client reach? All of it is looked at (it hangs on one principal) and a part is given.
 * `undefined`: there is no such principal.
 */
export async function reach(queries: Queries, question: ReachPage): Promise<AccessPage | undefined> {
  const { integrationId, from, to, at, words = [], unusedSince, offset = 0, limit = 100 } = question;
  const edges = await edgesUpward(queries, integrationId, from, at);
  const graph = new ChainGraph(edges);
  const targets = graph.ofKind(to);
  const names = await nameNodes(queries, integrationId, [from, ...targets, ...between(graph)], at);
  if (edges.length === 0 && !(await isKnown(queries, integrationId, names, from))) return undefined;
  const reached = reachedIn(graph, from, targets, names);
  const use = useOf(from.kind, to);
  const pairOf = (target: AccessNodeRef) => ({ principal: from.key, object: objectOf(use, target) });
  const pairs = reached.map(({ target }) => pairOf(target));
  const { usage, coverage } = await usageOf(queries, integrationId, use, pairs);
  const rows = reached
    .map((one) => ({ ...one, node: nodeOf(names, one.target), usage: usage.get(pairId(pairOf(one.target))) ?? null }))
    .filter(({ node }) => words.every((word) => `${node.label}\n${node.key}`.toLowerCase().includes(word.toLowerCase())))
    .filter((row) => unusedSince === undefined || row.usage === null || new Date(row.usage.lastAt) < unusedSince)
    .toSorted(sorter(question.sort));
  const page = rows.slice(offset, offset + limit);
  const chained = await nameChains(queries, integrationId, shown(page), [from, ...page.map(({ target }) => target)], names);
  return {
    subject: nodeOf(names, from),
    items: page.map(({ node, found, usage: used }) => accessRow(node, found, used, chained)),
    nodes: chained.nodes,
    next: rows.length > offset + limit ? String(offset + limit) : null,
    coverage,
  };
}

/** Why does this one reach that one? Every chain. `undefined`: one of them is not known. */
export async function reasons(
  queries: Queries,
  { integrationId, from, to, at }: Omit<ReachQuestion, 'to'> & { readonly to: AccessNodeRef },
): Promise<AccessReasons | undefined> {
  const graph = new ChainGraph(await edgesUpward(queries, integrationId, from, at));
  const names = await nameNodes(queries, integrationId, [from, to, ...between(graph)], at);
  for (const end of [from, to]) if (!(await isKnown(queries, integrationId, names, end))) return undefined;
  const areEnds = canReach(names, from, to.kind) && canBeEnd(names, to);
  const found: Chains =
    areEnds && nodeId(from) !== nodeId(to) ? graph.chains(from, to, MOST_REASONS) : { chains: [], more: false };
  const chained = await nameChains(queries, integrationId, found.chains, [from, to], names);
  const use = useOf(from.kind, to.kind);
  const pair = { principal: from.key, object: objectOf(use, to) };
  const { usage, coverage } = await usageOf(queries, integrationId, use, [pair]);
  return {
    from: nodeOf(names, from),
    to: nodeOf(names, to),
    chains: found.chains.map((chain) => chainView(chain, chained)),
    more: found.more,
    nodes: chained.nodes,
    usage: usage.get(pairId(pair)) ?? null,
    coverage,
  };
}

/** More are named when it is known which of them are shown. */
const FEW_GROUPS = 60;

/** Groups that chains may go through, of which there are few as a rule: named together with the ends, in one statement. */
export function between(graph: ChainGraph): readonly AccessNodeRef[] {
  const groups = graph.ofKind('group');
  return groups.length > FEW_GROUPS ? [] : groups;
}

function* shown(rows: readonly { readonly found: Chains }[]): Generator<Chains['chains'][number], void, void> {
  for (const { found } of rows) yield* found.chains.slice(0, SHOWN_CHAINS);
}

interface SortedRow {
  readonly node: AccessNode;
  readonly usage: AccessUsage | null;
}

/** Never used is before any use; equal ones by name and key. */
function sorter(
  { by, descending }: ReachSort = { by: 'name', descending: false },
): (one: SortedRow, other: SortedRow) => number {
  const sign = descending ? -1 : 1;
  if (by === 'name') return (one, other) => sign * byName(one.node, other.node);
  return (one, other) => sign * compare(one.usage?.lastAt ?? '', other.usage?.lastAt ?? '') || byName(one.node, other.node);
}
