import type { SourceRecord } from '@castellan/connector-sdk';
import type { RuleFile } from '@castellan/detection';
import { DEFAULT_WORKSPACE_ID, type Incident, type IncidentConditions, nameIncidents } from '@castellan/storage';
import { incidentViews, relatedIncidents, RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';

const RULES: RuleFile = {
  name: 'acme.yml',
  text: `
title: The help desk has reset the factors of somebody
name: reset
logsource: { product: acme }
detection: { s: { eventType: reset }, condition: s }
level: high
---
title: A sign-in from a new country
name: far
logsource: { product: acme }
detection: { s: { eventType: far }, condition: s }
level: medium
---
title: Many people from one address
name: spray
tags: [attack.credential-access, attack.t1110.003]
correlation: { type: value_count, rules: [sprayed], group-by: [client.ipAddress], timespan: 10m, condition: { field: actor.id, gte: 3 } }
level: high
---
title: A password was wrong
name: sprayed
logsource: { product: acme }
detection: { s: { eventType: wrong }, condition: s }
level: informational
`,
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let database: OpenedDatabase;
let integrationId: string;
const ruleBooks = new RulesOfWorkspaces([RULES]);
const now = Date.now();

beforeAll(async () => {
  database = await openDatabase();
  integrationId = await newIntegration(database.storage);
  await account('victim', 'vera.viktor@acme.test', 'Vera Šťastná');
  const log = await openLog(database.storage, integrationId);
  await log.write([
    // Two days before, by the same person of the help desk: another story.
    done('e0', now - 49 * HOUR, 'reset', 'desk', ['somebody']),
    done('e1', now - 60 * MINUTE, 'reset', 'desk', ['victim', 'second', 'third', 'fourth', 'fifth', 'sixth']),
    done('e2', now - 50 * MINUTE, 'far', 'victim', [], '198.51.100.77'),
    done('e3', now - 50 * MINUTE, 'far', 'nobody', []),
    ...['one', 'two', 'three'].map((who, n) => done(`s${n}`, now - 40 * MINUTE + n, 'wrong', who, [])),
  ]);
  await log.end();
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  await database.storage.transaction(() => watchBatch(database.storage.queries, of, ruleBooks));
});
afterAll(() => database.close());

async function account(key: string, login: string, name: string): Promise<void> {
  await database.client.query(
    `INSERT INTO accounts (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, status, provider_status, login, display_name)
     VALUES ($1, $2, 'accounts', 1, '', now(), now(), now(), now(), 'active', 'ACTIVE', $3, $4)`,
    [integrationId, key, login, name],
  );
}

function done(
  key: string,
  at: number,
  type: string,
  who: string,
  targets: readonly string[],
  address = '192.0.2.1',
): SourceRecord<'activity'> {
  const event = eventOf({ key, at, type, account: who, address });
  const people = targets.map((id) => ({ id, type: 'User', alternateId: `${id}@acme.test` }));
  return { ...event, raw: { ...event.raw, target: [...people, { id: 'app', type: 'AppInstance', displayName: 'Payroll' }] } };
}

const listed = async (query: IncidentConditions = {}): Promise<readonly Incident[]> =>
  (await database.storage.incidents.page(DEFAULT_WORKSPACE_ID, query)).incidents;
const about = async (subjectKey: string): Promise<Incident> => {
  const [incident] = await listed({ subjectKey });
  if (incident === undefined) throw new Error(`There is no incident of ${subjectKey}.`);
  return incident;
};
const relatedTo = (incident: Incident, workspaceId = DEFAULT_WORKSPACE_ID) =>
  relatedIncidents(database.storage.queries, database.storage.incidents, workspaceId, incident);
const found = async (...words: readonly string[]): Promise<readonly string[]> =>
  (await listed({ words })).map(({ subjectKey, rule }) => `${rule} ${subjectKey}`).toSorted();

test('an incident says whom it was done to, the first five and how many; never what is no person', async () => {
  const [desk] = await incidentViews(database.storage.queries, [await about('desk')]);
  expect(desk?.others.count).toBe(6);
  expect(desk?.others.first.map(({ label }) => label)).toEqual([
    'fifth@acme.test',
    'fourth@acme.test',
    'second@acme.test',
    'sixth@acme.test',
    'third@acme.test',
  ]);
  const [alone] = await incidentViews(database.storage.queries, [await about('victim')]);
  expect(alone?.others).toEqual({ first: [], count: 0 });
});

test('an incident of an address says whose it is, too', async () => {
  const [spray] = await incidentViews(database.storage.queries, [await about('192.0.2.1')]);
  expect([spray?.subject.kind, spray?.others.first.map(({ key }) => key).toSorted()]).toEqual([
    'address',
    ['one', 'three', 'two'],
  ]);
});

test('incidents with somebody in common know of each other, within a day', async () => {
  const [desk, victim] = [await about('desk'), await about('victim')];
  expect(await relatedTo(desk)).toMatchObject([
    { id: victim.id, rule: { title: 'A sign-in from a new country' }, shared: [{ key: 'victim', label: 'Vera Šťastná' }] },
  ]);
  expect((await relatedTo(victim)).map(({ id, subject }) => [id, subject.key])).toEqual([[desk.id, 'desk']]);
  expect(await relatedTo(await about('nobody'))).toEqual([]);
  // Of another workspace nobody learns anything.
  expect(await relatedTo(desk, '00000000-0000-4000-8000-000000000009')).toEqual([]);
});

test('of many related ones the worst twenty are named', async () => {
  const other = await newIntegration(database.storage);
  await database.client.query(
    `INSERT INTO incidents (workspace_id, integration_id, subject_kind, subject_key, subject_label, sessions, status, severity, confidence,
       findings, rule, first_at, last_at, people)
     SELECT $1, $2, 'account', 'a' || n, '', '{}', 'open', 1 + n % 5, 1, 1, 'r', now(), now(), ARRAY['shared', 'a' || n]
     FROM generate_series(1, 40) n`,
    [DEFAULT_WORKSPACE_ID, other],
  );
  const [first] = await listed({ integrationId: other, subjectKey: 'a1' });
  if (first === undefined) throw new Error('It was not written.');
  const related = await relatedTo(first);
  expect(related.map(({ severity }) => severity)).toEqual([
    ...Array.from({ length: 8 }, () => 'critical'),
    ...Array.from({ length: 8 }, () => 'high'),
    ...Array.from({ length: 4 }, () => 'medium'),
  ]);
  expect(related[0]?.shared).toEqual([{ key: 'shared', label: 'shared' }]);
});

test('an incident is found by a name or login of who did it or whom it was done to, and by its rules', async () => {
  expect(await found('VIKTOR')).toEqual(['far victim', 'reset desk']);
  expect(await found('šŤASTNÁ')).toEqual(['far victim', 'reset desk']);
  expect(await found('desk@acme', 'help')).toEqual(['reset desk', 'reset desk']);
  expect(await found('new country')).toEqual(['far nobody', 'far victim']);
  expect(await found('vera', 'country')).toEqual(['far victim']);
  expect(await found('sixth')).toEqual(['reset desk']);
  expect(await found('192.0.2.1', 'country', 'people')).toEqual([]);
  expect(await found('many people', 'two@')).toEqual(['spray 192.0.2.1']);
  expect(await found('100%')).toEqual([]);
  const counts = await database.storage.incidents.counts(DEFAULT_WORKSPACE_ID, { words: ['viktor'] });
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(2);
});

test('an incident is found by an address that it came from, also where it is about an account', async () => {
  expect(await found('198.51.100.77')).toEqual(['far victim']);
  // Whoever knows the beginning of an address only, too.
  expect(await found('198.51.')).toEqual(['far victim']);
  expect(await found('203.0.113.9')).toEqual([]);
});

test('an incident is found by a technique of its rules, its number, its name or what it is part of', async () => {
  for (const words of [['T1110.003'], ['t1110'], ['Password', 'Spraying'], ['brute', 'force']])
    expect(await found(...words)).toEqual(['spray 192.0.2.1']);
  expect(await found('T1110.001')).toEqual([]);
});

test('of very many addresses none takes the place of a name', async () => {
  const { id } = await about('nobody');
  const many = JSON.stringify(Array.from({ length: 1_500 }, (_none, n) => ({ value: `10.0.${n >> 8}.${n & 255}`, count: 1 })));
  await database.client.query(
    `UPDATE findings SET evidence = jsonb_set(evidence, '{addresses}', $2::jsonb)
     WHERE id IN (SELECT finding_id FROM detection_findings WHERE incident_id = $1)`,
    [id, many],
  );
  await nameIncidents(database.storage.queries, [id]);
  expect(await found('nobody', '10.0.0.7')).toEqual(['far nobody']);
  await nameIncidents(database.storage.queries, [id], new Map([[id, new Set(['Zebra'])]]));
  expect(await found('nobody', 'zebra')).toEqual(['far nobody']);
});
