import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { prepareHome } from '../src/embedded/account.js';
import { type EmbeddedPostgres, openDatabase, startEmbeddedPostgres } from '../src/index.js';

const asRoot = process.getuid?.() === 0;
const children: ChildProcess[] = [];
const servers: EmbeddedPostgres[] = [];
let root: string;
let standInRoot: string;
let homeRoot: string;
/** A folder that is initialised once, for the tests that do not begin with an empty one: most of the time is initdb. */
let home: string;

beforeAll(async () => {
  homeRoot = mkdtempSync(join(tmpdir(), 'castellan-embedded-'));
  chmodSync(homeRoot, 0o755);
  // In one that is not there either.
  home = join(homeRoot, 'made', 'pg');
  const server = await startEmbeddedPostgres({ dataDir: home });
  await server.stop();
}, 60_000);
afterAll(() => rmSync(homeRoot, { recursive: true, force: true }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-embedded-'));
  chmodSync(root, 0o755);
  standInRoot = join(root, 'homes');
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  rmSync(root, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, standInRoot });
  servers.push(server);
  return server;
}

async function query<R extends object>(url: string, text: string): Promise<readonly R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

interface Host {
  readonly child: ChildProcess;
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
}

async function startHost(dataDir: string, then = 'wait'): Promise<Host> {
  const script = join(import.meta.dirname, 'fixtures', 'host.mjs');
  const child = spawn(process.execPath, [script, dataDir, standInRoot, then], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, ...JSON.parse(line) };
  throw new Error('the host did not start');
}

/** A process that has ended but was not collected by its parent (as in many containers) is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 200 && isAlive(pid); attempt += 1) await sleep(25);
  return !isAlive(pid);
}

test('X31: serves on a private socket only, restarts with its rows, stops cleanly', async () => {
  const first = await start(home);
  await query(first.url, 'DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  expect(await query(first.url, `SELECT current_setting('listen_addresses') AS a, current_setting('fsync') AS f`)).toEqual([
    { a: '', f: 'on' },
  ]);
  expect(
    await query(
      first.url,
      `SELECT pg_encoding_to_char(encoding) AS e, datcollate AS c FROM pg_database WHERE datname = 'castellan'`,
    ),
  ).toEqual([{ e: 'UTF8', c: 'C' }]);
  for (const folder of [home, join(home, 'data'), join(home, 'run')]) {
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
  }
  await first.stop();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start(home);
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('a long path gets its socket elsewhere, and leaves nothing there', async () => {
  const dataDir = join(root, 'x'.repeat(90), 'pg');
  mkdirSync(dataDir, { recursive: true });
  execFileSync('cp', ['-a', join(home, 'data'), dataDir]);
  const server = await start(dataDir);
  const socket = new URL(server.url).searchParams.get('host') ?? '';
  expect(Buffer.byteLength(join(socket, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
  expect((statSync(socket).mode & 0o777).toString(8)).toBe('700');
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(existsSync(socket)).toBe(false);
});

test('a second host on the folder is told so', async () => {
  const server = await start(home);
  await expect(start(home)).rejects.toMatchObject({
    code: 'in_use',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  const host = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'host.mjs'), home, standInRoot], {
    stdio: 'pipe',
  });
  let text = '';
  host.stderr.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(host, 'close');
  expect(text).toContain('is in use by process');
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('the orphan of a killed host is stopped, and what it had committed is there', async () => {
  const host = await startHost(home);
  await query(host.url, 'DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  host.child.kill('SIGKILL');
  await once(host.child, 'exit');
  expect(isAlive(host.pid)).toBe(true);
  const server = await start(home);
  expect(server.pid).not.toBe(host.pid);
  expect(isAlive(host.pid)).toBe(false);
  expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('host and server both killed: the next start recovers', async () => {
  const host = await startHost(home);
  await query(host.url, 'DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  host.child.kill('SIGKILL');
  process.kill(host.pid, 'SIGKILL');
  await once(host.child, 'exit');
  const server = await start(home);
  expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('a stale postmaster.pid with the number of a foreign process harms nobody', async () => {
  const first = await start(home);
  const folder = first.folder;
  await first.stop();
  // Of the server's own account: one of another account could not be asked by the server, nor harmed.
  const { uid, gid } = statSync(folder);
  const bystander = spawn('sleep', ['60'], asRoot ? { uid, gid } : {});
  children.push(bystander);
  writeFileSync(join(folder, 'data', 'postmaster.pid'), `${bystander.pid}\n${join(folder, 'data')}\n1\n5432\n/\n\n`);
  writeFileSync(join(folder, 'host.pid'), `${bystander.pid}\nsome other boot 1\n`);
  const again = await start(home);
  expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});

test.each(['exit', 'end'])('no server is left behind when the host ends by itself (%s)', async (how) => {
  const host = await startHost(home, how);
  if (host.child.exitCode === null) await once(host.child, 'exit');
  expect(host.child.exitCode).toBe(0);
  expect(await gone(host.pid)).toBe(true);
});

test('no server is left behind by SIGTERM, and the host dies of it', async () => {
  const host = await startHost(home);
  host.child.kill('SIGTERM');
  const [, signal] = await once(host.child, 'exit');
  expect(signal).toBe('SIGTERM');
  expect(isAlive(host.pid)).toBe(false);
});

test('an initdb that was cut is done again by the owner of the folder; a foreign folder and another version are refused', async () => {
  const dataDir = join(root, 'pg');
  const data = join(dataDir, 'data');
  // Cut: the draft of a killed first start, and no data folder.
  const draft = join(dataDir, '.initdb-cut');
  mkdirSync(dataDir, { mode: 0o700 });
  cpSync(join(home, 'data'), draft, { recursive: true, filter: (file) => !/\/(global|base)$/.test(file) });
  // uid 1 (`daemon`) has a name on every Linux; initdb refuses an account without one.
  if (asRoot) chownSync(dataDir, 1, 1);
  const server = await start(dataDir);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('.'))).toEqual([]);
  if (asRoot) expect(statSync(`/proc/${server.pid}`).uid).toBe(1);
  await server.stop();

  writeFileSync(join(data, 'PG_VERSION'), '17\n');
  await expect(start(dataDir)).rejects.toMatchObject({
    code: 'other_version',
    message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18/),
  });
  rmSync(join(data, 'PG_VERSION'));
  await expect(start(dataDir)).rejects.toMatchObject({ code: 'foreign_folder' });
});

test('a server that is too old or does not answer is refused without telling the password', async () => {
  const failing = openDatabase({ url: 'postgresql://u:hunter2@127.0.0.1:1/x', dataDir: root });
  await expect(failing).rejects.toThrow(/DATABASE_URL cannot be used/);
  await expect(failing).rejects.not.toThrow(/hunter2/);
});

(asRoot ? describe : describe.skip)('as root', () => {
  test('the server runs as an unprivileged account that owns its folder', async () => {
    const server = await start(home);
    expect(server.folder).toBe(home);
    expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0);
    expect(statSync(server.folder).uid).toBe(statSync(`/proc/${server.pid}`).uid);
  });

  test('below a folder that only root may enter, the server lives elsewhere, at the same place each time', async () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = join(closed, 'checkout', 'pg');
    const first = await start(dataDir);
    expect(first.folder.startsWith(standInRoot)).toBe(true);
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    await first.stop();
    const second = await start(dataDir);
    expect(second.folder).toBe(first.folder);
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect(prepareHome(join(closed, 'other', 'pg'), standInRoot).folder).not.toBe(first.folder);
    // Who deletes the folder that he asked for begins anew; a database in use is not moved.
    rmSync(join(closed, 'checkout'), { recursive: true });
    await expect(start(dataDir)).rejects.toMatchObject({ code: 'in_use' });
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await second.stop();
    const third = await start(dataDir);
    expect(third.folder).toBe(first.folder);
    expect(await query(third.url, `SELECT to_regclass('kept') AS kept`)).toEqual([{ kept: null }]);
    expect(readdirSync(standInRoot).length).toBe(3);
  });

  test('it lives there also where files are made for their owner alone, as the README has it before secrets are written', async () => {
    const before = process.umask(0o077);
    try {
      mkdirSync(join(root, 'private'));
      const server = await start(join(root, 'private', 'pg'));
      expect(server.folder.startsWith(standInRoot)).toBe(true);
      expect(statSync(standInRoot).mode & 0o777).toBe(0o711);
    } finally {
      process.umask(before);
    }
  });
});
