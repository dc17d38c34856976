import type { AccessGraph, AccessNodeKind } from '@castellan/api';
import { bendsOf } from '../src/access/draw-graph.js';
import { BOX, graphLayout, type Place, wayId } from '../src/access/graph-layout.js';

type Graph = Pick<AccessGraph, 'nodes' | 'edges'>;

const RANKS: readonly AccessNodeKind[] = ['account', 'group', 'group', 'group', 'application'];

/** Numbers below a bound, always the same ones: an organisation that was found once is found again. */
function numbersFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * bound);
  };
}

/** Without circles: each edge leads to what comes later. Half of them as around an account, which leads to most of what there is. */
function someGraph(seed: number): Graph {
  const below = numbersFrom(seed);
  const size = 2 + below(59);
  const id = (number: number): string => `n${number}`;
  const nodes = Array.from({ length: size }, (_one, number) => {
    const kind = RANKS[Math.floor((number * RANKS.length) / size)] ?? 'group';
    return { id: id(number), node: null, kind, count: 1 };
  });
  const pairs = Array.from({ length: below(120) }, () => [below(size), below(size)] as const).filter(([from, to]) => from < to);
  const around = seed % 2 === 0 ? nodes.slice(1).map((_node, index) => [0, index + 1] as const) : [];
  const edges = [...pairs, ...around].map(([from, to]) => ({ from: id(from), to: id(to), relation: 'membership' as const }));
  return { nodes, edges: [...new Map(edges.map((edge) => [wayId(edge), edge])).values()] };
}

/** Whether a straight line goes through the inside of a box: looked at in many points of it. */
function passes(start: Place, end: Place, box: Place): boolean {
  return Array.from({ length: 101 }, (_one, step) => step / 100).some((part) => {
    const [x, y] = [start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part];
    return Math.abs(x - box.x) < BOX.width / 2 - 1 && Math.abs(y - box.y) < BOX.height / 2 - 1;
  });
}

test('no line of a graph runs behind a box that it does not end at, and no box covers another one', () => {
  const seen = new Set<number>();
  for (let seed = 1; seed <= 100; seed++) {
    const { nodes, edges } = someGraph(seed);
    const { places, ways } = graphLayout({ nodes, edges });
    seen.add(nodes.length);
    const boxes = [...places];
    const covered = boxes.filter(([, one], index) =>
      boxes
        .slice(index + 1)
        .some(([, other]) => Math.abs(one.x - other.x) < BOX.width && Math.abs(one.y - other.y) < BOX.height),
    );
    expect([seed, covered]).toEqual([seed, []]);
    const hidden = edges.filter((edge) => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      const way = ways.get(wayId(edge));
      if (from === undefined || to === undefined || way === undefined) throw new Error('each edge goes to the right');
      const start = { x: from.x + BOX.width / 2, y: from.y };
      const line = [start, ...way, { x: to.x - BOX.width / 2, y: to.y }];
      return boxes.some(([, box]) => line.slice(1).some((end, index) => passes(line[index] ?? start, end, box)));
    });
    expect([seed, hidden]).toEqual([seed, []]);
  }
  expect(seen.size).toBeGreaterThan(30);
});

test('a bend is told as a part of the straight line and a distance beside it', () => {
  const bends = [
    { x: 100, y: 50 },
    { x: 300, y: 50 },
  ];
  const layout = {
    places: new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 400, y: 0 }],
    ]),
    ways: new Map([[wayId({ from: 'a', to: 'b' }), bends]]),
  };
  // To the right of a line that goes to the right is below it.
  expect(bendsOf(layout, { from: 'a', to: 'b' })).toEqual({ weights: [0.25, 0.75], distances: [50, 50] });
  expect(bendsOf(layout, { from: 'b', to: 'a' })).toEqual({ isBack: true });
});
