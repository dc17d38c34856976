import type { AccessGraph } from '@castellan/api';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Between the centres of two boxes, in pixels at full size. */
const COLUMN = 250;
const ROW = 34;
/** A long column is broken, so that no picture is a mile high. */
const MOST_ROWS = 30;

/** Left to right along the edges: who is given something left of what they are given. By id of the node. */
export function graphLayout({ nodes, edges }: Pick<AccessGraph, 'nodes' | 'edges'>): ReadonlyMap<string, Place> {
  const depth = depths({ nodes, edges });
  const layers = new Map<number, string[]>();
  for (const { id } of nodes) {
    const layer = depth.get(id) ?? 0;
    layers.set(layer, [...(layers.get(layer) ?? []), id]);
  }
  const places = new Map<string, Place>();
  let left = 0;
  for (const [, ids] of [...layers].toSorted(([one], [other]) => one - other)) {
    const columns = Math.ceil(ids.length / MOST_ROWS);
    const rows = Math.ceil(ids.length / columns);
    for (const [index, id] of ids.entries()) {
      const column = Math.floor(index / rows);
      const inColumn = Math.min(rows, ids.length - column * rows);
      places.set(id, { x: left + column * COLUMN, y: ((index % rows) - (inColumn - 1) / 2) * ROW });
    }
    left += columns * COLUMN + 60;
  }
  return places;
}

/** The longest way to each node. Groups in a circle end it: nothing is further away than there are nodes. */
function depths({ nodes, edges }: Pick<AccessGraph, 'nodes' | 'edges'>): ReadonlyMap<string, number> {
  const depth = new Map(nodes.map(({ id }) => [id, 0]));
  // Chains are short: it is over long before the bound, unless there is a circle.
  const bound = Math.min(nodes.length, 12);
  for (let round = 0; round < bound; round += 1) {
    let hasMoved = false;
    for (const { from, to } of edges) {
      const next = (depth.get(from) ?? 0) + 1;
      if (next <= (depth.get(to) ?? 0) || next > bound) continue;
      depth.set(to, next);
      hasMoved = true;
    }
    if (!hasMoved) break;
  }
  return depth;
}
