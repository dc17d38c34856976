import type { AccessGraph } from '@castellan/api';

/** A long column is broken, so that no picture is a mile high. */
const MOST_ROWS = 30;

/** The column of each node, from the left: after all that lead to it, but for those in a circle with it. */
export function graphColumns(graph: Pick<AccessGraph, 'nodes' | 'edges'>): ReadonlyMap<string, number> {
  const depth = depths(graph);
  const layers = new Map<number, string[]>();
  for (const { id } of graph.nodes) {
    const layer = depth.get(id) ?? 0;
    layers.set(layer, [...(layers.get(layer) ?? []), id]);
  }
  const columnOf = new Map<string, number>();
  let left = 0;
  for (const [, ids] of [...layers].toSorted(([one], [other]) => one - other)) {
    const columns = Math.ceil(ids.length / MOST_ROWS);
    const rows = Math.ceil(ids.length / columns);
    for (const [index, id] of ids.entries()) columnOf.set(id, left + Math.floor(index / rows));
    left += columns;
  }
  return columnOf;
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
