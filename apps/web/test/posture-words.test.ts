import type { CheckParameter, CheckReason } from '@castellan/api';
import { linesOf } from '../src/charts/day-lines.js';
import { changedParameters, parameterWords, textsOf } from '../src/posture/parameter-words.js';
import { readChecksSearch } from '../src/posture/posture-search.js';
import { countWords, gainWords, isMeant, reasonWords, scoreWords } from '../src/posture/posture-words.js';

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
