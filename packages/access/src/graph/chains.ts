import type { AccessNodeRef } from '@castellan/api';
import type { Edge } from './edge.js';
import { nodeId } from './node.js';

/** A link of a chain: the edges of one relation between two nodes (a narrowed role has several). */
export interface Link {
  readonly relation: Edge['relation'];
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  readonly since: Date;
  readonly orBefore: boolean;
  readonly byGroup: boolean;
  /** Of a role; empty: for the whole organisation. */
  readonly targets: readonly { readonly kind: string; readonly key: string }[];
}

export interface Chains {
  /** Shortest first. */
  readonly chains: readonly (readonly Link[])[];
  /** Whether there are more than were asked for. */
  readonly more: boolean;
}

/** Ways that are looked at for one pair: of groups that are all in each other there are more than anybody could count. */
const MOST_STEPS = 20_000;

/** Edges as a graph that chains are found in. */
export class ChainGraph {
  private readonly out = new Map<string, Map<string, Link>>();
  private readonly into = new Map<string, Set<string>>();
  /** Of the last target that was asked for: a page asks for one again and again. */
  private leading: { readonly target: string; readonly nodes: ReadonlySet<string> } | undefined;
  /** What there is an edge to. */
  readonly nodes = new Map<string, AccessNodeRef>();

  constructor(edges: Iterable<Edge>) {
    for (const edge of edges) this.add(edge);
  }

  /** Whatever of this kind has an edge to it. */
  ofKind(kind: AccessNodeRef['kind']): readonly AccessNodeRef[] {
    return [...this.nodes.values()].filter((node) => node.kind === kind);
  }

  /** Chains from one node to another. An assignment through a group that nobody names counts where there is no other. */
  chains(from: AccessNodeRef, to: AccessNodeRef, most: number): Chains {
    const known = this.find(from, to, most, (link) => !link.byGroup);
    return known.chains.length > 0 ? known : this.find(from, to, most, () => true);
  }

  private add(edge: Edge): void {
    const [from, to] = [nodeId(edge.from), nodeId(edge.to)];
    this.nodes.set(to, edge.to);
    const links = this.out.get(from) ?? new Map<string, Link>();
    links.set(to, joined(links.get(to), edge));
    this.leading = undefined;
    this.out.set(from, links);
    this.into.set(to, (this.into.get(to) ?? new Set()).add(from));
  }

  private find(from: AccessNodeRef, to: AccessNodeRef, most: number, counts: (link: Link) => boolean): Chains {
    const target = nodeId(to);
    const leading = this.leadingTo(target);
    const chains: (readonly Link[])[] = [];
    // Breadth first: the shortest come first, and a bound cuts off the longest.
    let ways: readonly (readonly Link[])[] = [[]];
    for (let steps = 0; ways.length > 0; ) {
      const longer: (readonly Link[])[] = [];
      for (const way of ways) {
        for (const link of this.out.get(nodeId(way.at(-1)?.to ?? from))?.values() ?? []) {
          const next = nodeId(link.to);
          if (!leading.has(next) || !counts(link) || next === nodeId(from)) continue;
          if (next === target) chains.push([...way, link]);
          else if (way.every(({ to: passed }) => nodeId(passed) !== next)) longer.push([...way, link]);
          if (chains.length > most) return { chains: chains.slice(0, most), more: true };
          steps += 1;
          if (steps > MOST_STEPS) return { chains: chains.length > 0 ? chains : this.shortest(from, to, counts), more: true };
        }
      }
      ways = longer;
    }
    return { chains, more: false };
  }

  /** One of the shortest, without looking at the same node twice; none where none leads there. */
  private shortest(from: AccessNodeRef, to: AccessNodeRef, counts: (link: Link) => boolean): Chains['chains'] {
    const seen = new Set([nodeId(from)]);
    const ways: (readonly Link[])[] = [[]];
    for (const way of ways) {
      for (const link of this.out.get(nodeId(way.at(-1)?.to ?? from))?.values() ?? []) {
        const next = nodeId(link.to);
        if (seen.has(next) || !counts(link)) continue;
        if (next === nodeId(to)) return [[...way, link]];
        seen.add(next);
        ways.push([...way, link]);
      }
    }
    return [];
  }

  private leadingTo(target: string): ReadonlySet<string> {
    if (this.leading?.target === target) return this.leading.nodes;
    const nodes = new Set([target]);
    for (const node of nodes) for (const before of this.into.get(node) ?? []) nodes.add(before);
    this.leading = { target, nodes };
    return nodes;
  }
}

function joined(known: Link | undefined, edge: Edge): Link {
  const { relation, from, to, since, orBefore, byGroup, target } = edge;
  if (known === undefined) return { relation, from, to, since, orBefore, byGroup, targets: target === null ? [] : [target] };
  const older = since < known.since ? edge : known;
  const isNarrowed = target !== null && known.targets.length > 0;
  return { ...known, since: older.since, orBefore: older.orBefore, targets: isNarrowed ? [...known.targets, target] : [] };
}
