import { lookAgainMs } from '../src/webhooks/look-again.js';

const NOW = Date.parse('2026-11-26T09:30:00.000Z');
const pending = (inSeconds: number) => ({
  state: 'pending' as const,
  nextAttemptAt: new Date(NOW + inSeconds * 1_000).toISOString(),
});
const DONE = { state: 'delivered' as const, nextAttemptAt: null };

test('a list is looked at again while something is on its way, and not all the time when that is hours away', () => {
  expect(lookAgainMs([], NOW)).toBe(false);
  expect(lookAgainMs([DONE, { state: 'dead', nextAttemptAt: null }], NOW)).toBe(false);
  expect(lookAgainMs([DONE, pending(5)], NOW)).toBe(2_000);
  expect(lookAgainMs([{ state: 'pending', nextAttemptAt: null }], NOW)).toBe(2_000);
  expect(lookAgainMs([pending(-20)], NOW)).toBe(2_000);
  expect(lookAgainMs([pending(3_600), DONE], NOW)).toBe(30_000);
  // Of a webhook that is switched off: it waits for somebody, and not for its time.
  expect(lookAgainMs([pending(-3_600)], NOW)).toBe(30_000);
  expect(lookAgainMs([pending(3_600), pending(4)], NOW)).toBe(2_000);
});
