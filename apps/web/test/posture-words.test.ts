import type { CheckOfControl, CheckParameter, CheckReason } from '@castellan/api';
import { linesOf } from '../src/charts/day-lines.js';
import { isControlMeant, worstChecksFirst } from '../src/posture/framework-words.js';
import { changedParameters, limitProblem, parameterWords, textsOf } from '../src/posture/parameter-words.js';
import { misread, readChecksSearch } from '../src/posture/posture-search.js';
import {
  affectedWords,
  countWords,
  coverageWords,
  effortWords,
  gainWords,
  knownWords,
  isMeant,
  reasonWords,
  scoreWords,
} from '../src/posture/posture-words.js';

test.each([
  [71.5, '71'],
  // Whatever is missing: it is not all.
  [99.96, '99'],
  [100, '100'],
  [0, '0'],
  [null, '–'],
])('a score of %p is shown as %s', (score, words) => {
  expect(scoreWords(score)).toBe(words);
});

test.each([
  [6.44, '+6.4 points'],
  [1, '+1 point'],
  [0.04, '+ less than 0.1 points'],
])('a gain of %p is %s', (gain, words) => {
  expect(gainWords(gain)).toBe(words);
});

test.each([
  [{ open: 12, examined: 3_400, excepted: 0 }, '12 of 3,400 administrators'],
  [{ open: 0, examined: 18, excepted: 2 }, '0 of 18 administrators, 2 excepted'],
  // Nobody was looked at: of how many is not known.
  [{ open: 0, examined: 0, excepted: 0 }, ''],
  [{ open: 1, examined: 1, excepted: 0, subject: 'organisation' }, ''],
])('what a check names is counted: %j', (counts, words) => {
  expect(countWords({ population: 'administrators', subject: 'account', ...counts })).toBe(words);
});

test('one reason is said, and that there are others', () => {
  const reason = (message: string): { readonly reasons: readonly CheckReason[] } => ({
    reasons: [{ code: 'refused', about: 'api_token', message, scopes: [], setting: null }],
  });
  expect(reasonWords([])).toBe('');
  expect(reasonWords([reason('Grant it.'), reason('Grant it.')])).toBe('Grant it.');
  expect(reasonWords([reason('Grant it.'), reason('Read it.'), reason('Wait.')])).toBe('Grant it. And 2 more.');
});

test('checks are found by all of the words', () => {
  const check = {
    id: 'account-not-used',
    title: 'Account that nobody uses',
    population: 'accounts',
    area: 'accounts' as const,
    why: 'A key under the mat.',
    keywords: ['dormant', 'MFA'],
    frameworks: [{ framework: 'nist', control: 'AC-2(3)', title: 'Disable accounts' }],
  };
  for (const q of [undefined, 'nobody acc', 'not-used', 'mfa', 'Dormant', 'AC-2', 'under the mat', 'disable'])
    expect([q, isMeant(check, q)]).toEqual([q, true]);
  for (const q of ['nobody group', 'AC-3']) expect([q, isMeant(check, q)]).toEqual([q, false]);
});

test('an address that says nonsense says nothing', () => {
  expect(readChecksSearch({ area: 'moon', status: 'failed', severity: 'worst', q: 5, integration: '' })).toEqual({
    status: 'failed',
    q: '5',
  });
});

test('limits have their units, and texts are lines', () => {
  const words = (['days', 'minutes', 'percent', 'count'] as const).map((type) => parameterWords(type, 1_200));
  expect(words).toEqual(['1,200 days', '1,200 minutes', '1,200%', '1,200']);
  expect([parameterWords('days', 1), parameterWords('texts', []), parameterWords('texts', ['a', 'b'])]).toEqual([
    '1 day',
    'none',
    'a, b',
  ]);
  expect(textsOf(' svc- \n\nbot-\n')).toEqual(['svc-', 'bot-']);
});

test('what is as it is by default is not sent', () => {
  const parameter = (name: string, byDefault: CheckParameter['value']): CheckParameter => ({
    name,
    title: name,
    type: typeof byDefault === 'number' ? 'days' : 'texts',
    default: byDefault,
    value: byDefault,
    min: null,
    max: null,
  });
  const parameters = [parameter('days', 90), parameter('names', ['svc-'])];
  expect(changedParameters(parameters, { days: 90, names: ['svc-', 'bot-'] })).toEqual({ names: ['svc-', 'bot-'] });
  expect(changedParameters(parameters, { days: 60, names: ['svc-'] })).toEqual({ days: 60 });
});

test('a line has a gap where a day is not known, and nothing before its first day', () => {
  const today = Math.floor(Date.parse('2026-11-26') / 86_400_000);
  const days = [
    { day: '2026-08-01', value: 10 },
    { day: '2026-11-21', value: 0 },
    { day: '2026-11-22', value: 100 },
    { day: '2026-11-23', value: null },
    { day: '2026-11-24', value: 50 },
    { day: '2026-11-26', value: 50 },
  ];
  const lines = linesOf(days, 90, 100, today);
  expect(lines.map((points) => points.length)).toEqual([2, 1, 1]);
  // Of 90 days of 10 units the last one has its middle at 895; half of 100 is in the middle of the picture.
  expect(lines.at(-1)).toEqual([{ x: 895, y: 50 }]);
  const [[none, all] = []] = lines;
  expect(all?.y).toBeLessThan(none?.y ?? 0);
});

test.each([
  [{ code: 'switched_off', checks: 48, alone: 48 }, 'Then 48 checks become known.'],
  [{ code: 'refused', checks: 1, alone: 1 }, 'Then 1 check becomes known.'],
  [{ code: 'refused', checks: 5, alone: 4 }, 'Then 4 checks become known; 1 more also needs something else.'],
  [{ code: 'stale', checks: 2, alone: 0 }, '2 checks wait for this, and for something else.'],
  // Nobody can promise that more will be seen.
  [{ code: 'not_said', checks: 7, alone: 7 }, 'That concerns 7 checks.'],
  [{ code: 'not_offered', checks: 1, alone: 1 }, 'That concerns 1 check.'],
] as const)('what becomes known is said as far as it is: %j', (cause, words) => {
  expect(knownWords(cause)).toBe(words);
});

test('the score says of how many checks it is', () => {
  expect(coverageWords({ failed: 84, passed: 32, unknown: 11 })).toBe(
    'The score is of the 116 checks that can say something, out of 127.',
  );
  expect(coverageWords({ failed: 1_000, passed: 1, unknown: 0 })).toBe('The score is of all 1,001 checks.');
});

test.each([
  [{ effort: 'minutes', open: 680 }, 'minutes each'],
  [{ effort: 'days', open: 1 }, 'days'],
  [{ effort: 'hours', open: 2, subject: 'organisation' }, 'some hours'],
] as const)('the work of %j is %s', (check, words) => {
  expect(effortWords(check)).toBe(words);
});

test.each([
  [{ status: 'failed', open: 3, examined: 18 }, '3 of 18 administrators'],
  [{ status: 'failed', open: 1, examined: 1, subject: 'organisation' }, 'the organisation'],
  [{ status: 'passed', open: 0, examined: 1, subject: 'organisation' }, 'nothing'],
  [{ status: 'unknown', open: 0, examined: 0 }, '–'],
  [{ status: null, open: 0, examined: 0 }, '–'],
] as const)('whom it affects is never left empty: %j', (check, words) => {
  expect(affectedWords({ population: 'administrators', subject: 'account', excepted: 0, ...check })).toBe(words);
});

const DAYS: CheckParameter = { name: 'days', title: 'Days', type: 'days', default: 90, value: 90, min: 1, max: 3_650 };
test.each([
  [-5, 'Must be a whole number, 1 to 3,650 days.'],
  [99_999, 'Must be a whole number, 1 to 3,650 days.'],
  ['', 'Must be a whole number, 1 to 3,650 days.'],
  ['-', 'Must be a whole number, 1 to 3,650 days.'],
  [1.5, 'Must be a whole number, 1 to 3,650 days.'],
  [1, undefined],
  ['3650', undefined],
])('of a limit in days %p is %p', (draft, problem) => {
  expect(limitProblem(DAYS, draft)).toBe(problem);
});

test('controls are found by number and by state, and what failed stands first in each', () => {
  const check = (id: string, status: CheckOfControl['status'], open = 0): CheckOfControl => ({
    id,
    title: id,
    status,
    open,
    limit: null,
  });
  const checks = [check('well', 'passed'), check('dark', 'unknown'), check('bad', 'failed', 1), check('worse', 'failed', 9)];
  expect(worstChecksFirst(checks).map(({ id }) => id)).toEqual(['worse', 'bad', 'dark', 'well']);
  const control = { control: 'AC-2(3)', title: 'Disable accounts', status: 'failed' as const, checks };
  for (const search of [{}, { q: 'ac-2' }, { q: 'accounts worse' }, { status: 'failed' as const }])
    expect([search, isControlMeant(control, search)]).toEqual([search, true]);
  for (const search of [{ q: 'ac-3' }, { status: 'none' as const }])
    expect([search, isControlMeant(control, search)]).toEqual([search, false]);
});

test('what an address asks for and there is not is named', () => {
  const raw = { severity: 'awful', status: 'off', area: 'moon', q: 'words' };
  expect(misread(raw, readChecksSearch(raw))).toEqual([
    ['severity', 'awful'],
    ['area', 'moon'],
  ]);
});
