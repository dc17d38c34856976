import type pg from 'pg';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, type Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  client = await databases.client(url);
  // Half an hour off: what forgot the zone, or took it for whole hours, shows here.
  await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`);
  storage = await databases.open(url);
});
afterAll(() => databases.close());

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
