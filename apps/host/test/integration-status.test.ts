import { STATUS_STATES, type IntegrationStatus } from '@castellan/api';
import type { ErrorView } from '@castellan/connector-sdk';
import {
  integrationStatus,
  type StatusFacts,
  type StatusRun,
  type StatusStream,
} from '../src/integrations/integration-status.js';

const NOW = new Date('2026-11-23T10:00:00.000Z');
const LATER = '2026-11-23T10:05:00.000Z';
const EARLIER = '2026-11-23T09:55:00.000Z';

const fresh: StatusStream = { name: 'accounts', fresh: true, freshAt: EARLIER, rejected: 0, reason: undefined };
const never: StatusStream = { name: 'roles', fresh: false, freshAt: undefined, rejected: 0, reason: undefined };
const old: StatusStream = { name: 'groups', fresh: false, freshAt: EARLIER, rejected: 0, reason: undefined };
const rejecting: StatusStream = { ...fresh, name: 'apps', rejected: 3 };
const limit: ErrorView = { kind: 'rate_limit', message: 'Limit reached.' };
const refused: ErrorView = { kind: 'permission', message: 'Grant okta.roles.read.', missing: ['okta.roles.read'] };
const needsRole: ErrorView = { kind: 'permission', message: 'Not for this role.', missing: ['admin role: owner'] };
const inPack = (stream: StatusStream): StatusStream => ({ ...stream, pack: 'settings', requires: ['settings:read'] });
const settings = inPack({ ...fresh, name: 'settings' });
/** Of an optional pack, its scopes granted: its role is not enough. */
const closed = inPack({ ...never, name: 'support-access', reason: needsRole });

const run = (state: StatusRun['state'], more: Partial<StatusRun> = {}): StatusRun => ({
  state,
  cancelRequested: false,
  abandoned: false,
  resumeAt: undefined,
  error: undefined,
  waits: [],
  ...more,
});
const facts = (more: Partial<StatusFacts>): StatusFacts => ({
  paused: false,
  run: run('complete'),
  streams: [fresh],
  openHolds: 0,
  now: NOW,
  ...more,
});
const waitFor = (reason: string, until: string) => ({ waits: [{ bucket: 'users', reason, until }] });

/** Written by hand: state, next action, and the facts. */
test.each<readonly [IntegrationStatus['state'], string | null, StatusFacts]>([
  ['never_synced', 'sync', facts({ run: undefined, streams: [] })],
  ['never_synced', 'sync', facts({ run: run('cancelled'), streams: [never] })],
  ['syncing', null, facts({ run: run('queued') })],
  ['syncing', null, facts({ run: run('running'), openHolds: 1 })],
  ['syncing', null, facts({ run: run('running', { cancelRequested: true }) })],
  ['syncing', null, facts({ run: run('running', waitFor('pace', LATER)) })],
  ['syncing', null, facts({ run: run('running', waitFor('rate_limit', EARLIER)) })],
  ['rate_limited', null, facts({ run: run('running', waitFor('rate_limit', LATER)) })],
  ['rate_limited', null, facts({ run: run('waiting', { resumeAt: LATER, error: limit }) })],
  ['waiting', null, facts({ run: run('waiting', { resumeAt: LATER, error: { kind: 'transient', message: 'Away.' } }) })],
  ['waiting', null, facts({ run: run('waiting') })],
  ['interrupted', null, facts({ run: run('running', { abandoned: true }) })],
  ['healthy', null, facts({})],
  ['healthy', null, facts({ run: run('cancelled') })],
  ['healthy_with_warnings', null, facts({ streams: [fresh, rejecting] })],
  ['healthy_with_warnings', null, facts({ run: run('incomplete'), streams: [fresh, settings, closed] })],
  // Nothing of the pack is read; the scope is missing; no pack; read once; no word of what is missing; the provider is down.
  ['degraded', 'grant', facts({ run: run('incomplete'), streams: [fresh, closed] })],
  ['degraded', 'grant', facts({ streams: [settings, { ...closed, reason: { ...needsRole, missing: ['settings:read'] } }] })],
  ['degraded', 'grant', facts({ streams: [settings, { ...closed, pack: undefined }] })],
  ['degraded', 'grant', facts({ streams: [settings, { ...closed, freshAt: EARLIER }] })],
  ['degraded', 'grant', facts({ streams: [settings, { ...closed, reason: { kind: 'permission', message: 'No.' } }] })],
  ['degraded', 'sync', facts({ streams: [settings, { ...closed, reason: { kind: 'upstream', message: 'Down.' } }] })],
  // Something else is not read: its reason decides.
  ['degraded', 'sync', facts({ streams: [settings, closed, never] })],
  ['degraded', 'sync', facts({ run: run('incomplete'), streams: [fresh, never] })],
  ['degraded', 'sync', facts({ run: run('complete'), streams: [rejecting, old] })],
  ['degraded', 'grant', facts({ run: run('incomplete'), streams: [fresh, { ...never, reason: refused }] })],
  ['degraded', 'sync', facts({ run: run('cancelled'), streams: [fresh, { ...never, reason: refused }] })],
  ['held', 'decide-holds', facts({ openHolds: 1, streams: [fresh, never] })],
  ['needs_reconnect', 'reconnect', facts({ run: run('failed', { error: { kind: 'auth', message: 'Refused.' } }) })],
  ['needs_reconnect', 'reconnect', facts({ run: run('failed', { error: { kind: 'config', message: 'Wrong.' } }) })],
  ['needs_reconnect', 'reconnect', facts({ run: run('failed', { error: refused }), openHolds: 2 })],
  ['failed', 'sync', facts({ run: run('failed', { error: { kind: 'upstream', message: 'An HTML page.' } }) })],
  ['failed', 'sync', facts({ run: run('failed') })],
  ['paused', 'resume', facts({ paused: true, run: undefined })],
  ['paused', 'resume', facts({ paused: true, run: run('failed', { error: refused }), openHolds: 1 })],
  ['paused', 'resume', facts({ paused: true, run: run('running') })],
])('%s, next: %s (case %#)', (state, next, given) => {
  const status = integrationStatus(given);
  expect([status.state, status.next?.action ?? null]).toEqual([state, next]);
});

test('what it says: which streams, since when and why; until when it waits', () => {
  expect(integrationStatus(facts({ streams: [fresh, { ...old, reason: refused }, never] }))).toEqual({
    state: 'degraded',
    message: `Not read in full, 2 of 3 streams: groups (last at ${EARLIER}), roles. Grant okta.roles.read.`,
    next: { action: 'grant' },
    streams: ['groups', 'roles'],
    error: refused,
  });
  expect(integrationStatus(facts({ run: run('waiting', { resumeAt: LATER, error: limit }) }))).toEqual({
    state: 'rate_limited',
    message: `The provider limits requests; the sync goes on at ${LATER}. Limit reached.`,
    next: null,
    until: LATER,
    error: limit,
  });
  expect(integrationStatus(facts({ run: run('running', { abandoned: true }) })).message).toMatch(/as soon as a host runs/);
  expect(integrationStatus(facts({ run: run('waiting', { resumeAt: EARLIER }) })).message).toMatch(/as soon as a host is free/);
  expect(integrationStatus(facts({ streams: [rejecting] })).streams).toEqual(['apps']);
  const console = { ...closed, name: 'console' };
  expect(integrationStatus(facts({ streams: [settings, closed, console, rejecting] }))).toEqual({
    state: 'healthy_with_warnings',
    message:
      'Everything that this connection may see was read; not permitted: support access, console. Not for this role. ' +
      'Rows that could not be understood were left out: apps (3).',
    next: null,
    streams: ['support-access', 'console', 'apps'],
  });
  expect(integrationStatus(facts({ streams: [settings, closed, never] })).streams).toEqual(['support-access', 'roles']);
});

/** Every combination of these. */
function* combinations(): Generator<StatusFacts> {
  const states = ['queued', 'running', 'waiting', 'complete', 'incomplete', 'failed', 'cancelled'] as const;
  const errors = [
    undefined,
    'config',
    'auth',
    'permission',
    'rate_limit',
    'transient',
    'upstream',
    'aborted',
    'internal',
  ] as const;
  const times = [undefined, EARLIER, LATER];
  const streamLists = [
    [],
    [fresh],
    [fresh, never],
    [never],
    [old],
    [rejecting],
    [rejecting, never],
    [{ ...never, reason: refused }],
    [settings, closed],
    [settings, closed, never],
  ];
  for (const paused of [false, true])
    for (const openHolds of [0, 1, 4])
      for (const streams of streamLists) {
        yield facts({ paused, openHolds, streams, run: undefined });
        for (const state of states)
          for (const kind of errors)
            for (const resumeAt of times)
              for (const abandoned of [false, true])
                for (const cancelRequested of [false, true])
                  for (const reason of ['pace', 'rate_limit']) {
                    const error = kind && { kind, message: 'Said by the provider.' };
                    const waits = resumeAt === undefined ? [] : [{ bucket: 'users', reason, until: resumeAt }];
                    const shown = run(state, { error, resumeAt, abandoned, cancelRequested, waits });
                    yield facts({ paused, openHolds, streams, run: shown });
                  }
      }
}

test('every combination of facts has exactly one state, which says what it must and nothing that is not so', () => {
  const seen = new Set<string>();
  for (const given of combinations()) {
    const status = integrationStatus(given);
    const { state, until, next } = status;
    seen.add(state);
    const live = given.run !== undefined && ['queued', 'running', 'waiting'].includes(given.run.state);
    const problems = [
      status.message === '' && 'says nothing',
      given.paused !== (state === 'paused') && 'paused',
      (state === 'syncing' || state === 'interrupted') && !live && 'syncing without a run',
      state === 'syncing' && given.run?.state === 'running' && given.run.abandoned && 'syncing for ever',
      // Not even one that everybody has left may look healthy while it is not over.
      state.startsWith('healthy') && (live || given.openHolds > 0) && 'healthy too early',
      state.startsWith('healthy') && given.streams.some((one) => !one.fresh && one !== closed) && 'healthy',
      state === 'healthy' && given.streams.includes(closed) && 'hides what is not permitted',
      state === 'healthy' && given.streams.some((one) => one.rejected > 0) && 'hides rejected rows',
      (state === 'degraded' || state === 'healthy_with_warnings') && !status.streams?.length && 'names no stream',
      until !== undefined && state !== 'rate_limited' && state !== 'waiting' && 'until',
      // What no host and no clock will mend names what a person can do.
      ['never_synced', 'degraded', 'held', 'needs_reconnect', 'paused', 'failed'].includes(state) !== (next !== null) && 'next',
    ].filter(Boolean);
    if (problems.length > 0) throw new Error(`${problems.join(', ')}: ${JSON.stringify({ given, status })}`);
  }
  expect([...seen].toSorted()).toEqual([...STATUS_STATES].toSorted());
});
