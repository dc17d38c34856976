import type { RunProgressView, StreamProgress, StreamView } from '@castellan/api';
import { connectorMark } from '../src/integrations/connector-mark.js';
import { scheduleOf, scheduleValues } from '../src/integrations/schedule-values.js';
import { streamSentences, withClockTimes } from '../src/integrations/status-words.js';
import { streamList } from '../src/integrations/stream-words.js';
import { runWords } from '../src/progress/progress-words.js';
import { waitWords } from '../src/progress/wait-words.js';
import { secondsOf, warningsOf } from '../src/runs/run-words.js';

const at = (hour: number, minute: number): string => new Date(2026, 10, 26, hour, minute).toISOString();
const NOW = Date.parse(at(12, 0));

function stream(name: string, more: Partial<StreamView> = {}): StreamView {
  const kept = { kind: 'account', requires: [], isPolled: false, error: null, unlisted: [], unlistedCount: 0 } as const;
  return { name, ...kept, state: 'complete', freshAt: at(9, 12), ...more };
}

const refused = { kind: 'permission', message: 'The provider answered 403.' } as const;

test('a partial failure is said in words: what is fresh, what is not, why, and since when', () => {
  const streams = [
    stream('users'),
    stream('groups'),
    stream('admin-roles', { state: 'skipped', error: refused }),
    stream('role-targets', { state: 'skipped', error: refused, freshAt: at(8, 5) }),
    stream('activity', { state: 'pending', freshAt: null }),
  ];
  expect(streamSentences({ streams }, NOW).map(({ text }) => text)).toEqual([
    'Users and groups are fresh.',
    'Admin roles and role targets were not read: The provider answered 403. Last read in full at 08:05.',
    'Activity was not read: The sync did not get that far.',
  ]);
});

test('a stream with parts that were not listed is not called unread', () => {
  const unlisted = [{ partition: 'group-1', reason: 'The provider answered 500.' }];
  const streams = [stream('memberships', { unlisted, unlistedCount: 3 })];
  expect(streamSentences({ streams }, NOW)).toEqual([
    {
      streams: ['memberships'],
      isFresh: false,
      text: 'Memberships were not read in full: 3 of its parts could not be listed: The provider answered 500.',
    },
  ]);
});

test.each([
  [['accounts'], 'Accounts'],
  [['accounts', 'group-rules'], 'Accounts and group rules'],
  [['a', 'b', 'c', 'd'], 'A, b, c and d'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'A, b, c and 3 more'],
])('%j are called %s', (names, words) => {
  expect(streamList(names)).toBe(words);
});

test('times for programs become times of the clock on the wall', () => {
  expect(withClockTimes(`The sync goes on at ${at(12, 45)}.`, NOW)).toBe('The sync goes on at 12:45.');
});

const reading = (name: string, rows: number, total: number | null, more: Partial<StreamProgress> = {}): StreamProgress => {
  const kept = { kind: 'account', pages: 1, estimated: total !== null, perSecond: null, freshAt: null } as const;
  return { name, ...kept, state: 'reading', rows, total, ...more };
};
const run = (more: Partial<RunProgressView>): RunProgressView => {
  const kept = { id: '1', mode: 'full', state: 'running', startedAt: null, waits: [], floorMinutes: null } as const;
  return { ...kept, cause: 'created', streams: [], calls: null, secondsLeft: null, ...more };
};
const calls = (done: number, planned: number) => ({ done, planned, dominates: null, perMinute: null });

test.each<readonly [string, Partial<RunProgressView>, ReturnType<typeof runWords>]>([
  ['nothing is known', {}, { title: 'First sync', rows: null, left: null, share: null }],
  [
    'a total is estimated, and the host stands up for a time',
    { streams: [reading('accounts', 3_200, 12_400)], secondsLeft: 125, calls: calls(20, 80) },
    { title: 'First sync', rows: 'accounts 3,200 of ~12,400', left: 'about 2 min', share: 0.25 },
  ],
  [
    'a total is known, and nobody has planned calls',
    { cause: 'manual', streams: [reading('accounts', 50, 200, { estimated: false })], secondsLeft: 40 },
    { title: 'Sync', rows: 'accounts 50 of 200', left: 'less than a minute', share: 0.25 },
  ],
  [
    'nobody has counted',
    { mode: 'poll', cause: 'scheduled', streams: [reading('activity', 1_000, null)] },
    { title: 'Reading what has changed', rows: 'activity 1,000', left: null, share: null },
  ],
  [
    'the one that takes longest is named',
    { streams: [reading('groups', 10, 12), reading('accounts', 10, 900)] },
    { title: 'First sync', rows: 'accounts 10 of ~900', left: null, share: 10 / 900 },
  ],
  [
    'one of two is read, and of the other nothing has come',
    { streams: [reading('a', 3, 3, { state: 'complete' }), reading('b', 0, null, { state: 'pending' })] },
    { title: 'First sync', rows: '1 of 2 streams read', left: null, share: null },
  ],
  [
    'more calls were made than planned',
    { streams: [reading('a', 3, null)], calls: calls(9, 8) },
    { title: 'First sync', rows: 'a 3', left: null, share: 1 },
  ],
])('a run in one line: %s', (_, more, words) => {
  expect(runWords(run(more))).toEqual(words);
});

test('waits are said, but for pauses that are over before they are read', () => {
  const until = at(12, 32);
  const soon = new Date(NOW + 3_000).toISOString();
  const waits = [
    { bucket: 'users', until, reason: 'rate_limit' },
    { bucket: 'logs', until, reason: 'budget' },
    { bucket: 'apps', until: soon, reason: 'pace' },
  ];
  expect(waitWords(waits, NOW)).toEqual([
    'The provider has refused more requests (users): waits for its limit until 12:32.',
    "Has used its share of the provider's limit (logs): goes on at 12:32.",
  ]);
});

test('a run that is at work has taken what has passed since it began', () => {
  expect(secondsOf({ startedAt: at(11, 58), finishedAt: null }, NOW)).toBe(120);
  expect(secondsOf({ startedAt: at(11, 0), finishedAt: at(11, 1) }, NOW)).toBe(60);
  expect(secondsOf({ startedAt: null, finishedAt: null }, NOW)).toBeNull();
  expect(warningsOf({ rejected: 1, unlisted: 2 })).toEqual(['1 row not understood', '2 parts not listed']);
});

test.each([
  [
    { everySeconds: 86_400, pollSeconds: null },
    { everyHours: 24, polls: 'host' },
  ],
  [
    { everySeconds: 1_200, pollSeconds: 0 },
    { everyHours: 0.3333, polls: 'never' },
  ],
  [
    { everySeconds: 900, pollSeconds: 30 },
    { everyHours: 0.25, polls: 'own', pollSeconds: 30 },
  ],
] as const)('the schedule %j has a form, and comes back from it', (schedule, values) => {
  expect(scheduleValues(schedule)).toMatchObject(values);
  expect(scheduleOf(scheduleValues(schedule))).toEqual(schedule);
});

test('a field that is empty asks for what the host refuses, and not for the smallest that it takes', () => {
  expect(scheduleOf({ everyHours: '', polls: 'own', pollSeconds: '' })).toEqual({ everySeconds: 0, pollSeconds: 0.0001 });
});

test('a connector is marked by its words, and by a colour that its name has no part in', () => {
  expect(connectorMark({ id: 'acme', name: 'Acme' }).letters).toBe('A');
  expect(connectorMark({ id: 'hr', name: 'HR 2.0' }).letters).toBe('H');
  expect(connectorMark({ id: 'globex', name: 'Globex Directory Cloud' }).letters).toBe('GD');
  expect(connectorMark({ id: 'x', name: '4711' }).letters).toBe('?');
  expect(connectorMark({ id: 'acme', name: 'Another' }).color).toBe(connectorMark({ id: 'acme', name: 'Acme' }).color);
});
