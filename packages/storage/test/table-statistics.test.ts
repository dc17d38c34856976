import { ACCOUNTS, account, GROUPS, group, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

test('after a sync that a table has grown by, the database plans by what is there now, and is not asked to again', async () => {
  const url = await databases.newDatabase();
  const storage = await databases.open(url);
  const client = await databases.client(url);
  await client.query(
    'ALTER TABLE accounts SET (autovacuum_enabled = false); ALTER TABLE groups SET (autovacuum_enabled = false)',
  );
  const planned = async (): Promise<Readonly<Record<string, number>>> => {
    const { rows } = await client.query<{ readonly name: string; readonly rows: number }>(
      `SELECT relname AS name, reltuples::int AS rows FROM pg_class WHERE relname IN ('accounts', 'groups')`,
    );
    return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
  };
  expect(await planned()).toEqual({ accounts: -1, groups: -1 });
  const id = await newIntegration(storage);
  const some = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => account(`a${from + n}`));
  const pages = [page(ACCOUNTS, some(0, 1_200), LAST), page(GROUPS, [group('g')], LAST)];
  await sync(storage, id, [ACCOUNTS, GROUPS], pages);
  expect(await planned()).toEqual({ accounts: 1_200, groups: -1 });
  const more = [page(ACCOUNTS, some(0, 1_300), LAST), page(GROUPS, [group('g')], LAST)];
  await sync(storage, id, [ACCOUNTS, GROUPS], more);
  expect(await planned()).toEqual({ accounts: 1_200, groups: -1 });
  const twice = [page(ACCOUNTS, some(0, 2_500), LAST), page(GROUPS, [group('g')], LAST)];
  await sync(storage, id, [ACCOUNTS, GROUPS], twice);
  expect(await planned()).toEqual({ accounts: 2_500, groups: -1 });
});
