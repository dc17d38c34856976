import { edgeKey, edgeParts } from '@castellan/connector-sdk';

export interface Cover {
  /** To be read whole, with the edges that each answers. */
  readonly lefts: ReadonlyMap<string, readonly string[]>;
  readonly rights: ReadonlyMap<string, readonly string[]>;
}

/**
 * Chooses whose lists to read so that each edge is in one of them, for few calls: always the list that answers most edges
 * for a call. Of two that answer the same, the right side's (an account's list is short, a group's may be long).
 * @param costOf calls that the list of a left side takes; one of a right side takes one.
 */
export function cheapestCover(edges: readonly string[], costOf: (left: string, edges: number) => number): Cover {
  const byLeft = new Map<string, Set<string>>();
  const byRight = new Map<string, Set<string>>();
  for (const edge of edges) {
    const [left = '', right = ''] = edgeParts(edge);
    addTo(byLeft, left, edge);
    addTo(byRight, right, edge);
  }
  const costs = new Map([...byLeft].map(([left, open]) => [left, costOf(left, open.size)]));
  const lefts = new Map<string, readonly string[]>();
  const rights = new Map<string, readonly string[]>();
  while (byRight.size > 0) {
    const right = best(byRight, () => 1);
    const left = best(byLeft, (name) => costs.get(name) ?? 1);
    const open = left.worth > right.worth ? byLeft.get(left.name) : byRight.get(right.name);
    const taken = [...(open ?? [])];
    if (left.worth > right.worth) lefts.set(left.name, taken);
    else rights.set(right.name, taken);
    for (const edge of taken) {
      const [one = '', other = ''] = edgeParts(edge);
      removeFrom(byLeft, one, edge);
      removeFrom(byRight, other, edge);
    }
  }
  return { lefts, rights };
}

function best(
  sides: ReadonlyMap<string, ReadonlySet<string>>,
  costOf: (name: string) => number,
): { readonly name: string; readonly worth: number } {
  let found = { name: '', worth: 0 };
  for (const [name, open] of sides) {
    const worth = open.size / costOf(name);
    if (worth > found.worth) found = { name, worth };
  }
  return found;
}

function addTo(sides: Map<string, Set<string>>, name: string, edge: string): void {
  const open = sides.get(name) ?? new Set<string>();
  sides.set(name, open.add(edge));
}

function removeFrom(sides: Map<string, Set<string>>, name: string, edge: string): void {
  const open = sides.get(name);
  open?.delete(edge);
  if (open?.size === 0) sides.delete(name);
}

/** The two ends of an edge; `undefined` for a key that is none. */
export function endsOf(edge: string): readonly [left: string, right: string] | undefined {
  const [left, right, ...rest] = edgeParts(edge);
  if (left === undefined || right === undefined || rest.length > 0 || edgeKey(left, right) !== edge) return undefined;
  return left === '' || right === '' ? undefined : [left, right];
}
