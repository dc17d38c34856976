import { RECORD_KINDS } from '@castellan/connector-sdk';
import { connect } from '../src/database/connect.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { SILENT, TestServer } from './fixtures/test-database.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

test('the migrations make exactly what the entities expect', async () => {
  const { source } = await connect(await server.newDatabase(), 2, SILENT);
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    // TypeORM does not see partial indexes, checks and foreign keys that are written in SQL only: all else must agree.
    const unknown =
      /DROP CONSTRAINT "\w+_(fkey|check)"|DROP INDEX "public"."(sync_runs|sweep_holds|rejected_records|memberships|app_assignments|idp_links)_\w+"/;
    expect(upQueries.map(({ query }) => query).filter((query) => !unknown.test(query))).toEqual([]);
    expect(source.entityMetadatas.length).toBe(10 + RECORD_KINDS.length);
  } finally {
    await source.destroy();
  }
});

test('three hosts that start at once on an empty database migrate it once', async () => {
  const url = await server.newDatabase();
  const started = await Promise.all([connect(url, 2, SILENT), connect(url, 2, SILENT), connect(url, 2, SILENT)]);
  const rows = await started[0].query(`SELECT name FROM migrations ORDER BY id`);
  expect(rows).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  await Promise.all(started.map(({ source }) => source.destroy()));
});

test('the migrations can be taken back', async () => {
  const { source } = await connect(await server.newDatabase(), 2, SILENT);
  for (const _ of MIGRATIONS) await source.undoLastMigration();
  const rows: unknown[] = await source.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  expect(rows).toEqual([]);
  await source.destroy();
});
