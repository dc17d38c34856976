import type { AuditEntryView } from '@castellan/api';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { auditChanges } from '../src/audit/audit-changes.js';
import { readFilter } from '../src/audit/audit-filter.js';
import { ACTIONS, auditWords } from '../src/audit/audit-words.js';

const ENTRY: AuditEntryView = {
  seq: 42,
  at: '2026-11-26T09:30:00.000Z',
  actor: { kind: 'user', id: '1', name: 'Ada' },
  address: '192.0.2.7',
  action: 'user.update',
  outcome: 'done',
  target: { kind: 'user', id: '2', name: 'Bo' },
  before: null,
  after: null,
};
const sentence = (entry: Partial<AuditEntryView>): string =>
  auditWords({ ...ENTRY, ...entry })
    .map(({ text }) => text)
    .join('');

const USER = { name: 'Bo', role: 'viewer', state: 'active', isOperator: false };
const NOBODY = { kind: 'anonymous', id: null, name: '' } as const;

test.each<[string, Partial<AuditEntryView>]>([
  ['Ada changed the role of Bo from viewer to analyst', { before: USER, after: { ...USER, role: 'analyst' } }],
  ['Ada disabled Bo, and renamed Bo to Bob', { before: USER, after: { ...USER, state: 'disabled', name: 'Bob' } }],
  ['Ada enabled Bo', { before: { ...USER, state: 'disabled' }, after: USER }],
  ['Ada made Bo operator', { before: USER, after: { ...USER, isOperator: true } }],
  ['Ada changed Bo', {}],
  [
    'Ada signed in with a password, Firefox on Linux',
    { action: 'session.create', after: { how: 'password', agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' } },
  ],
  [
    'Somebody was refused when signing in as Bo with a password',
    { action: 'session.create', actor: NOBODY, outcome: 'refused', after: { how: 'password' } },
  ],
  [
    'Somebody was refused when signing in with a password',
    { action: 'session.create', actor: NOBODY, outcome: 'refused', target: null, after: { how: 'password' } },
  ],
  [
    'The API key Report tried POST /api/users without the permission users:manage',
    {
      action: 'access.denied',
      outcome: 'refused',
      actor: { kind: 'api_key', id: '3', name: 'Report' },
      target: { kind: 'route', id: 'POST /api/users' },
      after: { permission: 'users:manage' },
    },
  ],
  [
    'Ada tried DELETE /api/users/2, and was refused: last administrator',
    {
      action: 'change.refused',
      outcome: 'refused',
      target: { kind: 'route', id: 'DELETE /api/users/2' },
      after: { problem: 'urn:castellan:problem:last-administrator' },
    },
  ],
  [
    'Ada renamed the workspace Globex to Initech',
    { action: 'workspace.update', before: { name: 'Globex' }, after: { name: 'Initech' } },
  ],
  [
    'The host (castellan keys rotate) changed the key that secrets are stored with',
    { action: 'key.rotate', actor: { kind: 'host', id: null, name: 'castellan keys rotate' }, target: null },
  ],
  ['Ada acknowledged 1 finding', { action: 'finding.acknowledge', after: { changed: 1 } }],
  ['Ada opened again 2 findings', { action: 'finding.unacknowledge', after: { changed: 2 } }],
  ['Ada excepted 12 findings', { action: 'finding.except', target: null, after: { changed: 12 } }],
  ['Ada ended the exception of 12 findings', { action: 'finding.end-exception', target: null, after: { changed: 12 } }],
  ['Ada changed the owner of 3 findings', { action: 'finding.assign', target: null, after: { changed: 3 } }],
  ['Ada commented on 3 findings', { action: 'finding.comment', target: null, after: { changed: 3 } }],
  ['Ada exported incidents', { action: 'incidents.export', target: null, after: { format: 'ocsf' } }],
  ['Ada exported findings', { action: 'findings.export', target: null, after: { format: 'csv' } }],
  ['Ada exported the report of the posture', { action: 'findings.export', target: null, after: { report: 'posture' } }],
  ['Ada had all checks look again at Bo', { action: 'posture.look' }],
  ['Ada switched off the check Bo', { action: 'check.settings', before: { enabled: true }, after: { enabled: false } }],
  ['Ada switched on the check Bo', { action: 'check.settings', before: { enabled: false }, after: { enabled: true } }],
  ['Ada changed the limits of the check Bo', { action: 'check.settings', before: { enabled: true }, after: { enabled: true } }],
  ['Ada did later.thing with Bo', { action: 'later.thing' }],
  ['Somebody was refused: later.thing', { action: 'later.thing', actor: NOBODY, outcome: 'refused' }],
])('%s', (words, entry) => {
  expect(sentence(entry)).toBe(words);
});

test('what somebody is called stays a name, whatever is in it', () => {
  const pieces = auditWords({
    ...ENTRY,
    action: 'user.delete',
    target: { kind: 'user', id: '2', name: 'Bo</strong> {target}' },
  });
  expect(pieces).toContainEqual({ text: 'Bo</strong> {target}', isName: true });
});

test('every action that the host writes down has its words', () => {
  const sources = [join(import.meta.dirname, '../../host/src'), join(import.meta.dirname, '../../../packages/storage/src')];
  const text = sources
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.includes('example'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
  const written = [
    ...text.matchAll(/(?:record|refused|byUser|orRefused)\((?:[^()'"`]|\([^()]*\))*'([a-z-]+\.[a-z-]+)'/g),
    ...text.matchAll(/action: '([a-z-]+\.[a-z-]+)'/g),
  ].map(([, action]) => String(action));
  expect(new Set(written).size).toBeGreaterThan(25);
  expect(written.filter((action) => ACTIONS[action] === undefined)).toEqual([]);
});

test('a difference is told place by place', () => {
  expect(
    auditChanges(
      { role: 'viewer', secret: { isSet: true, changedAt: 'then' }, ways: ['password'] },
      { role: 'analyst', secret: { isSet: true, changedAt: 'now' }, ways: [], disabledReason: null },
    ),
  ).toEqual([
    { path: 'role', before: 'viewer', after: 'analyst' },
    { path: 'secret.changedAt', before: 'then', after: 'now' },
    { path: 'ways', before: 'password', after: 'none' },
    { path: 'disabledReason', before: undefined, after: 'none' },
  ]);
  expect(auditChanges(null, { how: 'password' })).toEqual([{ path: 'how', before: undefined, after: 'password' }]);
  expect(auditChanges(null, null)).toEqual([]);
});

test('an address is read for what it may hold, and no more', () => {
  expect(readFilter({ action: 'user.update', actor: '', target: 7, more: 'x' })).toEqual({ action: 'user.update' });
});
