import { edgeKey } from '@castellan/connector-sdk';
import fc from 'fast-check';
import { cheapestCover, endsOf } from '../src/refresh/cover.js';

describe('whose lists to read', () => {
  it('takes the list of a group when many of its members are asked for, of an account else', () => {
    const edges = [edgeKey('g1', 'u1'), edgeKey('g1', 'u2'), edgeKey('g1', 'u3'), edgeKey('g2', 'u4'), edgeKey('g3', 'u4')];
    const { lefts, rights } = cheapestCover(edges, () => 1);
    expect([...lefts.keys()]).toEqual(['g1']);
    expect([...rights.keys()]).toEqual(['u4']);
  });

  it('asks for accounts when the group is long', () => {
    const edges = [edgeKey('g1', 'u1'), edgeKey('g1', 'u2')];
    expect([...cheapestCover(edges, () => 30).rights.keys()]).toEqual(['u1', 'u2']);
  });

  it('answers each edge once, for no more calls than one for each', () => {
    const edge = fc.tuple(fc.integer({ max: 8, min: 0 }), fc.integer({ max: 8, min: 0 }));
    const check = fc.property(fc.uniqueArray(edge, { selector: String }), fc.integer({ min: 1, max: 4 }), (pairs, cost) => {
      const edges = pairs.map(([left, right]) => edgeKey(`g${left}`, `u${right}`));
      const { lefts, rights } = cheapestCover(edges, () => cost);
      expect([...lefts.values(), ...rights.values()].flat().toSorted()).toEqual(edges.toSorted());
      expect(lefts.size * cost + rights.size).toBeLessThanOrEqual(edges.length);
    });
    fc.assert(check);
  });

  it('knows an edge from other keys', () => {
    expect(endsOf(edgeKey('a|b', 'c'))).toEqual(['a|b', 'c']);
    for (const key of ['', 'a', 'a|', '|b', 'a|b|c']) expect(endsOf(key)).toBeUndefined();
  });
});
