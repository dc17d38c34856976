import { askedDelayMs, retryDelayMs } from '../src/webhooks/retry-delay.js';

const HOUR = 3_600_000;
const middle = (): number => 0.5;

test('waits grow from seconds to four hours and stay there', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 30].map((failures) => retryDelayMs(failures, 0, middle) / 1_000);
  expect(waits.map(Math.round)).toEqual([5, 20, 80, 320, 1_280, 5_120, 14_400, 14_400, 14_400]);
});

test('a fifth more or less spreads those that failed together', () => {
  expect(retryDelayMs(1, 0, () => 0)).toBeCloseTo(4_000);
  expect(retryDelayMs(1, 0, () => 1)).toBeCloseTo(6_000);
});

test('a receiver may ask for more time, up to four hours, but not for less', () => {
  expect(retryDelayMs(1, 60_000, middle)).toBe(60_000);
  expect(retryDelayMs(1, 1_000, middle)).toBe(5_000);
  expect(retryDelayMs(1, 48 * HOUR, middle)).toBe(4 * HOUR);
});

test.each([
  [undefined, 0],
  ['120', 120_000],
  ['Mon, 23 Nov 2026 09:01:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
  ['soon', 0],
  ['-5', 0],
])('Retry-After %s asks for %i ms', (header, ms) => {
  expect(askedDelayMs(header, new Date('2026-11-23T09:00:00Z'))).toBe(ms);
});
