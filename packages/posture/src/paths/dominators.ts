/** Who dominates whom, seen from place 0. */
export interface Dominators {
  /** The nearest dominator of each place; -1 where place 0 does not reach it. */
  readonly parents: Int32Array;
  /** Places that are reached, each after its dominator: a reversed post-order. */
  readonly order: Int32Array;
}

/**
 * Nearest dominators of a flow graph from place 0, by iteration over a reversed post-order. Source: Cooper, Harvey and Kennedy,
 * "A Simple, Fast Dominance Algorithm" (2001).
 */
export function dominators(places: number, flow: readonly (readonly [from: number, to: number])[]): Dominators {
  const next = neighbours(places, flow, 0, 1);
  const before = neighbours(places, flow, 1, 0);
  const order = reversedPostOrder(places, next);
  const rank = new Int32Array(places).fill(-1);
  order.forEach((place, n) => {
    rank[place] = n;
  });
  const parents = new Int32Array(places).fill(-1);
  parents[0] = 0;
  const meet = (a: number, b: number): number => {
    let [left, right] = [a, b];
    while (left !== right) {
      while ((rank[left] ?? 0) > (rank[right] ?? 0)) left = parents[left] ?? 0;
      while ((rank[right] ?? 0) > (rank[left] ?? 0)) right = parents[right] ?? 0;
    }
    return left;
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const place of order) {
      if (place === 0) continue;
      let parent = -1;
      for (let n = before.starts[place] ?? 0; n < (before.starts[place + 1] ?? 0); n++) {
        const one = before.ends[n] ?? 0;
        if ((parents[one] ?? -1) !== -1) parent = parent === -1 ? one : meet(parent, one);
      }
      if (parent === parents[place]) continue;
      parents[place] = parent;
      isChanged = true;
    }
  }
  return { parents, order };
}

/** Of place n: `ends` from `starts[n]` to before `starts[n + 1]`. */
interface Neighbours {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

function neighbours(places: number, flow: readonly (readonly [number, number])[], own: 0 | 1, other: 0 | 1): Neighbours {
  const starts = new Int32Array(places + 1);
  for (const pair of flow) starts[pair[own] + 1] = (starts[pair[own] + 1] ?? 0) + 1;
  for (let n = 1; n <= places; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
  const free = starts.slice();
  const ends = new Int32Array(flow.length);
  for (const pair of flow) {
    const at = free[pair[own]] ?? 0;
    ends[at] = pair[other];
    free[pair[own]] = at + 1;
  }
  return { starts, ends };
}

/** Without recursion: a chain of groups could be deeper than the stack. */
function reversedPostOrder(places: number, { starts, ends }: Neighbours): Int32Array {
  const isSeen = new Uint8Array(places);
  const at = starts.slice();
  const stack = [0];
  const done: number[] = [];
  isSeen[0] = 1;
  while (stack.length > 0) {
    const place = stack.at(-1) ?? 0;
    const n = at[place] ?? 0;
    if (n >= (starts[place + 1] ?? 0)) {
      done.push(place);
      stack.pop();
      continue;
    }
    at[place] = n + 1;
    const next = ends[n] ?? 0;
    if (isSeen[next] === 1) continue;
    isSeen[next] = 1;
    stack.push(next);
  }
  return Int32Array.from(done.toReversed());
}
