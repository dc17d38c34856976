import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { connect } from '../src/database/connect.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

test('the migrations make exactly what the entities expect', async () => {
  const { source } = await connect(await databases.emptyDatabase(), { poolSize: 2, logger: SILENT });
  try {
    // Of what is derived TypeORM would keep notes in a table of its own.
    for (const table of ['accounts', 'groups'])
      await source.query(`ALTER TABLE ${table} ALTER COLUMN search_text DROP EXPRESSION`);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    // TypeORM does not see partial indexes, checks, foreign keys and what the database itself derives: all else must agree.
    const unknown =
      /^ALTER TABLE "(accounts|groups)" DROP COLUMN "search_text"$|DROP CONSTRAINT "\w+_(fkey|check)"|DROP INDEX "public"."(sync_runs|accounts|groups|role_assignments|sweep_holds|rejected_records|memberships|app_assignments|idp_links|authenticators|users|sessions|api_keys|integrations|events|webhooks|webhook_secrets|deliveries|audit_log|activity|usage|access_reviews|saved_questions|findings|check_results|attack_nodes|detection|incidents|action_requests|playbook_runs|action_batches)_\w+"/;
    expect(upQueries.map(({ query }) => query).filter((query) => !unknown.test(query))).toEqual([]);
    const tables: { readonly tables: number }[] = await source.query(
      `SELECT count(*)::int AS tables FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relispartition AND relname <> 'migrations'`,
    );
    expect(tables).toEqual([{ tables: source.entityMetadatas.length }]);
  } finally {
    await source.destroy();
  }
});

test('three hosts that start at once on an empty database migrate it once', async () => {
  const url = await databases.emptyDatabase();
  const started = await Promise.all([
    connect(url, { poolSize: 2, logger: SILENT }),
    connect(url, { poolSize: 2, logger: SILENT }),
    connect(url, { poolSize: 2, logger: SILENT }),
  ]);
  const rows = await started[0].query(`SELECT name FROM migrations ORDER BY id`);
  expect(rows).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  await Promise.all(started.map(({ source }) => source.destroy()));
});

test('the migrations can be taken back', async () => {
  const { source } = await connect(await databases.emptyDatabase(), { poolSize: 2, logger: SILENT });
  for (const _ of MIGRATIONS) await source.undoLastMigration();
  const rows: unknown[] = await source.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  expect(rows).toEqual([]);
  await source.destroy();
});

/** Of the schema that the first migration makes. */
const FIRST_RELEASE = 'd30de8573d52a6a8bd3522f21e0aecb01d4a640a675c1726e00a2d024eb990c6';

/** Every column and every index of ours, in words that do not depend on when they were made. */
async function schemaOf(source: DataSource): Promise<unknown> {
  const columns: unknown = await source.query(
    `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, collation_name
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  );
  const indexes: unknown = await source.query(
    `SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY tablename, indexname`,
  );
  const constraints: unknown = await source.query(
    `SELECT conrelid::regclass::text AS of, conname, pg_get_constraintdef(oid) AS text
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  return { columns, indexes, constraints };
}

test('a database of the first release is upgraded with its rows, and ends as a fresh one', async () => {
  const url = await databases.emptyDatabase();
  const old = new DataSource({ type: 'postgres', migrations: [MIGRATIONS[0]], extra: { connectionString: url } });
  await old.initialize();
  await old.runMigrations();
  // What was released is frozen: a change to the first migration would reach no database that has run it.
  expect(
    createHash('sha256')
      .update(JSON.stringify(await schemaOf(old)))
      .digest('hex'),
  ).toBe(FIRST_RELEASE);
  const ID = '00000000-0000-4000-8000-0000000000aa';
  await old.query(
    `INSERT INTO integrations (id, workspace_id, connector_id, name, config, next_run_at)
     VALUES ($1, '00000000-0000-4000-8000-000000000001', 'acme', 'Acme', '{}', now())`,
    [ID],
  );
  await old.query(
    `INSERT INTO accounts (integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at, login, status)
     VALUES ($1, 'u1', 'accounts', 1, '\\x00', now(), now(), now(), now(), 'ada@example.com', 'active')`,
    [ID],
  );
  await old.destroy();
  const upgraded = await connect(url, { poolSize: 2, logger: SILENT });
  const fresh = await connect(await databases.emptyDatabase(), { poolSize: 2, logger: SILENT });
  try {
    expect(await schemaOf(upgraded.source)).toEqual(await schemaOf(fresh.source));
    expect(await upgraded.query('SELECT key, login, status FROM accounts')).toEqual([
      { key: 'u1', login: 'ada@example.com', status: 'active' },
    ]);
    expect(await upgraded.query('SELECT key FROM policies')).toEqual([]);
  } finally {
    await Promise.all([upgraded.source.destroy(), fresh.source.destroy()]);
  }
});
