import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestServer } from './fixtures/test-database.js';

const FOREIGN = '00000000-0000-4000-8000-00000000beef';

let server: TestServer;
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  server = await TestServer.start();
  const url = await server.newDatabase();
  client = await server.client(url);
  // Half an hour off: what forgot the zone, or took it for whole hours, shows here.
  await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`);
  storage = await server.open(url);
});
afterAll(() => server.stop());

test('times come as the source gave them, whatever the zone of the database', async () => {
  const id = await newIntegration(storage);
  const times = { createdAt: '2019-01-02T23:04:05.678Z', activatedAt: '2020-02-29T00:00:00.000Z', updatedAt: null };
  const began = Date.now();
  const pages = [page(ACCOUNTS, [account('a', times)], LAST), page(EVENTS, [event('e', '2021-12-31T23:59:59.090Z')], LAST)];
  await sync(storage, id, [ACCOUNTS, EVENTS], pages);
  const [listed] = (await storage.records.list(WORKSPACE, id, 'account')).records;
  expect(listed?.data).toMatchObject(times);
  expect(listed?.firstSeenAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  expect(Math.abs(Date.parse(listed?.firstSeenAt ?? '') - began)).toBeLessThan(60_000);
  expect(listed?.removedAt).toBeNull();
  expect((await storage.records.get(WORKSPACE, id, 'activity', 'e'))?.data.published).toBe('2021-12-31T23:59:59.090Z');
});

test('a list leaves out the source object, one record has it', async () => {
  const id = await newIntegration(storage);
  await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [{ ...account('a'), hint: { n: 1 } }], LAST)]);
  const [listed] = (await storage.records.list(WORKSPACE, id, 'account')).records;
  expect(listed).toMatchObject({ key: 'a' });
  expect(listed).not.toHaveProperty('raw');
  expect(await storage.records.get(WORKSPACE, id, 'account', 'a')).toMatchObject({ raw: { id: 'a' }, hint: { n: 1 } });
});

test('of each integration the newest full run and the newest poll that has something to show', async () => {
  const [one, two, none] = [await newIntegration(storage), await newIntegration(storage), await newIntegration(storage)];
  const insert = (id: string, mode: string, state: string, at: string): Promise<unknown> =>
    client.query(
      `INSERT INTO sync_runs (integration_id, cause, mode, state, created_at) VALUES ($1, 'scheduled', $2, $3, $4)`,
      [id, mode, state, at],
    );
  await insert(one, 'full', 'complete', '2024-01-01Z');
  await insert(one, 'full', 'running', '2024-01-03Z');
  await insert(one, 'poll', 'failed', '2024-01-02Z');
  await insert(one, 'poll', 'complete', '2024-01-01Z');
  await insert(one, 'poll', 'running', '2024-01-04Z');
  await insert(two, 'full', 'failed', '2024-01-05Z');
  const latest = await storage.runs.latest(WORKSPACE, [one, two, none]);
  const shown = latest.map(({ integrationId, mode, state }) => `${integrationId === one ? 'one' : 'two'} ${mode} ${state}`);
  expect(shown.toSorted()).toEqual(['one full running', 'one poll failed', 'two full failed']);
  expect(await storage.runs.latest(FOREIGN, [one, two])).toEqual([]);
});

test('freshness and open holds of many integrations are told apart', async () => {
  const [one, two] = [await newIntegration(storage), await newIntegration(storage)];
  await sync(storage, one, [ACCOUNTS, EVENTS], [page(ACCOUNTS, [account('a')], LAST), page(EVENTS, [], LAST)]);
  await sync(storage, two, [ACCOUNTS], [page(ACCOUNTS, [account('a')], LAST)]);
  // The second listing asks anew, and closes the question of the first.
  for (let turn = 0; turn < 2; turn += 1) await sync(storage, one, [ACCOUNTS], [page(ACCOUNTS, [], LAST)]);
  const streams = await storage.streams.byIntegration(WORKSPACE, [one, two]);
  expect(streams.get(one)?.map(({ stream }) => stream)).toEqual(['accounts', 'activity']);
  expect(streams.get(two)?.map(({ stream }) => stream)).toEqual(['accounts']);
  expect([...(await storage.holds.openCounts(WORKSPACE, [one, two]))]).toEqual([[one, 1]]);
  expect((await storage.holds.openCounts(FOREIGN, [one, two])).size).toBe(0);
  expect((await storage.streams.byIntegration(FOREIGN, [one, two])).size).toBe(0);
});
