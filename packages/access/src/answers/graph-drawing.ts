import type { AccessNodeKind, AccessNodeRef } from '@castellan/api';
import type { Relation } from '../graph/edge.js';
import { nodeId } from '../graph/node.js';

/** More than a person can look at, and than a browser draws at once. */
export const MOST_NODES = 300;
/** Of one kind around one node, drawn one by one; more are folded into one with their number. */
const DRAWN_EACH = 40;

export interface Drawn {
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  readonly relation: Relation;
}

/** Many of one kind that hang on `at`. */
export interface Folded {
  readonly id: string;
  readonly kind: AccessNodeKind;
  readonly count: number;
  readonly at: AccessNodeRef;
  /** They are reached from it; else it is reached from them. */
  readonly isTarget: boolean;
  readonly relation: Relation;
}

/**
 * Which edges are drawn one by one, the nearest first. Before a node is drawn there is room for all that may become a number at
 * it: what was drawn is complete, though not all is drawn.
 */
export class GraphDrawing {
  readonly drawn: Drawn[] = [];
  private readonly more = new Map<string, Folded>();
  private readonly edgesOf = new Map<string, Drawn[]>();
  private readonly left: Set<Drawn>;
  private readonly seen = new Set<string>();
  /** Nodes of the groups' people, and of what may yet be folded. */
  private reserved = 0;

  /** @param withPeople keys of groups whose people are another node */
  constructor(
    edges: readonly Drawn[],
    of: AccessNodeRef,
    private readonly withPeople: ReadonlySet<string>,
  ) {
    this.left = new Set(edges);
    for (const edge of edges) for (const end of [edge.from, edge.to]) this.edgesAt(end).push(edge);
    this.seen.add(nodeId(of));
    // Who was given it, or is in it, and what is folded around it.
    this.reserved = 1 + this.foldsAt(of);
    const nodes = [of];
    for (const node of nodes) nodes.push(...this.around(node));
  }

  get folded(): readonly Folded[] {
    return [...this.more.values()];
  }

  /** Draws, or folds, what hangs on a node. @returns the nodes that are new */
  private around(node: AccessNodeRef): readonly AccessNodeRef[] {
    const held = this.foldsAt(node);
    const counts = new Map<string, number>();
    const next: AccessNodeRef[] = [];
    for (const edge of this.edgesAt(node)) {
      if (!this.left.delete(edge)) continue;
      const { end, isTarget, side } = sideOf(edge, node);
      const count = (counts.get(side) ?? 0) + 1;
      counts.set(side, count);
      if (this.seen.has(nodeId(end))) this.drawn.push(edge);
      else if (count > DRAWN_EACH || !this.hasRoom(end)) this.fold(edge, node, { end, isTarget, side });
      else {
        this.seen.add(nodeId(end));
        this.reserved += this.costOf(end) - 1;
        this.drawn.push(edge);
        next.push(end);
      }
    }
    this.reserved -= held;
    return next;
  }

  private fold({ relation }: Drawn, at: AccessNodeRef, { end, isTarget, side }: Side): void {
    const id = `more ${nodeId(at)} ${side}`;
    this.more.set(id, { id, kind: end.kind, count: (this.more.get(id)?.count ?? 0) + 1, at, isTarget, relation });
  }

  private hasRoom(end: AccessNodeRef): boolean {
    return this.seen.size + this.more.size + this.reserved + this.costOf(end) <= MOST_NODES;
  }

  /** Nodes that come with it, itself included. */
  private costOf(node: AccessNodeRef): number {
    return 1 + (node.kind === 'group' && this.withPeople.has(node.key) ? 1 : 0) + this.foldsAt(node);
  }

  /** How many nodes can stand for what is not drawn around it. */
  private foldsAt(node: AccessNodeRef): number {
    const open = this.edgesAt(node).filter((edge) => this.left.has(edge));
    return new Set(open.map((edge) => sideOf(edge, node).side)).size;
  }

  private edgesAt(node: AccessNodeRef): Drawn[] {
    const known = this.edgesOf.get(nodeId(node)) ?? [];
    this.edgesOf.set(nodeId(node), known);
    return known;
  }
}

interface Side {
  readonly end: AccessNodeRef;
  readonly isTarget: boolean;
  /** Direction and kind. */
  readonly side: string;
}

function sideOf({ from, to }: Drawn, node: AccessNodeRef): Side {
  const isTarget = nodeId(from) === nodeId(node);
  const end = isTarget ? to : from;
  return { end, isTarget, side: `${isTarget ? 'to' : 'from'} ${end.kind}` };
}
