import type { ConnectionCheck, StreamInfo } from '@castellan/connector-sdk';
import { grouped, missingStreams, shownName, toldOnce, verdictOf, verdictWords } from '../../src/connect/findings.js';

const stream = (name: string, requires: readonly string[], dependsOn: readonly string[] = []): StreamInfo => ({
  name,
  kind: 'account',
  dependsOn,
  requires,
  semantics: 'snapshot',
  refreshable: false,
  hasDelta: false,
});
const STREAMS = [
  stream('accounts', ['users:read']),
  stream('roles', ['roles:read']),
  stream('role-assignments', ['roles:read'], ['roles']),
  stream('holders', ['users:read'], ['role-assignments']),
];
const ok = (name: string): ConnectionCheck => ({ name, status: 'ok', message: 'Readable.' });
const skipped = (name: string, message: string): ConnectionCheck => ({ name, status: 'skipped', message });
const failed = (name: string, more: Partial<ConnectionCheck> = {}): ConnectionCheck => ({
  name,
  status: 'failed',
  blocks: 'stream',
  ...more,
});
const NO_ROLES = failed('scope roles:read', {
  error: { kind: 'permission', message: 'Not granted.', missing: ['roles:read'] },
  turn: 'you',
  todo: 'Grant it.',
});
const PARTIAL = [
  ok('scope users:read'),
  NO_ROLES,
  ok('stream accounts'),
  skipped('stream roles', 'Not readable.'),
  skipped('stream role-assignments', 'Not readable.'),
  skipped('stream holders', 'Not readable without role-assignments.'),
];

test.each<[verdict: string, checks: readonly ConnectionCheck[]]>([
  ['all', [ok('credential'), skipped('DPoP', 'Does not apply.')]],
  ['some', PARTIAL],
  ['none', [...PARTIAL, failed('credential', { blocks: 'connection' })]],
  ['none', [{ name: 'credential', status: 'failed' }]],
])('a connection that can be read: %s', (verdict, checks) => expect(verdictOf(checks)).toBe(verdict));

test('what is missing is counted, with what depends on it', () => {
  expect(missingStreams(PARTIAL, STREAMS)).toEqual(['roles', 'role-assignments', 'holders']);
  expect(verdictWords({ checks: PARTIAL, isWhole: true, of: '' }, STREAMS)).toBe(
    'Can be connected; 3 of 4 streams will be missing.',
  );
});

test('it is counted as well where only what failed is known, as the host says it when it refuses', () => {
  const findings = { checks: [NO_ROLES], isWhole: false, of: '' };
  expect(verdictWords(findings, STREAMS)).toBe('Can be connected; 3 streams will be missing.');
  const one = { ...findings, checks: [failed('stream holders')] };
  expect(verdictWords(one, STREAMS)).toBe('Can be connected; 1 stream will be missing.');
});

test('a stream that a setting leaves out is not missing', () => {
  const checks = [ok('stream accounts'), skipped('stream roles', 'Left out by a setting.')];
  expect(missingStreams(checks, STREAMS)).toEqual([]);
  expect(verdictWords({ checks, isWhole: true, of: '' }, STREAMS)).toBe('Everything can be read.');
});

test('permissions come first; what keeps everything from working comes before them', () => {
  const titles = (checks: readonly ConnectionCheck[]) => grouped(checks).map(({ title }) => title);
  expect(titles([ok('credential'), ...PARTIAL])).toEqual(['Permissions', 'Data', 'Connection']);
  expect(titles([...PARTIAL, failed('credential', { blocks: 'connection' })])).toEqual(['Connection', 'Permissions', 'Data']);
});

test('what has one remedy, and what was left out for one reason, stands together', () => {
  const other = failed('scope apps:read', { turn: 'you', todo: 'Grant it.' });
  const [permissions, data] = grouped([...PARTIAL, other]);
  expect(permissions?.failed).toEqual([{ checks: [NO_ROLES, other], turn: 'you', todo: 'Grant it.' }]);
  expect(data?.skipped).toEqual([
    { why: 'Not readable.', names: ['Roles', 'Role assignments'] },
    { why: 'Not readable without role-assignments.', names: ['Holders'] },
  ]);
});

test('a permission is called as it must be looked up, everything else as people call it', () => {
  expect(['scope users:read', 'stream role-assignments', 'rate limit users'].map((name) => shownName(ok(name)))).toEqual([
    'users:read',
    'Role assignments',
    'Rate limit users',
  ]);
});

const lacking = (scope: string, error: Partial<ConnectionCheck['error']> = {}): ConnectionCheck =>
  failed(`scope ${scope}`, {
    message: 'The rest is read.',
    error: { kind: 'permission', message: `The scope ${scope} is not granted.`, missing: [scope], ...error },
  });
const TODO = 'Grant users:read, roles:read.';

test.each([
  ['that differ by their permission only', [lacking('users:read'), lacking('roles:read')], TODO, 'The rest is read.'],
  ['one alone', [lacking('users:read')], TODO, undefined],
  ['with words of their own', [lacking('users:read'), lacking('roles:read', { message: 'Forbidden.' })], TODO, undefined],
  ['that what is to be done does not name', [lacking('users:read'), lacking('roles:read')], 'Grant users:read.', undefined],
  [
    'that lack nothing',
    [lacking('users:read', { message: 'No.', missing: [] }), lacking('a', { message: 'No.', missing: [] })],
    TODO,
    undefined,
  ],
] as const)('of checks %s it is told once what happened', (_what, checks, todo, expected) => {
  expect(toldOnce({ checks, turn: 'you', todo })).toBe(expected);
});
