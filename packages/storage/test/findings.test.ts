import type pg from 'pg';
import {
  DEFAULT_WORKSPACE_ID as WORKSPACE,
  type FindingChange,
  type FindingConditions,
  settleFindings,
  type Settled,
  type Storage,
} from '../src/index.js';
import { newIntegration, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
const ACTOR = { kind: 'user', id: '00000000-0000-4000-8000-00000000000a', name: 'Ana' } as const;
let storage: Storage;
let other: Storage;
let client: pg.Client;
let integrationId: string;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  other = await databases.open(url);
  client = await databases.client(url);
});
afterAll(() => databases.close());
beforeEach(async () => {
  integrationId = await newIntegration(storage, `Directory ${Math.random()}`);
});

interface Seen {
  readonly severity?: number;
  readonly evidence?: object;
}

/** One look that sees these subjects. */
function look(seen: Readonly<Record<string, Seen>>, { rule = 'rule-a', complete = true, by = storage } = {}): Promise<Settled> {
  const rows = Object.entries(seen).map(([key, { severity = 3, evidence = {} }]) => ({ key, severity, evidence }));
  const sql =
    'SELECT key, evidence, severity FROM jsonb_to_recordset($1::jsonb) AS s (key text, evidence jsonb, severity smallint)';
  return by.transaction(() =>
    settleFindings(by.queries, {
      workspaceId: WORKSPACE,
      integrationId,
      source: 'posture',
      rule,
      subjectKind: 'account',
      sql,
      values: [JSON.stringify(rows)],
      complete,
    }),
  );
}

const change = (what: FindingChange, which: FindingConditions = {}) =>
  storage.findingChanges.apply(WORKSPACE, { integrationId, ...which }, what, ACTOR);

/** Status by subject, read by a plain question. */
async function statuses(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.query<{ key: string; status: string }>(
    'SELECT subject_key AS key, status FROM findings WHERE integration_id = $1 ORDER BY subject_key',
    [integrationId],
  );
  return Object.fromEntries(rows.map(({ key, status }) => [key, status]));
}

async function history(key: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ kind: string }>(
    'SELECT e.kind FROM finding_events e JOIN findings f ON f.id = e.finding_id WHERE f.integration_id = $1 AND f.subject_key = $2 ORDER BY e.id',
    [integrationId, key],
  );
  return rows.map(({ kind }) => kind);
}

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

test('what is found opens, what is gone is resolved, what comes back is open again', async () => {
  expect(await look({ a: {}, b: {} })).toEqual({ found: 2, opened: 2, reopened: 0, resolved: 0 });
  expect(await look({ a: {}, b: {} })).toEqual({ found: 2, opened: 0, reopened: 0, resolved: 0 });
  expect(await look({ b: {}, c: {} })).toEqual({ found: 2, opened: 1, reopened: 0, resolved: 1 });
  expect(await statuses()).toEqual({ a: 'resolved', b: 'open', c: 'open' });
  expect(await look({ a: {}, b: {}, c: {} })).toEqual({ found: 3, opened: 0, reopened: 1, resolved: 0 });
  expect(await statuses()).toEqual({ a: 'open', b: 'open', c: 'open' });
  expect(await history('a')).toEqual(['resolved', 'reopened']);
  expect(await history('b')).toEqual([]);
});

test('a look that could not see everything resolves nothing', async () => {
  await look({ a: {}, b: {} });
  expect(await look({ b: {} }, { complete: false })).toEqual({ found: 1, opened: 0, reopened: 0, resolved: 0 });
  expect(await statuses()).toEqual({ a: 'open', b: 'open' });
});

test('other evidence and another severity are the same fact, and are in its history', async () => {
  await look({ a: { severity: 3, evidence: { days: 1 } } });
  const [before] = (await storage.findings.page(WORKSPACE, { integrationId })).findings;
  await look({ a: { severity: 5, evidence: { days: 2 } } });
  const [after] = (await storage.findings.page(WORKSPACE, { integrationId })).findings;
  expect(after).toMatchObject({ id: before?.id, fingerprint: before?.fingerprint, severity: 5, evidence: { days: 2 } });
  expect((await history('a')).toSorted()).toEqual(['evidence', 'severity']);
});

test('rules and organisations keep apart', async () => {
  await look({ a: {} });
  await look({ a: {} }, { rule: 'rule-b' });
  expect(await look({}, { rule: 'rule-b' })).toMatchObject({ resolved: 1 });
  expect(await statuses()).toEqual({ a: expect.stringMatching('open|resolved') });
  const open = await storage.findings.page(WORKSPACE, { integrationId, statuses: ['open'] });
  expect(open.findings.map(({ rule }) => rule)).toEqual(['rule-a']);
});

test('what people have said stays: acknowledged, owned, excepted', async () => {
  await look({ a: {}, b: {} });
  expect(await change({ do: 'acknowledge' })).toBe(2);
  expect(await change({ do: 'acknowledge' })).toBe(0);
  await look({ a: { evidence: { more: true } }, b: {} });
  expect(await statuses()).toEqual({ a: 'acknowledged', b: 'acknowledged' });
  expect(await change({ do: 'except', until: inAnHour(), reason: 'Agreed' }, { subjectKey: 'a' })).toBe(1);
  await look({ b: {} });
  expect(await statuses()).toEqual({ a: 'resolved', b: 'acknowledged' });
  // Its exception has not ended.
  await look({ a: {}, b: {} });
  expect(await statuses()).toEqual({ a: 'excepted', b: 'acknowledged' });
  expect(await change({ do: 'unacknowledge' })).toBe(1);
  expect(await change({ do: 'end_exception' })).toBe(1);
  expect(await statuses()).toEqual({ a: 'open', b: 'open' });
  const [a] = (await storage.findings.page(WORKSPACE, { integrationId, subjectKey: 'a' })).findings;
  const events = await storage.findings.events(WORKSPACE, a?.id ?? '');
  expect(events.map(({ kind, actor }) => [kind, actor?.name ?? null])).toEqual([
    ['exception_ended', 'Ana'],
    ['reopened', null],
    ['resolved', null],
    ['excepted', 'Ana'],
    ['evidence', null],
    ['acknowledged', 'Ana'],
  ]);
});

test('an exception ends by itself, and only when its time has come', async () => {
  await look({ a: {}, b: {} });
  await change({ do: 'except', until: inAnHour(), reason: 'Agreed' });
  await client.query(
    `UPDATE findings SET excepted_until = now() - interval '1 second' WHERE integration_id = $1 AND subject_key = 'a'`,
    [integrationId],
  );
  expect(await storage.findingChanges.endExceptions()).toBe(1);
  expect(await storage.findingChanges.endExceptions()).toBe(0);
  expect(await statuses()).toEqual({ a: 'open', b: 'excepted' });
  expect(await history('a')).toEqual(['excepted', 'exception_ended']);
});

test('what is resolved can be commented on, and nothing else', async () => {
  await look({ a: {} });
  await look({});
  expect(await change({ do: 'acknowledge' })).toBe(0);
  expect(await change({ do: 'except', until: inAnHour(), reason: 'Agreed' })).toBe(0);
  expect(await change({ do: 'comment', text: 'It was me.' })).toBe(1);
  expect(await statuses()).toEqual({ a: 'resolved' });
  expect(await history('a')).toEqual(['resolved', 'comment']);
});

test('a comment is in the history, and the row is not written again', async () => {
  await look({ a: {}, b: {} });
  const rows = async () =>
    (
      await client.query<{ place: string; changed: Date; by: string }>(
        'SELECT ctid::text AS place, xmin::text AS by, changed_at AS changed FROM findings WHERE integration_id = $1 ORDER BY subject_key',
        [integrationId],
      )
    ).rows;
  const before = await rows();
  expect(await change({ do: 'comment', text: 'It was me.' })).toBe(2);
  expect(await rows()).toEqual(before);
  expect([await history('a'), await history('b')]).toEqual([['comment'], ['comment']]);
  // What is more than said is a change.
  await change({ do: 'acknowledge' }, { subjectKey: 'a' });
  expect((await rows()).map(({ changed }, n) => changed > (before[n]?.changed ?? changed))).toEqual([true, false]);
});

test('two looks at once, by two hosts, end as one', async () => {
  const seen = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`a${n}`, {}]));
  const looks = await Promise.all([look(seen), look(seen, { by: other }), look(seen), look(seen, { by: other })]);
  expect(looks.reduce((sum, { opened }) => sum + opened, 0)).toBe(300);
  expect(Object.keys(await statuses())).toHaveLength(300);
});

test('pages go through all of them once, the worst first', async () => {
  const seen = Object.fromEntries(Array.from({ length: 57 }, (_, n) => [`a${n}`, { severity: 1 + (n % 5) }]));
  await look(seen);
  await look({ ...seen, late: { severity: 5 } });
  for (const sort of ['worst', 'newest'] as const) {
    const keys: string[] = [];
    const severities: number[] = [];
    let after: string | undefined;
    do {
      const { findings, next } = await storage.findings.page(WORKSPACE, { integrationId, sort, after, limit: 10 });
      keys.push(...findings.map(({ subjectKey }) => subjectKey));
      severities.push(...findings.map(({ severity }) => severity));
      after = next ?? undefined;
    } while (after !== undefined);
    expect(keys.toSorted()).toEqual([...Object.keys(seen), 'late'].toSorted());
    expect(keys[0]).toBe('late');
    if (sort === 'worst') expect(severities).toEqual(severities.toSorted((a, b) => b - a));
  }
  expect(await storage.findings.count(WORKSPACE, { integrationId, severities: [5] })).toBe(12);
});

test('of any statuses together pages go through all of them once, the worst first, or the newest', async () => {
  const seen = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`a${n}`, { severity: 1 + (n % 5) }]));
  await look(seen);
  // Each has its own status by its number, and is as old as that is great.
  await client.query(
    `UPDATE findings SET opened_at = now() - make_interval(hours => n), status = (ARRAY['open', 'acknowledged', 'excepted', 'resolved'])[1 + n / 5 % 4],
       excepted_until = CASE WHEN n / 5 % 4 = 2 THEN now() + interval '1 day' END, resolved_at = CASE WHEN n / 5 % 4 = 3 THEN now() END
     FROM (SELECT id, substr(subject_key, 2)::integer AS n FROM findings WHERE integration_id = $1) s WHERE s.id = findings.id`,
    [integrationId],
  );
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  const worst = numbers.toSorted((a, b) => (b % 5) - (a % 5) || a - b);
  for (const [wanted, of] of [
    [undefined, [0, 1, 2, 3]],
    [
      ['open', 'acknowledged'],
      [0, 1],
    ],
    [['resolved', 'resolved'], [3]],
    [
      ['excepted', 'open', 'resolved'],
      [0, 2, 3],
    ],
  ] as const)
    for (const sort of ['worst', 'newest'] as const) {
      const keys: string[] = [];
      let after: string | undefined;
      do {
        const query = { integrationId, statuses: wanted, sort, after, limit: 3 };
        const { findings, next } = await storage.findings.page(WORKSPACE, query);
        keys.push(...findings.map(({ subjectKey }) => subjectKey));
        after = next ?? undefined;
      } while (after !== undefined);
      const expected = (sort === 'worst' ? worst : numbers).filter((n) => of.some((one) => one === Math.floor(n / 5) % 4));
      expect(keys).toEqual(expected.map((n) => `a${n}`));
    }
});

test('findings of an integration that is being deleted stand in nobody’s way', async () => {
  const gone = integrationId;
  await look({ a: { severity: 5 }, b: { severity: 5 }, c: { severity: 5 } }, { rule: 'rule-of-both' });
  integrationId = await newIntegration(storage, `Directory ${Math.random()}`);
  await look({ d: {} }, { rule: 'rule-of-both' });
  await client.query('DELETE FROM integrations WHERE id = $1', [gone]);
  const { findings } = await storage.findings.page(WORKSPACE, { rules: ['rule-of-both'], limit: 1 });
  expect(findings.map(({ subjectKey }) => subjectKey)).toEqual(['d']);
});

test('nothing of another workspace is read or changed', async () => {
  await look({ a: {} });
  const stranger = '00000000-0000-4000-8000-0000000000ff';
  expect(await storage.findings.page(stranger, { integrationId })).toEqual({ findings: [], next: null });
  expect(await storage.findingChanges.apply(stranger, { integrationId }, { do: 'acknowledge' }, ACTOR)).toBe(0);
  expect(await statuses()).toEqual({ a: 'open' });
});
