import { DEFAULT_WORKSPACE_ID as WORKSPACE } from '../src/index.js';
import { ACCOUNTS, account, GROUPS, group, LAST, page } from './fixtures/samples.js';
import { newIntegration, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

const PEOPLE = 3_000;

/** Whether searches have an index, whether one of accounts uses it, and which accounts and groups they find. */
async function searched(url: string) {
  const storage = await databases.open(url);
  const client = await databases.client(url);
  const id = await newIntegration(storage);
  const people = Array.from({ length: PEOPLE }, (_, n) => account(`k${n}`, { displayName: `Person ${n.toString(36)}-${n}` }));
  const odd = account('odd', { displayName: String.raw`50%_\off` });
  const groups = [group('g1', 'Night shift'), group('g2', 'Day shift')];
  await sync(storage, id, [ACCOUNTS, GROUPS], [page(ACCOUNTS, [...people, odd], LAST), page(GROUPS, groups, LAST)]);
  await client.query('VACUUM ANALYZE accounts');
  const { rows } = await client.query<{ indexname: string }>(
    `SELECT indexname FROM pg_indexes WHERE indexname LIKE '%\\_searched' ORDER BY indexname`,
  );
  const { rows: plan } = await client.query<Record<'QUERY PLAN', string>>(
    `EXPLAIN SELECT key FROM accounts t WHERE removed_at IS NULL AND (t.search_text COLLATE "C") LIKE '%-1234%'`,
  );
  const find = async (kind: 'account' | 'group', word: string): Promise<readonly string[]> =>
    (await storage.recordRows.page(WORKSPACE, kind, { integrationId: id, words: [word] })).map(({ key }) => key);
  return {
    indexes: rows.map(({ indexname }) => indexname),
    isUsed: plan.some((line) => line['QUERY PLAN'].includes('accounts_searched')),
    found: [
      await find('account', '-1234'),
      await find('account', String.raw`0%_\O`),
      await find('account', '%'),
      await find('account', '5__'),
      await find('group', 'NIGHT'),
      await find('group', '%'),
    ],
  };
}

const FOUND = [['k1234'], ['odd'], ['odd'], [], ['g1'], []];

test('a word is found along an index', async () => {
  expect(await searched(await databases.emptyDatabase())).toEqual({
    indexes: ['accounts_searched', 'groups_searched', 'incidents_searched'],
    isUsed: true,
    found: FOUND,
  });
});

test('an extension that was put into a schema of its own is found there', async () => {
  const url = await databases.emptyDatabase();
  const client = await databases.client(url);
  await client.query('CREATE SCHEMA "my extensions"; CREATE EXTENSION pg_trgm SCHEMA "my extensions"');
  expect(await searched(url)).toEqual({
    indexes: ['accounts_searched', 'groups_searched', 'incidents_searched'],
    isUsed: true,
    found: FOUND,
  });
});

test('an extension in a schema that is closed to the owner of the tables is as none', async () => {
  const url = await databases.emptyDatabase();
  const client = await databases.client(url);
  await client.query('CREATE SCHEMA closed; CREATE EXTENSION pg_trgm SCHEMA closed');
  await client.query(`CREATE ROLE shut_out LOGIN; GRANT ALL ON SCHEMA public TO shut_out`);
  expect(await searched(url.replace('castellan@', 'shut_out@'))).toEqual({ indexes: [], isUsed: false, found: FOUND });
});

test('whoever may not make the extension finds the same without it', async () => {
  const url = await databases.emptyDatabase();
  const client = await databases.client(url);
  // Tables may be its own, the database is not.
  await client.query(`CREATE ROLE narrow LOGIN; GRANT ALL ON SCHEMA public TO narrow`);
  expect(await searched(url.replace('castellan@', 'narrow@'))).toEqual({ indexes: [], isUsed: false, found: FOUND });
});
