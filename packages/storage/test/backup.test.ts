import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { backUp, type BackupResult, keyFromText, openStorage, restore, type RestoreResult } from '../src/index.js';
import { MIGRATIONS } from '../src/schema/migrations/migrations.js';
import { everyRow, fillEveryTable } from './fixtures/filled-tables.js';
import { KEY, newIntegration, SILENT, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-backup-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await databases.close();
});

const newFile = (): string => join(folder, `${(files += 1)}.backup`);
const save = (url: string, file: string, force = false): Promise<BackupResult> => backUp({ url, dataDir: '', file, force });
const bring = (url: string, file: string, key = KEY): Promise<RestoreResult> => restore({ url, dataDir: '', file, key });

/** With rows of every kind: those that Castellan writes itself, and one of the strangest in every other table. */
async function filled(): Promise<{ readonly url: string; readonly client: pg.Client }> {
  const url = await databases.newDatabase();
  const storage = await openStorage({ url, dataDir: '', key: KEY, logger: SILENT });
  await newIntegration(storage);
  const change = { workspaceId: null, address: null, action: 'thing.change', outcome: 'done' } as const;
  for (let n = 0; n < 3; n += 1)
    await storage.audit.append({ ...change, actor: { kind: 'user', id: 'u1', name: 'Ada' }, after: { n } });
  await storage.close();
  const client = await databases.client(url);
  await fillEveryTable(client);
  await client.query(`SELECT create_activity_partition('2026-02-01'), create_activity_partition('2026-04-01')`);
  // Two months with a partition, one without.
  await client.query(`CREATE TEMPORARY TABLE one AS SELECT * FROM activity LIMIT 1`);
  for (const month of [2, 3, 4]) {
    await client.query(`UPDATE one SET published = '2026-0${month}-11 01:02:03.000007+00', key = 'm${month}'`);
    await client.query('INSERT INTO activity SELECT * FROM one');
  }
  await client.query('DROP TABLE one');
  return { url, client };
}

/** What the tables are, the rows aside. */
async function schemaOf(client: pg.Client): Promise<unknown> {
  const { rows } = await client.query(
    `SELECT conrelid::regclass::text AS of, conname AS name, pg_get_constraintdef(oid) || convalidated::text AS text
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT relname, relkind::text, pg_get_expr(relpartbound, oid) FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
     ORDER BY 1, 2, 3`,
  );
  return rows;
}

async function relations(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ readonly found: number }>(
    `SELECT count(*)::int AS found FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  );
  return rows[0]?.found ?? -1;
}

test('every row of every table comes back as it was, and Castellan goes on with it', async () => {
  const { url, client } = await filled();
  const file = newFile();
  const saved = await save(url, file);
  const target = await databases.emptyDatabase();
  const brought = await bring(target, file);
  const other = await databases.client(target);
  const [rows, again] = [await everyRow(client), await everyRow(other)];
  expect(again).toEqual(rows);
  expect(await schemaOf(other)).toEqual(await schemaOf(client));
  const counts = Object.fromEntries([...rows].map(([table, lines]) => [table, lines.length]));
  expect([saved.rows, brought.rows]).toEqual([counts, counts]);
  expect(brought).toMatchObject({ at: saved.at, sha256: saved.sha256, upgraded: [] });
  expect(brought.keyProblem).toBeUndefined();
  expect(
    rows
      .get('activity')
      ?.map((line) => line.slice(line.lastIndexOf('}') + 1))
      .toSorted(),
  ).toEqual(['activity_2026_02', 'activity_2026_04', 'activity_default', 'activity_default'].toSorted());
  expect([statSync(file).mode & 0o777, saved.bytes]).toEqual([0o600, statSync(file).size]);
  // New rows get numbers that no row has.
  const number = async (on: pg.Client): Promise<unknown> =>
    (await on.query(`SELECT nextval(pg_get_serial_sequence('finding_events', 'id')) AS next`)).rows;
  expect(await number(other)).toEqual(await number(client));
  await expect(other.query('DELETE FROM audit_log')).rejects.toThrow(/audit/);
}, 60_000);

test('the audit log is whole after it, and a host writes on', async () => {
  const source = await databases.newDatabase();
  const storage = await openStorage({ url: source, dataDir: '', key: KEY, logger: SILENT });
  const id = await newIntegration(storage, 'Kept');
  const change = { workspaceId: null, address: null, action: 'thing.change', outcome: 'done' } as const;
  const append = (on: typeof storage) =>
    on.audit.append({ ...change, actor: { kind: 'user', id: 'u1', name: 'Ada' }, after: {} });
  await append(storage);
  const file = newFile();
  // The host runs meanwhile.
  await save(source, file);
  await storage.close();
  const target = await databases.emptyDatabase();
  await bring(target, file);
  const host = await databases.open(target);
  expect(await host.audit.verify()).toMatchObject({ ok: true, rows: 1 });
  await append(host);
  expect(await host.audit.verify()).toMatchObject({ ok: true, rows: 2 });
  expect((await host.integrationStore.open(id))?.config).toEqual({});
}, 60_000);

test('a backup is of one moment, whatever is written meanwhile', async () => {
  const url = await databases.newDatabase();
  const client = await databases.client(url);
  // The two tables lie far from each other in the order of a backup, and always have as many rows.
  await client.query('CREATE TABLE pairs (n int)');
  const state = { over: false, written: 0 };
  const write = async (): Promise<void> => {
    for (let n = 0; !state.over; n += 1) {
      await client.query(`BEGIN; INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'w${n}');
        INSERT INTO deleted_integrations (integration_id) VALUES (gen_random_uuid()); COMMIT`);
      state.written += 1;
    }
  };
  const writing = write();
  while (state.written < 50) await new Promise((resolve) => setTimeout(resolve, 5));
  const file = newFile();
  const from = state.written;
  const saved = await save(url, file);
  const meanwhile = state.written - from;
  state.over = true;
  await writing;
  expect(meanwhile).toBeGreaterThan(0);
  // One workspace is there from the beginning.
  expect(saved.rows['workspaces']).toBe((saved.rows['deleted_integrations'] ?? 0) + 1);
  // A table of somebody else is none of ours.
  expect(saved.rows['pairs']).toBeUndefined();
}, 60_000);

describe('a file that is not whole', () => {
  let whole: Buffer;
  let url: string;
  beforeAll(async () => {
    const file = newFile();
    await save((await filled()).url, file);
    whole = readFileSync(file);
    url = await databases.emptyDatabase();
  }, 60_000);

  async function refused(bytes: Uint8Array): Promise<unknown> {
    const file = newFile();
    writeFileSync(file, bytes);
    const error: unknown = await bring(url, file).then(
      () => 'restored',
      (reason: unknown) => reason,
    );
    expect(await relations(await databases.client(url))).toBe(0);
    return error;
  }
  const not = (why: RegExp) => expect.objectContaining({ code: 'damaged', message: expect.stringMatching(why) });

  test('cut off, changed, or something else: refused, and nothing is made', async () => {
    for (const at of [0, 5, 100, Math.floor(whole.length / 2), whole.length - 9, whole.length - 1])
      expect([at, await refused(whole.subarray(0, at))]).toEqual([at, not(/not a whole backup.*nothing was changed/)]);
    for (const part of [0.1, 0.35, 0.6, 0.85, 0.999]) {
      const altered = Buffer.from(whole);
      const at = Math.floor(whole.length * part);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect([part, await refused(altered)]).toEqual([part, not(/not a whole backup/)]);
    }
    expect(await refused(Buffer.from('a text'))).toEqual(not(/something else/));
    expect(await refused(gzipSync('another file that was zipped'))).toEqual(not(/something else/));
  }, 60_000);

  test('zipped again after a change, so that its own check says nothing: the sum does', async () => {
    const plain = gunzipSync(whole);
    const at = plain.indexOf('thing.change');
    plain.write('thing.forged', at);
    expect(await refused(gzipSync(plain))).toEqual(not(/its sum is not/));
    expect(await refused(Buffer.concat([whole, gzipSync('more')]))).toEqual(not(/added|altered|ends too early/));
  }, 60_000);

  test('of a newer release, or of a newer format: says which release can', async () => {
    const renamed = (from: string, to: string): Uint8Array => {
      const plain = gunzipSync(whole);
      plain.write(to, plain.indexOf(from));
      return gzipSync(plain);
    };
    const last = MIGRATIONS.at(-1)?.name ?? '';
    const newer = {
      code: 'refused',
      message: expect.stringMatching(/newer release of Castellan \(.*with that release or a later one/),
    };
    expect(await refused(renamed(last, last.replace('Action', 'Future')))).toMatchObject(newer);
    expect(await refused(renamed('"version":1', '"version":9'))).toMatchObject(newer);
  }, 60_000);
});

test('rows that the database does not take leave it empty', async () => {
  const file = newFile();
  const { url, client } = await filled();
  // A row that a foreign key refuses at the very end: such a database has no such row, only a forged file has.
  await client.query(`SET session_replication_role = 'replica'`);
  await client.query(`UPDATE sync_runs SET integration_id = gen_random_uuid()`);
  await save(url, file);
  const target = await databases.emptyDatabase();
  await expect(bring(target, file)).rejects.toThrow(/foreign key/);
  expect(await relations(await databases.client(target))).toBe(0);
}, 60_000);

test('into an empty database only', async () => {
  const file = newFile();
  const url = await databases.newDatabase();
  await save(url, file);
  const before = await everyRow(await databases.client(url));
  await expect(bring(url, file)).rejects.toThrow(/not empty: .*Make an empty database.*nothing was changed/);
  expect(await everyRow(await databases.client(url))).toEqual(before);
  const foreign = await databases.emptyDatabase();
  await (await databases.client(foreign)).query('CREATE TABLE theirs (id int)');
  await expect(bring(foreign, file)).rejects.toThrow(/theirs/);
}, 60_000);

test('with another key all is restored, and it is said that it does not fit', async () => {
  const { url, client } = await filled();
  await client.query(`DELETE FROM key_check WHERE key_id LIKE '%tab%'`);
  const file = newFile();
  await save(url, file);
  const target = await databases.emptyDatabase();
  const { keyProblem } = await bring(target, file, keyFromText('6b'.repeat(32)));
  expect(keyProblem).toMatch(/sealed with another key/);
  expect((await everyRow(await databases.client(target))).get('key_check')).toEqual((await everyRow(client)).get('key_check'));
}, 60_000);

test.each([0, 4, 11, 17, 22])(
  'of an older release (migration %i): restored and brought up to date',
  async (last) => {
    const url = await databases.emptyDatabase();
    const migrations = MIGRATIONS.slice(0, last + 1);
    const old = new DataSource({ type: 'postgres', migrations: [...migrations], extra: { connectionString: url } });
    await old.initialize();
    await old.runMigrations({ transaction: 'all' });
    await old.destroy();
    const client = await databases.client(url);
    await fillEveryTable(client);
    const file = newFile();
    const saved = await save(url, file);
    expect(saved.migrations).toEqual(migrations.map(({ name }) => name));
    const target = await databases.emptyDatabase();
    const { upgraded } = await bring(target, file);
    expect(upgraded).toEqual(MIGRATIONS.slice(last + 1).map(({ name }) => name));
    // The same as if a host of today had been started on the old database itself.
    const { connect } = await import('../src/database/connect.js');
    await (await connect(url, { poolSize: 1, logger: SILENT })).close();
    const other = await databases.client(target);
    expect(await schemaOf(other)).toEqual(await schemaOf(client));
    const [rows, again] = [await everyRow(client), await everyRow(other)];
    // What a migration stamps with the time of its own is of two times here.
    for (const [table, lines] of rows) expect([table, again.get(table)?.length]).toEqual([table, lines.length]);
    expect(again.get('accounts')).toEqual(rows.get('accounts'));
  },
  60_000,
);

describe('the file', () => {
  let url: string;
  beforeAll(async () => {
    url = await databases.newDatabase();
  });

  test('is replaced with force only, and left whole by a backup that fails', async () => {
    const file = newFile();
    writeFileSync(file, 'mine');
    await expect(save(url, file)).rejects.toThrow(/is there already and stays as it is.*--force/);
    const away = 'postgresql://u:hunter2@127.0.0.1:1/x';
    await expect(save(away, file, true)).rejects.toThrow(/DATABASE_URL cannot be used/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await save(url, file, true);
    expect(statSync(file).size).toBeGreaterThan(1_000);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('what another backup is writing, or a killed one has left, is named', async () => {
    const file = newFile();
    writeFileSync(`${file}.part`, '');
    await expect(save(url, file)).rejects.toThrow(/\.part is there: a backup is being written.*Remove it/);
    rmSync(`${file}.part`);
    await expect(save(url, join(folder, 'none', 'x'))).rejects.toThrow(/cannot be written \(ENOENT\)/);
    await expect(bring(url, join(folder, 'none'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });

  test('stopped on the way: no file is left', async () => {
    const file = newFile();
    const stop = new AbortController();
    const { client, url: full } = await filled();
    await client.query(`INSERT INTO workspaces SELECT gen_random_uuid(), repeat('x', 1000) FROM generate_series(1, 1000)`);
    const work = backUp({ url: full, dataDir: '', file, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(work).rejects.toThrow(/abort/i);
    expect(readdirSync(folder).filter((name) => name.startsWith(file.slice(folder.length + 1)))).toEqual([]);
  });

  test('an empty database has nothing to back up', async () => {
    const file = newFile();
    await expect(save(await databases.emptyDatabase(), file)).rejects.toThrow(/There is nothing in this database yet/);
  });
});
