import { ACTION_BATCH_STATES, ACTION_STATES, RESPONSE_ROLES } from '@castellan/api';
import { ACTION_PURPOSES } from '@castellan/connector-sdk';
import {
  ACTION_LOOKS,
  ATTACK_FIRST,
  BATCH_LOOKS,
  countsWords,
  FIX_FIRST,
  lookOf,
  namesWords,
  needsWords,
  PURPOSE_WORDS,
  riskWords,
  ROLE_WORDS,
  sharedConsequences,
} from '../src/actions/action-words.js';

test('each state and role has words of its own', () => {
  const distinct = (words: readonly string[]): number => new Set(words).size;
  expect(distinct(ACTION_STATES.map((state) => ACTION_LOOKS[state].word))).toBe(ACTION_STATES.length);
  expect(distinct(ACTION_BATCH_STATES.map((state) => BATCH_LOOKS[state].word))).toBe(ACTION_BATCH_STATES.length);
  expect(distinct(RESPONSE_ROLES.map((role) => ROLE_WORDS[role]))).toBe(RESPONSE_ROLES.length);
});

test('each purpose has its place: what gives back is folded, all others are listed', () => {
  for (const order of [ATTACK_FIRST, FIX_FIRST])
    expect([...order, 'restore'].toSorted()).toEqual([...ACTION_PURPOSES].toSorted());
  for (const purpose of ACTION_PURPOSES) expect(PURPOSE_WORDS[purpose]).not.toBe('');
});

test.each([
  ['write', 'unsuspend-account', 'Can be taken back within 7 days.'],
  ['write', null, 'Light; nothing has to be taken back.'],
  ['destructive', 'activate-application', 'Heavy; can be taken back within 7 days.'],
  ['destructive', null, 'Cannot be taken back.'],
  ['read', null, 'Changes nothing.'],
] as const)('the risk of what is %s, and taken back by %s', (effect, undo, words) => {
  expect(riskWords({ effect, undo })).toBe(words);
});

test('what destroys needs a second person, beside the permissions', () => {
  expect(needsWords({ effect: 'destructive', requires: ['users:write', 'apps:write'] })).toBe(
    'Needs a second person, users:write, apps:write',
  );
  expect(needsWords({ effect: 'write', requires: [] })).toBe('Needs no more than is granted');
});

test.each([
  ['done', null, null, 'Done, not seen yet'],
  ['done', '2026-11-28T00:00:00.000Z', true, 'Done, cannot be seen'],
  ['verified', '2026-11-28T00:00:00.000Z', true, 'Done and seen'],
  ['verified', '2026-11-28T00:00:00.000Z', null, 'Done and seen'],
  ['verified', '2026-11-28T00:00:00.000Z', false, 'It was so already: nothing was sent'],
] as const)('what is %s, ended %s, and has changed something: %s', (state, endedAt, changed, word) => {
  expect(lookOf({ state, endedAt, changed }).word).toBe(word);
});

test('how many are in which state is said of those that some are in', () => {
  const over = { done: 0, verified: 1_200, failed: 1, rejected: 0, withdrawn: 0, undone: 0, already: 2 };
  expect(countsWords({ proposed: 0, approved: 0, running: 0, ...over })).toBe('1,200 done and seen, 1 failed, 2 so already');
});

test.each([
  [['ana'], 1, 'ana'],
  [['ana', 'bo'], 2, 'ana and bo'],
  [['ana', 'bo', 'cy'], 3, 'ana, bo and cy'],
  [['ana', 'bo', 'cy'], 30, 'ana, bo, cy and 27 more'],
] as const)('%j of %d are %s', (first, all, words) => {
  expect(namesWords(first, all)).toBe(words);
});

test('what comes of each is what all plans say', () => {
  const plans = [
    ['Nobody gets in.', 'It is an administrator.'],
    ['It has no mail.', 'Nobody gets in.'],
    ['Nobody gets in.', 'It is an administrator.'],
  ];
  expect(sharedConsequences(plans.map((consequences) => ({ consequences })))).toEqual(['Nobody gets in.']);
  expect(sharedConsequences([])).toEqual([]);
});
