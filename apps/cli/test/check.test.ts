import {
  type AnyConnectorError,
  AuthError,
  type ConnectionCheck,
  InternalError,
  todoFor,
  TransientError,
  turnOf,
  UpstreamError,
} from '@castellan/connector-sdk';
import { checkTable } from '../src/check/check-table.js';
import { readiness } from '../src/check/readiness.js';

const STREAMS = [
  { name: 'accounts', requires: ['users:read'], dependsOn: [] },
  { name: 'groups', requires: ['groups:read'], dependsOn: [] },
  { name: 'memberships', requires: ['groups:read'], dependsOn: ['groups'] },
  { name: 'roles', requires: ['roles:read'], dependsOn: [] },
  { name: 'grants', requires: ['roles:read', 'users:read'], dependsOn: ['memberships'] },
];

const error = { kind: 'permission', message: 'Refused.' } as const;
const ok = (name: string): ConnectionCheck => ({ name, status: 'ok' });
const failed = (
  name: string,
  blocks: 'connection' | 'stream' = 'stream',
  missing: readonly string[] = [],
): ConnectionCheck => ({
  name,
  status: 'failed',
  error: { ...error, missing },
  blocks,
});

describe('what works when something does not', () => {
  test.each([
    [
      'a stream',
      [ok('organisation'), failed('stream roles')],
      'Partly ready: 4 of 5 streams can be read; 1 of 2 checks failed.',
    ],
    ['a right', [failed('roles:read')], 'Partly ready: 3 of 5 streams can be read; 1 of 1 check failed.'],
    ['a right with a word before it', [failed('scope roles:read')], 'Partly ready: 3 of 5 streams can be read;'],
    ['what the error says is missing', [failed('the roles', 'stream', ['roles:read'])], 'Partly ready: 3 of 5 streams'],
    ['what others need', [failed('stream groups')], 'Partly ready: 2 of 5 streams can be read;'],
    [
      'one right twice',
      [failed('scope roles:read'), failed('stream roles')],
      'Partly ready: 3 of 5 streams can be read; 2 of 2',
    ],
    ['all of them', STREAMS.map(({ name }) => failed(`stream ${name}`)), 'Not ready: 5 of 5 checks failed.'],
    ['the connection', [failed('stream roles'), failed('credential', 'connection')], 'Not ready: 2 of 2 checks failed.'],
    [
      'something unknown',
      [failed('filter'), ok('stream groups')],
      'Partly ready: 1 of 2 checks failed. The connection itself works.',
    ],
    [
      'a row that does not say what it ends',
      [{ name: 'stream roles', status: 'failed', error } as const],
      'Not ready: 1 of 1 check failed.',
    ],
  ])('%s', (_, checks, says) => expect(readiness(checks, STREAMS)).toContain(says));
});

test('the table says whose turn it is so that what is to be done makes sense to who reads it', () => {
  const rowOf = (name: string, problem: AnyConnectorError): ConnectionCheck => ({
    name,
    status: 'failed',
    error: problem.view(),
    turn: turnOf(problem.kind),
    todo: todoFor(problem),
  });
  const rows = [
    rowOf('busy', new TransientError({ message: 'Busy.' })),
    rowOf('html', new UpstreamError({ message: 'No JSON.' })),
    rowOf('key', new AuthError({ message: 'Refused.' })),
    rowOf('bug', new InternalError({ message: 'Broken.' })),
  ];
  const table = checkTable(rows, 120, 'Lantern');
  expect(table.slice(table.indexOf('What to do:'))).toEqual([
    'What to do:',
    '  Waiting for Lantern:    Test again in a few minutes. (busy)',
    '  Waiting for Lantern:    Test again later; if it stays so, tell whoever maintains the connector. (html)',
    '  You:                    Check the credential, then test again. (key)',
    "  Whoever runs Castellan: Look at the operator's log, then test again. (bug)",
    '',
  ]);
  expect(checkTable(rows.slice(2, 3), 120, 'Lantern')).toContain('  You: Check the credential, then test again. (key)');
});
