import type { JsonObject, SourceRecord } from '@castellan/connector-sdk';
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';
import { RULES } from './fixtures/rules.js';

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const books = new RulesOfWorkspaces([RULES]);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ANNA = { kind: 'user' as const, id: null, name: 'Anna' };

/** An organisation with its log, and what was told of it. */
async function organisation() {
  const integrationId = await newIntegration(database.storage);
  const log = await openLog(database.storage, integrationId);
  const { storage, client } = database;
  const watch = async (): Promise<void> => {
    for (let isMore = true; isMore; )
      ({ isMore } = await storage.transaction(() =>
        watchBatch(storage.queries, { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' }, books),
      ));
  };
  return {
    integrationId,
    happens: async (events: readonly SourceRecord<'activity'>[]): Promise<void> => {
      await log.write(events);
      await watch();
    },
    /** In order, without those told before. */
    news: newsOf(integrationId),
    apply: async (change: Parameters<typeof storage.incidentChanges.apply>[2]): Promise<number> => {
      const { rows } = await client.query<{ id: string }>('SELECT id FROM incidents WHERE integration_id = $1', [
        integrationId,
      ]);
      const ids = rows.map(({ id }) => id);
      return storage.incidentChanges.apply(DEFAULT_WORKSPACE_ID, ids, change, ANNA);
    },
  };
}

interface Told {
  readonly type: string;
  readonly data: JsonObject;
}

function newsOf(integrationId: string): () => Promise<readonly Told[]> {
  let known = 0;
  return async () => {
    const { rows } = await database.client.query<Told>(
      `SELECT type, data FROM events WHERE data ->> 'integration' = $1 ORDER BY occurred_at, id`,
      [integrationId],
    );
    const fresh = rows.slice(known);
    known = rows.length;
    return fresh;
  };
}

/** Three wrong passwords: a finding of the rule `many_wrong`, which is high. */
function threeWrong(name: string, at: number, account = 'ana'): readonly SourceRecord<'activity'>[] {
  return [0, 1, 2].map((n) => eventOf({ key: `${name}${n}`, at: at + n * MINUTE, type: 'sign_in', account }));
}

test('a finding and its incident are told once, and what is worse later is told as a change', async () => {
  const { happens, news } = await organisation();
  const begin = Date.now() - HOUR;
  await happens(threeWrong('a', begin));
  const told = await news();
  expect(told.map(({ type }) => type)).toEqual(['finding.opened', 'incident.opened']);
  expect(told[0]?.data).toMatchObject({
    name: expect.stringMatching(/^Directory /),
    rule: { title: 'Many passwords were wrong', author: null },
    severity: 'high',
    confidence: 'medium',
    subject: { kind: 'account', key: 'ana', label: 'ana@acme.test' },
    events: 3,
    firstAt: new Date(begin).toISOString(),
    lastAt: new Date(begin + 2 * MINUTE).toISOString(),
    incident: told[1]?.data['incident'],
  });
  expect(told[1]?.data).toMatchObject({ severity: 'high', findings: 1, subject: { key: 'ana' } });
  expect(told[1]?.data['others']).toEqual({ first: [], count: 0 });
  // The same page again, and more of the same.
  await happens(threeWrong('a', begin));
  await happens([eventOf({ key: 'a3', at: begin + 3 * MINUTE, type: 'sign_in', account: 'ana' })]);
  expect(await news()).toEqual([]);
  await happens([eventOf({ key: 'a4', at: begin + 4 * MINUTE, type: 'sign_in', account: 'ana', outcome: 'SUCCESS' })]);
  const worse = await news();
  expect(worse.map(({ type }) => type)).toEqual(['finding.opened', 'incident.changed']);
  expect(worse[0]?.data).toMatchObject({ severity: 'critical', rule: { title: 'Wrong, then right' } });
  expect(worse[1]?.data).toMatchObject({
    incident: told[1]?.data['incident'],
    change: 'severity',
    from: 'high',
    severity: 'critical',
    status: 'open',
    verdict: null,
    findings: 2,
  });
  // Why, the worst first.
  expect(titlesIn(worse[1]?.data['rules'])).toEqual(['Wrong, then right', 'Many passwords were wrong']);
});

const titlesIn = (rules: unknown): unknown => Array.isArray(rules) && rules.map(({ title }: { title: unknown }) => title);

test('whom it was done to is told, the first five and how many', async () => {
  const { happens, news } = await organisation();
  const account = (id: string) => ({ id, type: 'User', alternateId: `${id}@acme.test` });
  const people = ['gus', 'bo', 'cy', 'di', 'ed', 'fay', 'ana'].map(account);
  const target = [...people, { id: 'app', type: 'AppInstance', displayName: 'Payroll' }];
  await happens(threeWrong('t', Date.now() - HOUR).map((event) => ({ ...event, raw: { ...event.raw, target } })));
  const told = await news();
  const labels = ['bo', 'cy', 'di', 'ed', 'fay'].map((id) => `${id}@acme.test`);
  for (const { data } of told)
    expect(data['others']).toEqual({ first: labels.map((label) => ({ key: label.split('@')[0], label })), count: 6 });
  expect(told).toHaveLength(2);
});

test('what happened more than a day ago is found and not told, until it goes on', async () => {
  const { integrationId, happens, news } = await organisation();
  await happens(threeWrong('old', Date.now() - 30 * HOUR));
  const { rows } = await database.client.query('SELECT 1 FROM findings WHERE integration_id = $1', [integrationId]);
  expect(rows).toHaveLength(1);
  expect(await news()).toEqual([]);
  await happens(threeWrong('new', Date.now() - 10 * HOUR));
  const told = await news();
  expect(told.map(({ type }) => type)).toEqual(['finding.opened', 'incident.opened']);
  // The old one is part of it, and was not told by itself.
  expect(told[1]?.data).toMatchObject({ findings: 2 });
});

test('what was excepted before it was found is not told, nor that its incident was closed', async () => {
  const { happens, news, apply } = await organisation();
  await database.client.query(
    `INSERT INTO detection_suppressions (workspace_id, subject_key, reason, until, made_by)
     VALUES ($1, 'robot', 'A test account.', now() + interval '1 hour', '{}')`,
    [DEFAULT_WORKSPACE_ID],
  );
  await happens(threeWrong('robot', Date.now() - HOUR, 'robot'));
  // Closed by itself: nothing of it is to be worked through.
  expect(await apply({ do: 'close', verdict: 'test', reason: 'A test account.' })).toBe(0);
  expect(await news()).toEqual([]);
});

test('what informs only is not told', async () => {
  const { happens, news } = await organisation();
  await happens([eventOf({ key: 'r', at: Date.now() - HOUR, type: 'sign_in', account: 'ana', outcome: 'SUCCESS' })]);
  expect(await news()).toEqual([]);
});

test('that an incident was closed, and is open again, is told once each', async () => {
  const { happens, news, apply } = await organisation();
  const begin = Date.now() - HOUR;
  await happens(threeWrong('c', begin));
  await news();
  await apply({ do: 'acknowledge' });
  await apply({ do: 'close', verdict: 'attack', reason: 'It was not her.' });
  await apply({ do: 'close', verdict: 'attack', reason: 'It was not her.' });
  const closed = await news();
  expect(closed.map(({ type, data }) => [type, data['change'], data['verdict'], data['status']])).toEqual([
    ['incident.changed', 'closed', 'attack', 'closed'],
  ]);
  await apply({ do: 'reopen' });
  await apply({ do: 'close', verdict: 'benign', reason: 'It was her.' });
  // It goes on.
  await happens([eventOf({ key: 'c3', at: begin + 3 * MINUTE, type: 'sign_in', account: 'ana' })]);
  expect((await news()).map(({ data }) => [data['change'], data['verdict']])).toEqual([
    ['reopened', null],
    ['closed', 'benign'],
    ['reopened', null],
  ]);
});
