import { KEY, SILENT, TestDatabases } from './fixtures/test-database.js';
import { connect } from '../src/database/connect.js';
import { openStorage } from '../src/index.js';

const databases = new TestDatabases();
afterAll(() => databases.close());

const open = (url: string) => openStorage({ url, dataDir: '', key: KEY, logger: SILENT });

test('a database of a newer release is refused, and nothing in it is changed', async () => {
  const url = await databases.emptyDatabase();
  const { source } = await connect(url, { poolSize: 2, logger: SILENT });
  await source.undoLastMigration();
  await source.destroy();
  const client = await databases.client(url);
  // As a newer release leaves it; one of ours is missing, which would be run at once if this release did not look first.
  await client.query(`INSERT INTO migrations (timestamp, name) VALUES (4102444800000, 'Tomorrow4102444800000')`);
  const tables = async () => (await client.query(`SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)).rows;
  const before = await tables();
  await expect(open(url)).rejects.toThrow(
    /newer release of Castellan \(Tomorrow4102444800000\)\. Start that release.*nothing was changed/,
  );
  expect(await tables()).toEqual(before);
  await client.query(`DELETE FROM migrations WHERE name = 'Tomorrow4102444800000'`);
  await (await open(url)).close();
});

test('counts integrations by the state of their latest full run, and runs that are not over', async () => {
  const url = await databases.emptyDatabase();
  const storage = await databases.open(url);
  const client = await databases.client(url);
  await client.query(`INSERT INTO integrations (id, workspace_id, connector_id, name, config, paused, next_run_at)
    SELECT ('00000000-0000-4000-9000-00000000000' || n)::uuid, (SELECT id FROM workspaces), 'fake', 'i' || n, '{}', n = 4, now()
    FROM generate_series(1, 4) n`);
  await client.query(`INSERT INTO sync_runs (integration_id, cause, state, mode, created_at)
    SELECT ('00000000-0000-4000-9000-00000000000' || n)::uuid, 'manual', state, mode, now() + at * interval '1 second'
    FROM (VALUES (1, 'failed', 'full', 1), (1, 'complete', 'full', 2), (1, 'queued', 'poll', 3),
      (2, 'waiting', 'full', 1), (4, 'failed', 'full', 1)) AS runs (n, state, mode, at)`);
  const states = await storage.census.integrations();
  expect(states.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
    { connector: 'fake', state: 'complete', count: 1 },
    { connector: 'fake', state: 'none', count: 1 },
    { connector: 'fake', state: 'paused', count: 1 },
    { connector: 'fake', state: 'waiting', count: 1 },
  ]);
  const runs = await storage.census.openRuns();
  expect(runs.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
    { state: 'queued', count: 1 },
    { state: 'waiting', count: 1 },
  ]);
});
