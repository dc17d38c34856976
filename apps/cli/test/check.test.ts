import type { ConnectionCheck } from '@castellan/connector-sdk';
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
    ['a right', [failed('roles:read')], 'Partly ready: 3 of 5 streams can be read; 1 of 1 checks failed.'],
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
    ['a row that does not say what it ends', [{ name: 'stream roles', status: 'failed', error } as const], 'Not ready: 1 of 1'],
  ])('%s', (_, checks, says) => expect(readiness(checks, STREAMS)).toContain(says));
});

test('a setting of which nobody knows the name leaves no colon behind', () => {
  const row = {
    ...failed('connection', 'connection'),
    error: { kind: 'config', field: '', message: 'Must be https.' },
  } as const;
  expect(checkTable([row], 80, 'Acme')).toContain('connection  FAILED  Must be https.');
});
