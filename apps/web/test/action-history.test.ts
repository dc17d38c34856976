import type { ActionBatchView, ActionRequestView } from '@castellan/api';
import { type Loaded, merged, nextOf } from '../src/actions/history.js';

const dated = (name: string) => ({ id: name, createdAt: `2026-11-28T0${name.slice(1)}:00:00.000Z` });
/** Named by the hour in which they were asked for. All that is looked at is their dates. */
const requests = (hasMore: boolean, ...names: readonly string[]): Loaded<ActionRequestView> => ({
  items: names.map((name) => dated(name) as ActionRequestView),
  hasMore,
});
const batches = (hasMore: boolean, ...names: readonly string[]): Loaded<ActionBatchView> => ({
  items: names.map((name) => dated(name) as ActionBatchView),
  hasMore,
});
const shown = (...lists: Parameters<typeof merged>) => merged(...lists).map(({ request, batch }) => (request ?? batch).id);

test('batches stand among what was asked for by itself, the newest first', () => {
  expect(shown(requests(false, 'r9', 'r5', 'r2'), batches(false, 'b7', 'b1'))).toEqual(['r9', 'b7', 'r5', 'r2', 'b1']);
});

test('nothing is shown where something that is not loaded yet would stand above it', () => {
  expect(shown(requests(true, 'r9', 'r5'), batches(false, 'b7', 'b1'))).toEqual(['r9', 'b7', 'r5']);
  expect(shown(requests(false, 'r9', 'r5', 'r2'), batches(true, 'b7'))).toEqual(['r9', 'b7']);
  expect(shown(requests(false), batches(true, 'b7', 'b6'))).toEqual(['b7', 'b6']);
});

test.each([
  ['nothing, where both are at their end', requests(false, 'r9'), batches(false, 'b7'), undefined],
  ['the one that goes on', requests(false, 'r9', 'r2'), batches(true, 'b7'), 'batches'],
  ['the other one that goes on', requests(true, 'r9'), batches(false, 'b7', 'b1'), 'requests'],
  ['the one that reaches less far', requests(true, 'r9', 'r3'), batches(true, 'b7', 'b5'), 'batches'],
  ['the other one that reaches less far', requests(true, 'r9', 'r6'), batches(true, 'b7', 'b5'), 'requests'],
] as const)('for older ones is loaded %s', (_what, single, several, expected) => {
  expect(nextOf(single, several)).toBe(expected);
});
