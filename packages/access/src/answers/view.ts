import type { AccessChain, AccessLink, AccessNode, AccessNodeRef } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Link } from '../graph/chains.js';
import { nodeId } from '../graph/node.js';
import { nameNodes, type NodeNames, nodeOf } from '../names/name-nodes.js';
import { type FillingRule, fillingRules } from '../names/rules.js';

/** What the links of an answer's chains are called. */
export interface ChainNames {
  readonly nodes: readonly AccessNode[];
  readonly rules: ReadonlyMap<string, readonly FillingRule[]>;
  /** Of what roles are narrowed to, by kind and key. */
  readonly targets: ReadonlyMap<string, string>;
}

/**
 * Names all that the chains go through.
 * @param ends what the answer names already: it is not among `nodes`
 * @param known names that were asked for before
 */
export async function nameChains(
  queries: Queries,
  integrationId: string,
  chains: Iterable<readonly Link[]>,
  ends: readonly AccessNodeRef[],
  known: NodeNames,
): Promise<ChainNames> {
  const refs = new Map<string, AccessNodeRef>();
  const groups = new Set<string>();
  const narrowed = new Map<string, AccessNodeRef>();
  for (const chain of chains)
    for (const { from, to, relation, targets } of chain) {
      refs.set(nodeId(from), from).set(nodeId(to), to);
      if (relation === 'membership') groups.add(to.key);
      for (const { kind, key } of targets)
        if (kind === 'group' || kind === 'application') narrowed.set(`${kind}:${key}`, { kind, key });
    }
  for (const ref of ends) refs.delete(nodeId(ref));
  const unknown = [...refs.values(), ...narrowed.values()].filter((ref) => !known.has(nodeId(ref)));
  const names = new Map([...known, ...(await nameNodes(queries, integrationId, unknown))]);
  return {
    nodes: [...refs.values()].map((ref) => nodeOf(names, ref)),
    rules: await fillingRules(queries, integrationId, [...groups]),
    targets: new Map([...narrowed].map(([id, ref]) => [id, nodeOf(names, ref).label])),
  };
}

export function chainView(chain: readonly Link[], names: ChainNames): AccessChain {
  const { since, orBefore } = ageOf(chain);
  return { links: chain.map((link) => linkView(link, names)), since: since.toISOString(), orBefore };
}

interface Age {
  readonly since: Date;
  readonly orBefore: boolean;
}

/** A chain is as old as its youngest link. */
export function ageOf(chain: readonly Link[]): Age {
  const [first, ...rest] = chain;
  if (first === undefined) throw new Error('A chain has at least one link.');
  let age: Age = first;
  for (const link of rest) if (link.since > age.since) age = link;
  return age;
}

/** Access is as old as its oldest chain. */
export function oldest(chains: readonly (readonly Link[])[]): Age {
  const [first, ...rest] = chains.map(ageOf);
  if (first === undefined) throw new Error('Access has at least one chain.');
  let age = first;
  for (const other of rest) if (other.since < age.since) age = other;
  return age;
}

function linkView({ relation, from, to, since, orBefore, byGroup, targets }: Link, names: ChainNames): AccessLink {
  const rules = relation === 'membership' && from.kind === 'account' ? (names.rules.get(to.key) ?? []) : [];
  return {
    relation,
    from,
    to,
    since: since.toISOString(),
    orBefore,
    rules: rules.filter(({ excluded }) => !excluded.has(from.key)).map(({ key, label }) => ({ key, label })),
    targets: targets.map(({ kind, key }) => ({ kind, key, label: names.targets.get(`${kind}:${key}`) ?? key })),
    byUnknownGroup: byGroup,
  };
}
