import { type AttackGraph, type Edge, kindOfNode, type NodeId } from './attack-graph.js';
import { dominators } from './dominators.js';

/** A step without which nothing behind it reaches tier zero. */
export interface Choke {
  readonly edge: Edge;
  /** Starting points that it cuts off, by whatever way they would go. */
  readonly cuts: number;
}

const SHOWN = 20;

export interface Chokes {
  /** Those that cut most, first. */
  readonly points: readonly Choke[];
  /** Starting points that none cuts off. */
  readonly uncut: number;
}

/** Whether somebody could begin there: a person, a program, or who controls another system. */
export function isStart(id: NodeId, distance: number): boolean {
  const kind = kindOfNode(id);
  return distance > 0 && kind !== 'set' && kind !== 'group';
}

/**
 * The steps whose removal cuts most ways. A step counts only what has no way around it: what it dominates, seen from tier zero.
 * To be in a group is no step to be removed for that, since each cuts one member; what the group may do is one.
 */
export function chokePoints({ distances, edges }: AttackGraph): Chokes {
  const numbers = new Map<NodeId, number>();
  for (const id of distances.keys()) numbers.set(id, numbers.size + 1);
  const removable = edges.filter(({ step, from }) => step !== 'in' && step !== 'member_of' && numbers.has(from));
  const first = numbers.size + 1;
  const flow: [number, number][] = [];
  for (const [id, distance] of distances) if (distance === 0 && kindOfNode(id) !== 'set') flow.push([0, numbers.get(id) ?? 0]);
  const place = (id: NodeId): number => numbers.get(id) ?? 0;
  let split = first;
  for (const { from, to, step } of edges) {
    if (!numbers.has(from)) continue;
    if (step === 'in' || step === 'member_of') flow.push([place(to), place(from)]);
    else {
      flow.push([place(to), split], [split, place(from)]);
      split += 1;
    }
  }
  const above = dominators(split, flow);
  const weights = new Float64Array(split);
  for (const [id, distance] of distances) if (isStart(id, distance)) weights[place(id)] = 1;
  const cuts = subtreeSums(above, weights);
  const points = removable
    .map((edge, n): Choke => ({ edge, cuts: cuts[first + n] ?? 0 }))
    .filter((choke) => choke.cuts > 0)
    .toSorted((a, b) => b.cuts - a.cuts || (distances.get(b.edge.from) ?? 0) - (distances.get(a.edge.from) ?? 0))
    .slice(0, SHOWN);
  return { points, uncut: uncutOf(above, weights, first) };
}

/** Of those with a weight: how many have no step above them. @param first the place of the first step */
function uncutOf({ parents, order }: ReturnType<typeof dominators>, weights: Float64Array, first: number): number {
  const isCut = new Uint8Array(parents.length);
  let uncut = 0;
  // From tier zero: whoever is dominated comes after its dominator in the order.
  for (const place of order) {
    isCut[place] = place >= first ? 1 : (isCut[parents[place] ?? 0] ?? 0);
    if (isCut[place] === 0) uncut += weights[place] ?? 0;
  }
  return uncut;
}

/** Of each place: the weights of all that it dominates, its own included. */
function subtreeSums({ parents, order }: ReturnType<typeof dominators>, weights: Float64Array): Float64Array {
  const sums = weights.slice();
  // From the leaves: whoever is dominated comes after its dominator in the order.
  for (let n = order.length - 1; n > 0; n--) {
    const place = order[n] ?? 0;
    const parent = parents[place] ?? 0;
    sums[parent] = (sums[parent] ?? 0) + (sums[place] ?? 0);
  }
  return sums;
}
