import { readFileSync } from 'node:fs';
import { TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

/** What the operations guide has an operator run. */
function documentedStatements(): string {
  const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const blocks = [...guide.matchAll(/^```sql\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block.includes('pg_trgm') ? [block] : [],
  );
  if (blocks.length !== 1) throw new Error(`${blocks.length} blocks of the guide make the index of words`);
  return blocks.join('');
}

async function searchIndexes(url: string): Promise<readonly string[]> {
  const client = await databases.client(url);
  const { rows } = await client.query<{ readonly indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE indexname LIKE '%\\_searched' ORDER BY indexname`,
  );
  return rows.map(({ indexdef }) => indexdef);
}

test('the statements of the guide make the very indexes that a migration makes which may', async () => {
  const migrated = await databases.newDatabase();
  const made = await searchIndexes(migrated);
  expect(made).toHaveLength(3);

  const url = await databases.emptyDatabase();
  const superuser = await databases.client(url);
  await superuser.query('CREATE ROLE guided LOGIN; GRANT ALL ON SCHEMA public TO guided');
  const owner = url.replace('castellan@', 'guided@');
  await databases.open(owner);
  expect(await searchIndexes(url)).toEqual([]);
  // The way out of it: the owner of the tables may from now on.
  await superuser.query(`GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO guided`);
  await (await databases.client(owner)).query(documentedStatements());
  expect(await searchIndexes(url)).toEqual(made);
});
