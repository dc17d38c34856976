import type { ActionRequestView } from '@castellan/api';
import { isUnderWay } from '../src/actions/action-queries.js';

// What is under way is asked for each second.
test.each([
  ['running', null, false, true],
  ['done', null, false, true],
  ['done', '2026-11-27T09:30:00.000Z', false, false],
  ['proposed', null, false, false],
  ['done', null, true, false],
] as const)('%s, ended %s, by hand %s: under way is %s', (state, endedAt, byHand, expected) => {
  // All that it looks at.
  expect(isUnderWay({ state, endedAt, byHand } as ActionRequestView)).toBe(expected);
});
