import type { IncidentEventView, TimelineEvent } from '@castellan/api';
import { changedWords, eventWords, othersWords } from '../src/incidents/incident-words.js';
import { incidentsParts, readIncidentsSearch } from '../src/incidents/incidents-search.js';
import { daysOf } from '../src/incidents/timeline-days.js';

const event = (kind: IncidentEventView['kind'], by: string | null, detail: IncidentEventView['detail'] = null) =>
  eventWords({ id: '1', at: '2026-11-26T09:00:00Z', kind, by, detail });

test('history says what it was, and why', () => {
  expect(event('closed', 'Ada', { verdict: 'false_alarm', reason: 'A script of ours.' })).toBe(
    'Closed as a false alarm: A script of ours.',
  );
  expect(event('closed', null)).toBe('Closed: nothing of it stands any more.');
  expect(event('reopened', null)).toBe('Opened again: something new was found.');
  expect(event('owner', 'Ada', { name: 'Bo' })).toBe('Assigned to Bo.');
  expect(event('owner', 'Ada', { name: null })).toBe('Owner taken away.');
});

test('a change says how many it has changed, and how many it has not', () => {
  const close = { do: 'close', verdict: 'attack', reason: 'It was.' } as const;
  expect(changedWords(close, 1, 1)).toBe('1 incident is closed as a real attack.');
  expect(changedWords({ do: 'acknowledge' }, 2, 3)).toBe('2 incidents are acknowledged. 1 was left as it was.');
});

test('a row names three of whom it was done to, and counts the others', () => {
  const words = (kind: string, count: number, ...labels: readonly string[]) =>
    othersWords({
      subject: { kind, key: 'k', label: 'Ann', detail: null, present: true },
      others: { first: labels.map((label) => ({ key: label, label })), count },
    });
  expect(words('account', 0)).toBeUndefined();
  expect(words('account', 1, 'Bo')).toBe('Done to Bo');
  expect(words('account', 3, 'Bo', 'Cy', 'Di')).toBe('Done to Bo, Cy, Di');
  expect(words('account', 1_204, 'Bo', 'Cy', 'Di', 'Ed', 'Fay')).toBe('Done to Bo, Cy, Di and 1,201 more');
  expect(words('address', 2, 'Bo', 'Cy')).toBe('Accounts: Bo, Cy');
});

test('an address says what it can, and the host is asked for each status', () => {
  const search = readIncidentsSearch({
    status: 'all',
    severity: 'awful',
    owner: 'me',
    sort: 'oldest',
    subject: 'account:00u1',
    q: 'ana diaz',
  });
  expect(search).toEqual({ status: 'all', owner: 'me', subject: 'account:00u1', q: 'ana diaz' });
  const query = incidentsParts({ ...search, sort: 'newest' });
  expect(query.getAll('status')).toEqual(['open', 'acknowledged', 'closed']);
  expect([query.get('owner'), query.get('sort'), query.get('q')]).toEqual(['me', 'newest', 'ana diaz']);
  expect(incidentsParts({}).toString()).toBe('');
  expect(incidentsParts(readIncidentsSearch({ severity: 'all' })).toString()).toBe('');
  expect(incidentsParts(readIncidentsSearch({ severity: 'low' })).toString()).toBe('severity=low');
});

const seen = (second: number, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  key: `e${second}`,
  published: new Date(Date.parse('2026-11-26T09:00:00Z') + second * 1_000).toISOString(),
  type: 'acme.session.start',
  message: null,
  outcome: 'FAILURE',
  outcomeReason: null,
  actor: null,
  targets: [],
  address: '192.0.2.7',
  city: null,
  country: null,
  latitude: null,
  longitude: null,
  userAgent: null,
  findings: [],
  ...more,
});

test('what happens again and again is one line of the timeline, and what differs is none of it', () => {
  const folds = daysOf([
    ...[0, 1, 2, 3, 70].map((second) => seen(second)),
    seen(71, { outcome: 'SUCCESS', findings: ['f1'] }),
    seen(72),
    seen(73),
  ]).flatMap(({ minutes }) => minutes.map((minute) => minute.folds.map(({ first, others }) => [first.key, others.length])));
  // Three are read as fast as a line that stands for them.
  expect(folds).toEqual([
    [['e0', 4]],
    [
      ['e71', 0],
      ['e72', 0],
      ['e73', 0],
    ],
  ]);
});

test('the same again on another day, or of another finding, stands by itself', () => {
  const one = [0, 1, 2, 3].map((second) => seen(second, { findings: ['f1'] }));
  const other = [4, 5, 6, 7].map((second) => seen(second, { findings: ['f2'] }));
  const later = [172_800, 172_801].map((second) => seen(second, { findings: ['f2'] }));
  const days = daysOf([...one, ...other, ...later]);
  expect(days).toHaveLength(2);
  expect(days.map(({ minutes }) => minutes.flatMap(({ folds }) => folds.map(({ others }) => others.length)))).toEqual([
    [3, 3],
    [0, 0],
  ]);
});
