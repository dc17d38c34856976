import fc from 'fast-check';
import { holdLargeRemovals } from '../src/index.js';

test.each([
  [0, 0, 'sweep'],
  [3, 20_000, 'sweep'],
  [19, 25, 'sweep'],
  [20, 200, 'hold'],
  [20, 201, 'sweep'],
  [12_000, 20_000, 'hold'],
  [20_000, 20_000, 'hold'],
  [1, 1, 'hold'],
  [5, 5, 'hold'],
])('%i unseen of %i: %s', (unseen, present, expected) => {
  expect(holdLargeRemovals()(unseen, present, 'stream')).toBe(expected);
});

test('nothing present is ever emptied without a person', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (present) => {
      expect(holdLargeRemovals()(present, present, 'stream')).toBe('hold');
    }),
  );
});

test.each([
  [1, 1, 'sweep'],
  [4, 4, 'sweep'],
  [5, 5, 'hold'],
  [300, 300, 'hold'],
  [19, 60, 'sweep'],
  [20, 60, 'hold'],
])('a partition with %i unseen of %i: %s', (unseen, present, expected) => {
  expect(holdLargeRemovals()(unseen, present, 'partition')).toBe(expected);
});
