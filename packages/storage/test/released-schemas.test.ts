import { DataSource } from 'typeorm';
import { connect } from '../src/database/connect.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { fillEveryTable } from './fixtures/filled-tables.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

/** A database as the release left it whose last migration is number `last`. */
async function ofRelease(last: number): Promise<string> {
  const url = await databases.emptyDatabase();
  const migrations = MIGRATIONS.slice(0, last + 1);
  const old = new DataSource({ type: 'postgres', migrations: [...migrations], extra: { connectionString: url } });
  await old.initialize();
  await old.runMigrations({ transaction: 'all' });
  await old.destroy();
  return url;
}

/** What a later migration takes away on purpose. */
const EMPTIED: Readonly<Record<string, string>> = {};

test.each(MIGRATIONS.map(({ name }, at) => [name, at] as const))(
  'from %s on, with a row in every table, to this release',
  async (_, last) => {
    const url = await ofRelease(last);
    const client = await databases.client(url);
    const tables = await fillEveryTable(client);
    const { source } = await connect(url, { poolSize: 1, logger: SILENT });
    try {
      const ours = new Set(source.entityMetadatas.map(({ tableName }) => tableName));
      const empty: string[] = [];
      for (const table of tables) {
        // A backup copies tables of ours by their names of today: one that was renamed or dropped would be left out.
        expect([table, ours.has(table)]).toEqual([table, true]);
        const { rows } = await client.query(`SELECT FROM "${table}" LIMIT 1`);
        if (rows.length === 0 && EMPTIED[table] === undefined) empty.push(table);
      }
      expect(empty).toEqual([]);
    } finally {
      await source.destroy();
    }
  },
);
