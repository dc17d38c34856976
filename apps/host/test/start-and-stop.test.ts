import { createServer } from 'node:net';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../src/host.js';
import { HostProcess } from './host-process.js';
import { Api, temporaryFolder, until } from './host-harness.js';
import { loadHost, loadLogging, loadSettings, loadStartError } from './loaded-once.js';

const folder = temporaryFolder();
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

async function failure(env: Readonly<Record<string, string>>): Promise<string> {
  const process = new HostProcess(env);
  expect(await process.code()).toBe(1);
  expect(process.stderr.trimEnd().split('\n')).toHaveLength(1);
  return process.stderr;
}

const SILENT = { write: () => undefined };

/** Starts as `main` does, without a process: how one ends is told by those that have one. */
async function startHere(env: Readonly<Record<string, string>>): Promise<Host> {
  const [{ startHost }, { rootLogger }, { readSettings }] = await Promise.all([loadHost(), loadLogging(), loadSettings()]);
  const settings = readSettings({ PORT: '0', ...env }, folder);
  return startHost(settings, { logger: rootLogger('warn', SILENT), tell: () => undefined });
}

/** What `main` would show of a start that fails. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const { startFailure } = await loadStartError();
  const ended = startHere(env).then(async (host) => {
    await host.close();
    throw new Error('it has started');
  });
  const text = await ended.catch(startFailure);
  expect(text.split('\n')).toHaveLength(1);
  return text;
}

test('starts, listens on this machine only, stops clean, and a second start finds its key and keeps others away', async () => {
  const dataDir = join(folder, 'first');
  for (const start of ['first', 'second']) {
    const process = new HostProcess({ CASTELLAN_DATA_DIR: dataDir });
    const url = await process.url();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await new Api(url).get('/health/ready')).toMatchObject({ status: 200 });
    if (start === 'second')
      expect(await refusal({ CASTELLAN_DATA_DIR: dataDir })).toMatch(/in use by process \d+.*DATABASE_URL/);
    expect(await process.end(start === 'first' ? 'SIGINT' : 'SIGTERM')).toBe(0);
    expect(process.stderr).toBe('');
    expect(readdirSync(dataDir).toSorted()).toEqual(['castellan.key', 'postgres']);
  }
}, 60_000);

test('X29: another key is refused', async () => {
  const env = { CASTELLAN_DATA_DIR: join(folder, 'first'), CASTELLAN_KEY: key(9) };
  expect(await refusal(env)).toMatch(/sealed with another key.*nothing was changed/);
}, 60_000);

test('a port in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const told = await refusal({ CASTELLAN_DATA_DIR: join(folder, 'no port'), PORT: String(port) });
    expect(told).toContain(`Port ${port} is in use. Stop the other program, or set PORT to a free port.`);
    // Asked for before a database is made.
    expect(existsSync(join(folder, 'no port', 'postgres'))).toBe(false);
  } finally {
    server.close();
  }
}, 60_000);

const wrong = (env: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  CASTELLAN_DATA_DIR: join(folder, 'second'),
  CASTELLAN_KEY: 'NODE_ENV' in env ? '' : key(1),
  ...env,
});

/** One that is seen before the host is loaded, and one after that. */
test.each([
  [{ DATABASE_URL: 'postgresql://someone:hunter2@127.0.0.1:1/none' }, /DATABASE_URL cannot be used: .*ECONNREFUSED/],
  [{ PORT: 'http', LOG_LEVEL: 'loud' }, /cannot start: PORT must be .*; LOG_LEVEL must be/],
])(
  '%j: says what is wrong and ends',
  async (env, message) => {
    const stderr = await failure(wrong(env));
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('hunter2');
  },
  30_000,
);

test.each([
  [{ PORT: 'http' }, /PORT must be a whole number/],
  [{ CASTELLAN_KEY: 'short' }, /CASTELLAN_KEY must hold 32 bytes/],
  [{ NODE_ENV: 'production' }, /set CASTELLAN_KEY/],
  [{ CASTELLAN_ADDRESS: '0.0.0.0' }, /CASTELLAN_ADDRESS 0\.0\.0\.0 can be reached from the network/],
  [{ CASTELLAN_DATA_DIR: '/dev/null/x' }, /data folder .* cannot be written \(ENOTDIR\)/],
])('%j: says what is wrong', async (env, message) => {
  expect(await refusal(wrong(env))).toMatch(message);
});

test('X9: in production a host does not start with verification switched off', async () => {
  const env = { NODE_ENV: 'production', NODE_TLS_REJECT_UNAUTHORIZED: '0', CASTELLAN_KEY: key(1) };
  expect(await failure({ ...env, CASTELLAN_DATA_DIR: join(folder, 'careless') })).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED=0/);
  expect(existsSync(join(folder, 'careless'))).toBe(false);
}, 30_000);

test('a stop during the start leaves nothing behind', async () => {
  const process = new HostProcess({ CASTELLAN_DATA_DIR: join(folder, 'third') });
  // The key comes first, the database takes seconds after it.
  await until(() => existsSync(join(folder, 'third', 'castellan.key')));
  expect(await process.end('SIGTERM')).toBe(0);
  const again = await startHere({ CASTELLAN_DATA_DIR: join(folder, 'third') });
  expect(await new Api(again.url).get('/health/ready')).toMatchObject({ status: 200 });
  await again.close();
}, 60_000);
