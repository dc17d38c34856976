import type { AccessChange, AccessChanges, AccessNodeRef, AccessTargetKind } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import { ChainGraph, type Link } from '../graph/chains.js';
import { granting } from '../graph/downward.js';
import { nodeId } from '../graph/node.js';
import { edgesUpward } from '../graph/upward.js';
import { isKnown } from '../names/is-known.js';
import { canBeEnd, nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { edgesOfAccounts } from './reached-by.js';
import { ReachingAccounts } from './reaching-accounts.js';
import { reachedIn } from './reach.js';
import { compare, SHOWN_CHAINS } from './row.js';
import { chainView, nameChains } from './view.js';

export interface ChangesQuestion {
  readonly integrationId: string;
  readonly of: AccessNodeRef;
  /** What it reaches, of this kind; `account`: who reaches it. */
  readonly other: AccessTargetKind | 'account';
  readonly since: Date;
  /** Left out: now. */
  readonly until?: Date | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

interface Changed {
  readonly what: AccessChange['what'];
  readonly node: AccessNodeRef;
  readonly chains: readonly (readonly Link[])[];
}

interface Found {
  readonly changed: readonly Changed[];
  readonly next: string | null;
}

/** What does it reach, or who reaches it, that was not so at the beginning; and the other way round. By what and name. `undefined`: there is no such thing. */
export async function changes(queries: Queries, question: ChangesQuestion): Promise<AccessChanges | undefined> {
  const { integrationId, of, other, since, until } = question;
  const { changed, next } =
    other === 'account' ? await ofReaching(queries, question) : await ofReached(queries, question, other);
  const ends = changed.map(({ node }) => node);
  const names = await nameNodes(queries, integrationId, [of, ...ends]);
  if (ends.length === 0 && !(await isKnown(queries, integrationId, names, of))) return undefined;
  const chained = await nameChains(
    queries,
    integrationId,
    changed.flatMap(({ chains }) => chains),
    [of, ...ends],
    names,
  );
  return {
    subject: nodeOf(names, of),
    since: since.toISOString(),
    until: (until ?? new Date()).toISOString(),
    items: changed.map(({ what, node, chains }) => ({
      what,
      node: nodeOf(names, node),
      chains: chains.map((chain) => chainView(chain, chained)),
    })),
    nodes: chained.nodes,
    next,
  };
}

/** Of what a principal reaches: all of it hangs on the one. */
async function ofReached(queries: Queries, question: ChangesQuestion, kind: AccessTargetKind): Promise<Found> {
  const { since, until, after, limit = 100 } = question;
  const [before, now] = [await reachedAt(queries, question, kind, since), await reachedAt(queries, question, kind, until)];
  const all: (Changed & { readonly label: string })[] = [
    ...[...now].filter(([id]) => !before.has(id)).map(([, reached]) => ({ what: 'gained' as const, ...reached })),
    ...[...before].filter(([id]) => !now.has(id)).map(([, reached]) => ({ what: 'lost' as const, ...reached })),
  ];
  const sorted = all.toSorted(
    (one, two) => compare(one.what, two.what) || compare(one.label, two.label) || compare(one.node.key, two.node.key),
  );
  const offset = Number(after ?? 0);
  return {
    changed: sorted.slice(offset, offset + limit),
    next: sorted.length > offset + limit ? String(offset + limit) : null,
  };
}

type ReachedThen = ReadonlyMap<string, Omit<Changed, 'what'> & { readonly label: string }>;

async function reachedAt(
  queries: Queries,
  { integrationId, of }: ChangesQuestion,
  kind: AccessTargetKind,
  at: Date | undefined,
): Promise<ReachedThen> {
  const graph = new ChainGraph(await edgesUpward(queries, integrationId, of, at));
  const targets = graph.ofKind(kind);
  const names: NodeNames = await nameNodes(queries, integrationId, [of, ...targets], at);
  return new Map(
    reachedIn(graph, of, targets, names).map(({ target, found }) => {
      const label = nodeOf(names, target).label.toLowerCase();
      return [nodeId(target), { node: target, chains: found.chains.slice(0, SHOWN_CHAINS), label }];
    }),
  );
}

/** Of those who reach a target: compared in the database, since there may be a hundred thousand. */
async function ofReaching(queries: Queries, question: ChangesQuestion): Promise<Found> {
  const { integrationId, of: to, since, until, after, limit = 100 } = question;
  const [before, now] = [await sideAt(queries, question, since), await sideAt(queries, question, until)];
  const { changed, next } = await ReachingAccounts.difference(
    queries,
    [before, now].map((side) => side.question) as [typeof before.question, typeof now.question], // two of two
    after,
    limit,
  );
  const chainsOf = async (side: typeof before, keys: readonly string[], at: Date | undefined): Promise<ChainGraph> => {
    const edges = await edgesOfAccounts(queries, { integrationId, to, at }, side.question.groups, keys);
    return new ChainGraph([...side.edges, ...edges]);
  };
  const keysOf = (wanted: AccessChange['what']): readonly string[] =>
    changed.filter(({ what }) => what === wanted).map(({ key }) => key);
  const graphs = { gained: await chainsOf(now, keysOf('gained'), until), lost: await chainsOf(before, keysOf('lost'), since) };
  return {
    changed: changed.map(({ what, key }) => {
      const node = { kind: 'account', key } as const;
      return { what, node, chains: graphs[what].chains(node, to, SHOWN_CHAINS).chains };
    }),
    next,
  };
}

async function sideAt(queries: Queries, { integrationId, of: to }: ChangesQuestion, at: Date | undefined) {
  const names = await nameNodes(queries, integrationId, [to], at);
  const through = await granting(queries, integrationId, to, at);
  const isThere = canBeEnd(names, to);
  const question = { integrationId, to, groups: isThere ? through.groups : [], direct: isThere, at };
  return { edges: through.edges, question };
}
