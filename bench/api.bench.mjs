/**
 * The ten most used reads of the API on a large organisation: answer times at 100 requests a second, requests a second at most,
 * and all ten at once while a sync is under way. Load, host and PostgreSQL share this machine.
 * `npm run bench -- api [accounts] [memberships] [events] [seconds]`
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyFromText, openStorage } from '@castellan/storage';
import pg from 'pg';
import { coresUsed } from './api/cpu.mjs';
import { fillDirectory } from './api/directory.mjs';
import { asFastAsPossible, atRate, directly, percentiles } from './api/load.mjs';
import { tenReads } from './api/reads.mjs';
import { note, startHost, startSimulator, temporaryFolder } from './stack.mjs';

const [accounts = 100_000, memberships = 1_000_000, events = 300_000, seconds = 20] = process.argv.slice(2).map(Number);
const RATE = 100;
const LIMIT_MS = 50;
const KEY = 'ab'.repeat(32);
const LIVE = '/health/live';
const silent = { debug() {}, info() {}, warn() {}, error: (...said) => note(JSON.stringify(said)) };

/** Answers of one read by itself: at the fixed rate, as fast as they come, and the same question without HTTP. */
async function measure(host, storage, { name, path, directly: ask }) {
  await atRate(host, [path], RATE, 2); // caches and compiled code, as on a host that has been up for a minute
  const [times] = await atRate(host, [path], RATE, seconds);
  const { result, cores } = await coresUsed(host.child.pid, storage.databaseUrl, () =>
    asFastAsPossible(host, path, seconds / 4),
  );
  const { perSecond } = result;
  // What a request costs the host's one thread: hardly moved by what else the machine does.
  const hostMs = cores === null ? null : Number(((cores.host * 1_000) / perSecond).toFixed(2));
  const direct = ask === undefined ? null : percentiles(await directly(() => ask(storage), 300)).p50;
  const row = { read: name, ...percentiles(times), perSecond, hostMs, direct, cores };
  note(line(row));
  return row;
}

const COLUMNS = ['read', 'p50', 'p975', 'p99', 'max', 'perSecond', 'hostMs', 'direct', 'cores'];

function line(row) {
  const cell = (value) => (value === null || typeof value !== 'object' ? String(value ?? '-') : Object.values(value).join('/'));
  const [name, ...rest] = COLUMNS.map((column) => cell(row[column]));
  return [name.padEnd(18), ...rest.map((text) => text.padStart(9))].join(' ');
}

/** Every read a tenth of the rate, all at once, while another integration of the same host is read for the first time. */
async function duringSync(host, storage, reads) {
  const simulator = await startSimulator(['--users', '10000', '--groups', '1000', '--limits', 'off', '--latency', '20-40']);
  try {
    const name = 'Being read';
    const body = { connector: 'okta', name, config: { ...simulator.config, rateLimitShare: 100, skipFactors: true } };
    const { id } = await host.call('POST', '/integrations', body);
    const before = await untilRows(host, id);
    const paths = reads.map(({ path }) => path);
    const load = () => atRate(host, paths, RATE, seconds);
    const { result: times, cores } = await coresUsed(host.child.pid, storage.databaseUrl, load);
    const { counts, status } = await host.call('GET', `/integrations/${id}`);
    const perRead = Object.fromEntries(reads.map((read, index) => [read.name, percentiles(times[index]).p99]));
    const rowsPerSecond = Math.round((sum(counts) - before) / seconds);
    const all = percentiles(times.flat());
    return { ...all, perRead, rowsPerSecond, syncEndedEarly: status.state !== 'syncing', cores };
  } finally {
    await simulator.stop();
  }
}

const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

async function untilRows(host, id, timeoutMs = 60_000) {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const rows = sum((await host.call('GET', `/integrations/${id}`)).counts);
    if (rows > 0) return rows;
    await sleep(100);
  }
  throw new Error('the sync has stored nothing in time');
}

async function tidy(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

const folder = temporaryFolder();
const storage = await openStorage({ dataDir: join(folder.path, 'postgres'), key: keyFromText(KEY), logger: silent });
try {
  const integrationId = await fillDirectory(storage, { accounts, memberships, events });
  // A million rows in a minute leave the database's housekeeping to do, which it would do during the measurements.
  await tidy(storage.databaseUrl);
  const env = { DATABASE_URL: storage.databaseUrl, CASTELLAN_KEY: KEY, CASTELLAN_POLL_SECONDS: '0' };
  const host = await startHost(join(folder.path, 'host'), 'http://127.0.0.1', env, 'bench/unlimited-host.mjs');
  try {
    const reads = await tenReads(host, integrationId);
    note(line(Object.fromEntries(COLUMNS.map((column) => [column, column]))));
    const live = await measure(host, storage, { name: 'health/live', path: LIVE });
    const rows = [];
    for (const read of reads) {
      const row = await measure(host, storage, read);
      rows.push({ ...row, ofLive: Number((row.perSecond / live.perSecond).toFixed(3)) });
    }
    const syncing = await duringSync(host, storage, reads);
    note(`while a sync is under way: ${JSON.stringify(syncing)}`);
    const slowest = Math.max(...rows.map(({ p99 }) => p99));
    const size = { accounts, memberships, events };
    const result = {
      benchmark: 'api',
      ...size,
      rate: RATE,
      slowestP99: slowest,
      limitMs: LIMIT_MS,
      live,
      reads: rows,
      syncing,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    process.exitCode = slowest <= LIMIT_MS ? 0 : 1;
  } finally {
    await host.stop();
  }
} finally {
  await storage.close();
  folder.remove();
}
