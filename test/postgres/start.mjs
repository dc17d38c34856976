/**
 * One PostgreSQL for all suites of a run: each test file makes databases of its own on it, which costs a tenth of a server of
 * its own. Files that start, stop or kill servers have their own all the same.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { quickFolder } from './quick-folder.mjs';

export default async function start() {
  // Imported here: Jest reads this file also where nothing is built, e.g. to list the tests.
  const { startEmbeddedPostgres } = await import('@castellan/storage');
  const { prepareServer } = await import('@castellan/storage/testing');
  const folder = mkdtempSync(join(quickFolder(), `castellan-postgres-${process.pid}-`));
  chmodSync(folder, 0o711); // as root the server runs as another account, which must pass through
  // Of several hosts in each of several workers, some of which are killed and leave theirs to be noticed: with the 100 of one host's
  // own server, some were refused now and then.
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), maxConnections: 400 });
  try {
    await forget(server.url);
    await prepareServer(server.url);
  } catch (error) {
    // Jest calls no teardown after a setup that has failed.
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  process.env.CASTELLAN_TEST_POSTGRES = server.url;
  // Setup and teardown run in one process, and this is how Jest hands things on.
  globalThis.castellanPostgres = { server, folder };
}

/** Nothing here has to outlive a loss of power, or grows old enough to be cleaned: the cleaner would visit each of the many databases. */
async function forget(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum'])
      await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}
