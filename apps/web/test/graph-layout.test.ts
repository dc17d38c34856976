import type { AccessGraph, AccessNodeKind } from '@castellan/api';
import fc from 'fast-check';
import { bendsOf } from '../src/access/draw-graph.js';
import { BOX, graphLayout, type Place, wayId } from '../src/access/graph-layout.js';

type Graph = Pick<AccessGraph, 'nodes' | 'edges'>;

const RANKS: readonly AccessNodeKind[] = ['account', 'group', 'group', 'group', 'application'];

/** Without circles: each edge leads to what comes later. */
const graph: fc.Arbitrary<Graph> = fc
  .record({
    size: fc.integer({ min: 2, max: 60 }),
    pairs: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 120 }),
    hub: fc.boolean(),
  })
  .map(({ size, pairs, hub }) => {
    const id = (number: number): string => `n${number}`;
    const nodes = Array.from({ length: size }, (_one, number) => {
      const kind = RANKS[Math.floor((number * RANKS.length) / size)] ?? 'group';
      return { id: id(number), node: null, kind, count: 1 };
    });
    const found = pairs.map(([one, other]) => [one % size, other % size] as const).filter(([from, to]) => from < to);
    // As around an account: it leads to most of what there is.
    const all = [...found, ...(hub ? nodes.slice(1).map((_node, index) => [0, index + 1] as const) : [])];
    const edges = new Map(
      all.map(([from, to]) => [`${from} ${to}`, { from: id(from), to: id(to), relation: 'membership' as const }]),
    );
    return { nodes, edges: [...edges.values()] };
  });

/** Whether a straight line goes through the inside of a box: looked at in many points of it. */
function passes(start: Place, end: Place, box: Place): boolean {
  return Array.from({ length: 101 }, (_one, step) => step / 100).some((part) => {
    const [x, y] = [start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part];
    return Math.abs(x - box.x) < BOX.width / 2 - 1 && Math.abs(y - box.y) < BOX.height / 2 - 1;
  });
}

test('no line of a graph runs behind a box that it does not end at, and no box covers another one', () => {
  fc.assert(
    fc.property(graph, ({ nodes, edges }) => {
      const { places, ways } = graphLayout({ nodes, edges });
      const boxes = [...places];
      for (const [index, [, one]] of boxes.entries())
        for (const [, other] of boxes.slice(index + 1))
          expect(Math.abs(one.x - other.x) >= BOX.width || Math.abs(one.y - other.y) >= BOX.height).toBe(true);
      for (const edge of edges) {
        const [from, to] = [places.get(edge.from), places.get(edge.to)];
        const way = ways.get(wayId(edge));
        if (from === undefined || to === undefined || way === undefined) throw new Error('each edge goes to the right');
        const start = { x: from.x + BOX.width / 2, y: from.y };
        const line = [start, ...way, { x: to.x - BOX.width / 2, y: to.y }];
        const behind = boxes.filter(([, box]) => line.slice(1).some((end, index) => passes(line[index] ?? start, end, box)));
        expect(behind.map(([id]) => id)).toEqual([]);
      }
    }),
    { numRuns: 60, seed: 11 },
  );
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
