import type { FindingEventView } from '@castellan/api';
import { detectionLines, evidenceLines, evidenceName, shortEvidenceLines } from '../src/findings/evidence-words.js';
import { byHandWords, changedWords, eventWords } from '../src/findings/finding-words.js';
import { findingsParts, readFindingsSearch } from '../src/findings/findings-search.js';

test('an exception until the end of a day names that day, and not the next', () => {
  const until = new Date(2027, 0, 16).toISOString();
  const event: FindingEventView = {
    id: '1',
    at: until,
    kind: 'excepted',
    by: 'Ana',
    detail: { until, reason: 'The key is ordered.' },
  };
  for (const source of ['posture', 'detection'] as const)
    expect(eventWords(event, source)).toBe('Excepted until 15 Jan 2027: The key is ordered.');
});

test.each([
  ['resolved', null, null, 'Resolved: with an event that came late it is none.', 'Resolved: the evidence is gone.'],
  ['resolved', null, 'part_of_another', 'Resolved: it is part of another finding.', 'Resolved: the evidence is gone.'],
  ['resolved', 'Ana', null, 'Resolved with its incident.', 'Resolved: the evidence is gone.'],
  ['reopened', null, null, 'Opened again: the rule has seen more of it.', 'Opened again: the evidence is back.'],
] as const)('what a rule has found was so at its moment: %s by %s, %s', (kind, by, why, ofRule, ofCheck) => {
  const event: FindingEventView = { id: '1', at: '2026-11-26T09:00:00Z', kind, by, detail: why === null ? null : { why } };
  expect([eventWords(event, 'detection'), eventWords(event, 'posture')]).toEqual([ofRule, ofCheck]);
});

test.each([
  ['lastLoginAt', 'Last login'],
  ['isFederated', 'Federated'],
  ['weakFactors', 'Weak factors'],
  ['clientId', 'Client ID'],
  ['issuer', 'Issuer'],
  ['idleMinutes', 'Minutes without use'],
])('evidence %s is called %s', (key, name) => {
  expect(evidenceName(key)).toBe(name);
});

test('evidence is readable, whatever it is', () => {
  const lines = evidenceLines({
    login: 'ana@acme.example',
    roles: ['Super administrator', 'Help desk'],
    count: 1_234,
    isSuspended: false,
    lastLoginAt: '2026-11-03T09:00:00Z',
    passwordChangedAt: null,
    empty: [],
    seen: [{ because: 'Ana is a member of Ops.' }, { application: 'Wiki', because: null, atNight: true }],
  });
  expect(lines.map(({ name, values }) => [name, ...values])).toEqual([
    ['Login', 'ana@acme.example'],
    ['Roles', 'Super administrator', 'Help desk'],
    ['How many', '1,234'],
    ['Suspended', 'no'],
    ['Last login', '3 Nov 2026'],
    ['Seen', 'Because: Ana is a member of Ops.', 'Application: Wiki · At night: yes'],
  ]);
});

test('a way to tier zero is read step by step, with names and not with keys', () => {
  const end = (kind: string, key: string, label: string) => ({ kind, key, label });
  const leo = end('account', '00u2', 'Leo Lead');
  const admins = end('group', '00g1', 'Administrators');
  const lines = evidenceLines({
    steps: [
      { step: 'resets_password', from: end('account', '00u1', 'Hana Help'), to: leo, because: 'Help Desk' },
      { step: 'owns_group', from: leo, to: admins, because: null },
      { step: 'signs_in_as', from: end('identity_provider', '0oa1', 'Partner'), to: leo, because: 'Partner' },
      // Of another version of the host: whatever it says is shown.
      { step: 'flies_to', from: leo, because: 'Pilot' },
    ],
    distance: 2,
  });
  expect(lines.map(({ name, values }) => [name, ...values])).toEqual([
    [
      'Steps',
      'Hana Help can set the password of Leo Lead, by the role Help Desk',
      'Leo Lead owns Administrators',
      'Partner can sign in as Leo Lead',
      'Step: flies_to · From: Kind: account · Key: 00u2 · Label: Leo Lead · Because: Pilot',
    ],
    ['Distance', '2'],
  ]);
});

test('in a row stands what is so and was not said, and never nothing', () => {
  const names = (evidence: Parameters<typeof shortEvidenceLines>[0]): readonly string[] =>
    shortEvidenceLines(evidence, ['Ana', 'ana@acme.example']).map(({ name }) => name);
  expect(names({ login: 'ana@acme.example', isSuspended: false, isFederated: true })).toEqual(['Federated']);
  expect(names({ login: 'ana@acme.example', isSuspended: false })).toEqual(['Login', 'Suspended']);
});

test('it is said how many a change has changed, and that others were left', () => {
  expect(changedWords('except', 1, 1)).toBe('1 finding is excepted.');
  expect(changedWords('acknowledge', 1_200, 1_201)).toBe('1,200 findings are acknowledged. 1 was left as it was.');
  expect(changedWords('assign', 0, 3)).toBe('0 findings are assigned. 3 were left as they were.');
});

test('what became of a finding is a sentence', () => {
  const event = (kind: FindingEventView['kind'], detail: FindingEventView['detail'] = null): string =>
    eventWords({ id: '1', at: '2026-11-26T09:30:00.000Z', kind, by: null, detail }, 'posture');
  expect([
    event('severity', { from: 'high', to: 'critical' }),
    event('excepted', { until: '2027-02-01T12:00:00.000Z', reason: 'The key is ordered.' }),
    event('owner', { id: 'u', name: 'Bo' }),
    event('owner', { id: null, name: null }),
    event('comment', { text: 'Ana was told.' }),
    event('resolved'),
  ]).toEqual([
    'Severity changed from high to critical.',
    'Excepted until 1 Feb 2027: The key is ordered.',
    'Assigned to Bo.',
    'Owner taken away.',
    'Ana was told.',
    'Resolved: the evidence is gone.',
  ]);
});

test('an address says only what was understood, and the API is asked for that', () => {
  const search = readFindingsSearch({ severity: 'high', status: 'all', owner: 'you', sort: 'newest', subject: 'account:00u1' });
  expect(search).toEqual({ severity: 'high', status: 'all', sort: 'newest', subject: 'account:00u1' });
  const query = findingsParts(search);
  expect(query.getAll('status')).toEqual(['open', 'acknowledged', 'resolved', 'excepted']);
  expect([query.get('severity'), query.get('subject'), query.get('sort')]).toEqual(['high', 'account:00u1', 'newest']);
  expect(findingsParts({ status: 'excepted' }).toString()).toBe('status=excepted');
});

test('what a rule has seen is said in lines that people read, and what is missing or of another form is left out', () => {
  const party = (name: string, type: string) => ({ id: name, type, name });
  expect(
    detectionLines({
      title: 'A rule',
      author: 'Jo',
      events: 1_240,
      firstAt: '2026-11-26T09:00:00Z',
      group: { 'actor.id': '00u1' },
      types: [
        { value: 'acme.sign_in', count: 1_239 },
        { value: 'acme.sign_out', count: 1 },
      ],
      actors: [party('ann@acme.example', 'User')],
      targets: [party('Payroll', 'AppInstance'), party('bo@acme.example', 'User'), 7],
      addresses: [],
    }),
  ).toEqual([
    { name: 'Events', values: ['1,240'] },
    { name: 'What happened', values: ['acme.sign_in (1,239 times)', 'acme.sign_out'] },
    { name: 'Done by', values: ['ann@acme.example'] },
    { name: 'Done to', values: ['Payroll (AppInstance)', 'bo@acme.example'] },
    { name: 'All with the same', values: ['actor.id: 00u1'] },
  ]);
  expect(detectionLines({ group: 'x', types: { value: 'y' } })).toEqual([]);
});

test('what was mended by hand is told with what a look since then says', () => {
  const mended = { at: '2026-11-26T09:00:00Z', by: 'Ana', note: 'Asked Bo to sign in' };
  expect([byHandWords({ ...mended, seen: 'waiting' }), byHandWords({ ...mended, seen: 'still there' })]).toEqual([
    'Done by hand: Asked Bo to sign in. The next look after a sync shows whether it is mended.',
    'Done by hand: Asked Bo to sign in. It was read again since then, and is there still.',
  ]);
  const event = { id: '1', at: mended.at, by: 'Ana', detail: { note: 'Asked Bo.' } } as const;
  expect([
    eventWords({ ...event, kind: 'by_hand' }, 'posture'),
    eventWords({ ...event, kind: 'still_there', by: null, detail: null }, 'posture'),
  ]).toEqual(['Done by hand: Asked Bo.', 'Read again after that: it is there still.']);
});
