import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { castellan } from './castellan.js';

// The commands have loaded it as well; `loadOnce` knows no types.
const { DEFAULT_WORKSPACE_ID, keyFromText, openStorage } = (await loadOnce(
  '@castellan/storage',
)) as typeof import('@castellan/storage');
const { migratedDatabase, newDatabase } = (await loadOnce(
  '@castellan/storage/testing',
)) as typeof import('@castellan/storage/testing');

const KEY = Buffer.alloc(32, 5).toString('base64');
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let folder: string;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-cli-'));
  chmodSync(folder, 0o711);
  url = await migratedDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  const storage = await openStorage({ url, dataDir: '', key: keyFromText(KEY), logger: silent });
  const secrets = { clientSecret: 'canary of the backup' };
  await storage.integrations.create(DEFAULT_WORKSPACE_ID, { connectorId: 'okta', name: 'Okta', config: {}, secrets });
  await storage.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = (more: NodeJS.ProcessEnv = {}) => ({ DATABASE_URL: url, CASTELLAN_KEY: KEY, ...more });

async function integrationsIn(database: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query('SELECT id, name, connector_id FROM integrations ORDER BY id')).rows;
  } finally {
    await client.end();
  }
}

test('what is backed up is restored elsewhere; the key is not in it, and nothing is overwritten unasked', async () => {
  const file = join(folder, 'castellan.backup');
  const made = await castellan(['backup', file, '--json'], { env: env() });
  expect(made).toMatchObject({ code: 0 });
  expect(JSON.parse(made.stdout)).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(made.stderr).toContain('CASTELLAN_KEY');
  expect(made.stdout + made.stderr).not.toContain(KEY);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file).includes(KEY)).toBe(false);

  const again = await castellan(['backup', file], { env: env() });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
  expect(await castellan(['backup', file, '--force'], { env: env() })).toMatchObject({ code: 0 });

  const elsewhere = await newDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  const restored = await castellan(['restore', file], { env: env({ DATABASE_URL: elsewhere }) });
  expect(restored).toMatchObject({ code: 0 });
  expect(await integrationsIn(elsewhere)).toEqual(await integrationsIn(url));
  expect(await castellan(['audit', 'verify'], { env: env({ DATABASE_URL: elsewhere }) })).toMatchObject({ code: 0 });
  // A database that has rows is not written over.
  expect(await castellan(['restore', file], { env: env({ DATABASE_URL: elsewhere }) })).toMatchObject({ code: 2 });
}, 120_000);

test('what is no backup, and what is not there, is refused before anything is made', async () => {
  const empty = await newDatabase(process.env['CASTELLAN_TEST_POSTGRES']);
  const file = join(folder, 'letter.backup');
  writeFileSync(file, 'Dear host');
  for (const path of [file, join(folder, 'nowhere.backup')]) {
    const { code, stderr } = await castellan(['restore', path], { env: env({ DATABASE_URL: empty }) });
    expect(code).toBe(2);
    expect(stderr).toContain(path);
  }
  const nowhere = await castellan(['backup', join(folder, 'new.backup')], {
    env: { CASTELLAN_DATA_DIR: join(folder, 'no-host'), CASTELLAN_KEY: KEY },
  });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('CASTELLAN_DATA_DIR') });
  expect(existsSync(join(folder, 'new.backup'))).toBe(false);
}, 60_000);
