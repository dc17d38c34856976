import { ACTION_BATCH_STATES, ACTION_STATES, RESPONSE_ROLES } from '@castellan/api';
import { ACTION_PURPOSES } from '@castellan/connector-sdk';
import {
  ACTION_LOOKS,
  ATTACK_FIRST,
  BATCH_LOOKS,
  FIX_FIRST,
  lookOf,
  needsWords,
  PURPOSE_WORDS,
  riskWords,
  ROLE_WORDS,
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

test('what is over and was not seen says so', () => {
  expect(lookOf({ state: 'done', endedAt: null }).word).toBe('Done, not seen yet');
  expect(lookOf({ state: 'done', endedAt: '2026-11-28T00:00:00.000Z' }).word).toBe('Done, cannot be seen');
  expect(lookOf({ state: 'verified', endedAt: '2026-11-28T00:00:00.000Z' }).word).toBe('Done and seen');
});
