import fc from 'fast-check';
import type { PathStepKind } from '@castellan/api';
import { type AttackGraph, type Edge, kindOfNode, type NodeId, nodeId } from '../src/paths/attack-graph.js';
import { chokePoints, isStart } from '../src/paths/choke-points.js';
import { type PlainEdge, plainCuts, plainDistances } from './fixtures/path-key.js';

const PLACES: readonly NodeId[] = [
  ...Array.from({ length: 6 }, (_, n) => nodeId('account', `a${n}`)),
  ...Array.from({ length: 3 }, (_, n) => nodeId('group', `g${n}`)),
  nodeId('client', 'c'),
  nodeId('set', 's'),
];
const STEPS: readonly (PathStepKind | 'in')[] = ['resets_password', 'owns_group', 'member_of', 'in'];

const edges = fc.uniqueArray(
  fc.record({ from: fc.constantFrom(...PLACES), to: fc.constantFrom(...PLACES), step: fc.constantFrom(...STEPS) }),
  { selector: ({ from, to }) => `${from} ${to}`, minLength: 1, maxLength: 25 },
);
const targets = fc.uniqueArray(fc.constantFrom(...PLACES.filter((id) => kindOfNode(id) !== 'set')), {
  minLength: 1,
  maxLength: 3,
});

const plain = (all: readonly Pick<Edge, 'from' | 'to'>[]): readonly PlainEdge[] => all.map(({ from, to }) => [from, to]);

test('a step cuts off whoever cannot go around it, and some no step does, as taking it away shows', () => {
  let seen = 0;
  let uncutSeen = 0;
  fc.assert(
    fc.property(edges, targets, (drawn, zero) => {
      const distances = plainDistances(plain(drawn), zero);
      const reached = drawn.filter(({ from, to }) => distances.has(from) && distances.has(to) && !zero.includes(from));
      const graph: AttackGraph = {
        distances: distances as ReadonlyMap<NodeId, number>, // its keys are those of the edges and the targets
        edges: reached.map((edge) => ({ ...edge, because: null })),
      };
      const starts = PLACES.filter((id) => distances.has(id) && isStart(id, distances.get(id) ?? 0));
      const expected = reached
        .filter(({ step }) => step !== 'in' && step !== 'member_of')
        .map(({ from, to }) => ({
          from,
          to,
          cuts: plainCuts(plain(reached), zero, starts, (edge) => edge[0] === from && edge[1] === to),
        }))
        .filter(({ cuts }) => cuts > 0);
      const { points, uncut } = chokePoints(graph);
      const cut = (start: string): boolean =>
        reached
          .filter(({ step }) => step !== 'in' && step !== 'member_of')
          .some(({ from, to }) => plainCuts(plain(reached), zero, [start], (edge) => edge[0] === from && edge[1] === to) === 1);
      const free = starts.filter((start) => !cut(start)).length;
      expect(uncut).toBe(free);
      uncutSeen += free;
      const found = points.map(({ edge, cuts }) => ({ from: edge.from, to: edge.to, cuts }));
      seen += expected.length;
      expect(found.map(({ cuts }) => cuts)).toEqual(found.map(({ cuts }) => cuts).toSorted((a, b) => b - a));
      expect(sorted(found)).toEqual(sorted(expected));
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toBeGreaterThan(50);
  expect(uncutSeen).toBeGreaterThan(50);
});

function sorted<T extends { readonly from: string; readonly to: string }>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

test('a long chain does not overflow the stack', () => {
  const many = 200_000;
  const chain = Array.from(
    { length: many },
    (_, n): Edge => ({
      from: nodeId('account', `a${n + 1}`),
      to: nodeId('account', `a${n}`),
      step: 'resets_password',
      because: null,
    }),
  );
  const distances = new Map<NodeId, number>(Array.from({ length: many + 1 }, (_, n) => [nodeId('account', `a${n}`), n]));
  const { points, uncut } = chokePoints({ distances, edges: chain });
  expect(uncut).toBe(0);
  expect(points[0]?.cuts).toBe(many);
});
