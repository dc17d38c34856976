import { agoWords, aheadWords, clockTime, spanWords } from '../src/states/time-words.js';
import { freshnessLevel } from '../src/states/freshness-level.js';

const NOW = Date.parse('2026-11-26T09:00:00Z');
const before = (seconds: number): number => NOW - seconds * 1_000;

test.each([
  [0, 'just now'],
  [44, 'just now'],
  [45, '1 min ago'],
  [119, '1 min ago'],
  [4 * 60, '4 min ago'],
  [3_599, '59 min ago'],
  [3_600, '1 hr ago'],
  [5 * 3_600, '5 hr ago'],
  [86_400, '1 day ago'],
  [29 * 86_400, '29 days ago'],
  [31 * 86_400, '26 Oct 2026'],
  [-20, 'in a moment'],
  [-5 * 3_600, 'in 5 hr'],
])('%d seconds before now reads %s', (seconds, words) => {
  expect(agoWords(before(seconds), NOW)).toBe(words);
});

test.each([
  [0, 'in a moment'],
  [-3, 'in a moment'],
  [20, 'in a moment'],
  [-60, 'in 1 min'],
  [-5 * 3_600, 'in 5 hr'],
  [4 * 60, 'due 4 min ago'],
  [-45, 'in 1 min'],
  [-89, 'in 1 min'],
  [-90, 'in 2 min'],
  [-(3_600 - 31), 'in 59 min'],
  [-(3_600 - 30), 'in 1 hr'],
  [-(24 * 3_600 - 5), 'in 1 day'],
  [-(23.5 * 3_600 - 1), 'in 23 hr'],
  [-(36 * 3_600 - 1), 'in 1 day'],
  [-(7 * 86_400 - 5), 'in 7 days'],
  [-(6.5 * 86_400 - 1), 'in 6 days'],
  [-(29.5 * 86_400 - 1), 'in 29 days'],
  [-30 * 86_400, '26 Dec 2026'],
])('what comes next %d seconds before now reads %s', (seconds, words) => {
  expect(aheadWords(before(seconds), NOW)).toBe(words);
});

test.each([
  [0.4, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [130, '2 min 10 s'],
  [900, '15 min'],
  [3_600, '1 hr'],
  [7_800, '2 hr 10 min'],
  [259_200, '3 days'],
])('%d seconds take %s', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words);
});

test('a time of another day is said with its day', () => {
  const noon = new Date(2026, 10, 26, 12, 0).getTime();
  expect(clockTime(new Date(2026, 10, 26, 9, 12).getTime(), noon)).toBe('09:12');
  expect(clockTime(new Date(2026, 10, 25, 9, 12).getTime(), noon)).toBe('25 Nov, 09:12');
});

test.each([
  [119, 60, 'fresh'],
  [120, 60, 'late'],
  [359, 60, 'late'],
  [360, 60, 'old'],
  [86_400, 86_400, 'fresh'],
  [1_000_000, 0, 'fresh'],
])('what is %d seconds old and due every %d is %s', (age, every, level) => {
  expect(freshnessLevel(new Date(before(age)).toISOString(), every, NOW)).toBe(level);
});

test('what was never read is not fresh', () => {
  expect(freshnessLevel(null, 60, NOW)).toBe('never');
});
