import { type FreshnessFacts, freshnessOf, type FreshStream } from '../src/integrations/freshness.js';

const at = (clock: string): Date => new Date(`2026-11-26T${clock}:00Z`);
const listed = (clock: string, more: Partial<FreshStream> = {}): FreshStream => ({
  freshAt: at(clock),
  isFresh: true,
  isPolled: false,
  isRare: false,
  ...more,
});
const log = (clock: string): FreshStream => listed(clock, { isPolled: true });
const refused = (more: Partial<FreshStream> = {}): FreshStream => listed('01:00', { isFresh: false, ...more });
const never: FreshStream = { ...refused(), freshAt: undefined };

const HOURLY = 3_600;
const of = (streams: readonly FreshStream[], more: Partial<FreshnessFacts> = {}) =>
  freshnessOf({ streams, polledAt: null, pollSeconds: 60, scheduleSeconds: HOURLY, ...more });

test.each<readonly [string, readonly FreshStream[], Date | null, string | null]>([
  ['there are no streams', [], null, null],
  ['nothing was read yet', [never, never], null, null],
  ['nothing was read yet, and a poll says that it is done', [never], at('09:00'), null],
  ['everything was listed: the oldest counts', [listed('06:10'), listed('06:04'), log('06:12')], null, '06:04'],
  ['the log was read since', [listed('06:04'), log('06:12')], at('09:00'), '09:00'],
  ['the log was read before the last listing', [listed('10:04'), log('10:12')], at('09:00'), '10:04'],
  ['there is no log, so polls end well and look at nothing', [listed('06:04')], at('09:00'), '06:04'],
  ['what polls look after is not read', [listed('06:04'), refused({ isPolled: true })], at('09:00'), '06:04'],
  ['one stream was refused since 01:00: the others do not look old', [listed('06:04'), refused()], null, '06:04'],
  ['one stream was never read', [listed('06:04'), never], null, '06:04'],
  ['a stream that is listed every week is older', [listed('06:04'), listed('02:00', { isRare: true })], null, '06:04'],
  ['there is no other', [listed('02:00', { isRare: true })], null, '02:00'],
  [
    'no stream is fresh any more: the oldest counts, whatever polls say',
    [refused(), refused({ isPolled: true })],
    at('09:00'),
    '01:00',
  ],
])('as of: %s', (_, streams, polledAt, asOf) => {
  expect(of(streams, { polledAt }).asOf).toBe(asOf === null ? null : at(asOf).toISOString());
});

test.each<readonly [string, readonly FreshStream[], number, number]>([
  ['polls keep a stream fresh', [listed('06:04'), log('06:12')], 60, 60],
  ['nothing is polled on this host', [listed('06:04'), log('06:12')], 0, HOURLY],
  ['there is nothing that polls could look after', [listed('06:04')], 60, HOURLY],
])('due every: %s', (_, streams, pollSeconds, every) => {
  expect(of(streams, { pollSeconds }).everySeconds).toBe(every);
});

test('how many of the streams are fresh is said beside it', () => {
  expect(of([listed('06:04'), refused(), never])).toMatchObject({ fresh: 1, streams: 3 });
});
