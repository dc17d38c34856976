import type { StreamView } from '@castellan/api';
import { kindFreshness } from '../src/records/kind-freshness.js';

const MONTH_AGO = '2026-10-26T09:00:00.000Z';
const HOUR_AGO = '2026-11-26T08:00:00.000Z';
const NOW = '2026-11-26T09:00:00.000Z';

function stream(kind: StreamView['kind'], more: Partial<StreamView> = {}): StreamView {
  const rest = { name: `${kind}s`, requires: [], state: 'complete', error: null, unlisted: [], unlistedCount: 0 } as const;
  return { ...rest, kind, freshAt: HOUR_AGO, isPolled: true, ...more };
}

const fresh = (streams: readonly StreamView[]) =>
  kindFreshness(
    {
      name: 'Acme',
      streams,
      polledAt: NOW,
      schedule: { everySeconds: 86_400, pollSeconds: null },
      freshness: { asOf: NOW, everySeconds: 60, fresh: 1, streams: 1 },
    },
    'role',
  );

test.each([
  ['what looks for changes renew is as new as the last look', [stream('role')], NOW, 60],
  ['what they do not renew is as old as its listing', [stream('role', { isPolled: false })], HOUR_AGO, 86_400],
  ['what is refused is as old as it is', [stream('role', { state: 'skipped', freshAt: MONTH_AGO })], MONTH_AGO, 60],
  ['a part that could not be listed is not renewed', [stream('role', { unlistedCount: 1 })], HOUR_AGO, 60],
  [
    'a look from before the listing says nothing',
    [stream('role', { freshAt: '2026-11-26T09:30:00.000Z' })],
    '2026-11-26T09:30:00.000Z',
    60,
  ],
  ['the oldest of several counts', [stream('role'), stream('role', { isPolled: false })], HOUR_AGO, 86_400],
  ['one that was never read to its end leaves nothing to say', [stream('role'), stream('role', { freshAt: null })], null, 60],
])('%s', (_, streams, asOf, everySeconds) => {
  expect(fresh(streams)).toEqual({ name: 'Acme', asOf, everySeconds });
});

test('a kind that nothing is read of has no age', () => {
  expect(fresh([stream('account')])).toBeNull();
});
