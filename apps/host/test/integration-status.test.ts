import { integrationStatus, type StatusFacts, type StatusRun } from '../src/integrations/integration-status.js';

const fresh = { name: 'accounts', fresh: true, everFresh: true };
const stale = { name: 'roles', fresh: false, everFresh: false };
const run = (state: StatusRun['state'], more: Partial<StatusRun> = {}): StatusRun => ({
  state,
  resumeAt: undefined,
  error: undefined,
  ...more,
});
const facts = (more: Partial<StatusFacts>): StatusFacts => ({ run: run('complete'), streams: [fresh], openHolds: 0, ...more });

test.each([
  ['never_synced', facts({ run: undefined })],
  ['syncing', facts({ run: run('queued') })],
  ['syncing', facts({ run: run('running'), openHolds: 1 })],
  ['waiting', facts({ run: run('waiting', { resumeAt: '2026-11-23T10:00:00.000Z' }) })],
  ['healthy', facts({})],
  ['healthy', facts({ run: run('cancelled') })],
  ['never_synced', facts({ run: run('cancelled'), streams: [stale] })],
  ['degraded', facts({ run: run('incomplete'), streams: [fresh, stale] })],
  ['degraded', facts({ run: run('complete'), streams: [fresh, stale] })],
  ['held', facts({ openHolds: 1, streams: [fresh, stale] })],
  ['needs_reconnect', facts({ run: run('failed', { error: { kind: 'auth', message: 'The secret was refused.' } }) })],
  ['failed', facts({ run: run('failed', { error: { kind: 'upstream', message: 'An HTML page.' } }) })],
] as const)('%s', (state, given) => {
  expect(integrationStatus(given).state).toBe(state);
});

test('names what is not fresh, and until when it waits', () => {
  expect(integrationStatus(facts({ streams: [fresh, stale] }))).toEqual({
    state: 'degraded',
    message: 'Not everything could be read and stored: roles.',
    streams: ['roles'],
  });
  const waiting = run('waiting', {
    resumeAt: '2026-11-23T10:00:00.000Z',
    error: { kind: 'rate_limit', message: 'Limit reached.' },
  });
  expect(integrationStatus(facts({ run: waiting }))).toMatchObject({
    until: '2026-11-23T10:00:00.000Z',
    error: { kind: 'rate_limit' },
  });
});
