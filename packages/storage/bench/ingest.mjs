// Rows committed a second through commitPage, against COPY of the very same rows into the same (emptied) tables.
// Prints one JSON object. Options: --accounts N --edges N --page N --parallel N
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_WORKSPACE_ID, keyFromText, openStorage } from '@castellan/storage';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const LEASE_MS = 3_600_000;

/** Also called by the bench command of the repository. */
export async function ingest({ accounts = 100_000, edges = 300_000, page = 500, parallel = 1 } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
  // As root the server runs as another account, which must reach it.
  chmodSync(dataDir, 0o755);
  const storage = await openStorage({ dataDir: join(dataDir, 'pg'), key: keyFromText('ab'.repeat(32)), logger: SILENT });
  try {
    return await measure(storage, { accounts, edges, page, parallel });
  } finally {
    await storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(storage, { accounts, edges, page, parallel }) {
  const rows = accounts + edges;
  const integration = await storage.integrations.create(DEFAULT_WORKSPACE_ID, {
    connectorId: 'bench',
    name: 'Bench',
    config: {},
    secrets: {},
  });
  const first = await sync(storage, integration.id, { accounts, edges, page, parallel });
  const again = await sync(storage, integration.id, { accounts, edges, page, parallel });
  if (first.created !== rows || again.unchanged !== rows) throw new Error(`wrong counts: ${JSON.stringify({ first, again })}`);
  const copySeconds = await copyAgain(storage.databaseUrl, rows);
  const rowsPerSecond = Math.round(rows / first.seconds);
  const copyRowsPerSecond = Math.round(rows / copySeconds);
  return {
    rowsPerSecond,
    copyRowsPerSecond,
    ratio: Number((rowsPerSecond / copyRowsPerSecond).toFixed(3)),
    secondPassRowsPerSecond: Math.round(rows / again.seconds),
    rows,
    page,
    parallel,
  };
}

async function sync(storage, integrationId, { accounts, edges, page, parallel }) {
  const { runId } = await storage.runs.enqueue(DEFAULT_WORKSPACE_ID, integrationId, 'manual');
  const lease = await storage.runStore.claim(runId, 'bench', LEASE_MS);
  const users = { name: 'accounts', kind: 'account', dependsOn: [], requires: [], semantics: 'snapshot' };
  const members = { name: 'memberships', kind: 'membership', dependsOn: ['accounts'], requires: [], semantics: 'snapshot' };
  await storage.runStore.openStreams(lease, [users, members]);
  const totals = { created: 0, unchanged: 0, milliseconds: 0 };
  for (const [stream, count, make] of [
    [users, accounts, account],
    [members, edges, membership],
  ]) {
    await commitAll(storage, lease, stream, count, make, page, parallel, totals);
  }
  const seconds = totals.milliseconds / 1000;
  await storage.runStore.finish(lease, { state: 'complete' });
  return { ...totals, seconds };
}

/** Rows are made outside of the measured time, as those for COPY are: both start from data in memory. */
async function commitAll(storage, lease, stream, count, make, page, parallel, totals) {
  const batch = page * 40;
  for (let start = 0; start < count; start += batch) {
    const pages = [];
    for (let from = start; from < Math.min(start + batch, count); from += page) {
      const to = Math.min(from + page, count);
      const records = Array.from({ length: to - from }, (_, index) => make(from + index));
      pages.push(message(stream, records, { done: false, cursor: { after: to } }));
    }
    const began = performance.now();
    await commitPages(storage, lease, pages, parallel, totals);
    totals.milliseconds += performance.now() - began;
  }
  const began = performance.now();
  await commitPages(storage, lease, [message(stream, [], { done: true })], 1, totals);
  totals.milliseconds += performance.now() - began;
}

async function commitPages(storage, lease, pages, parallel, totals) {
  const waiting = [...pages];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await storage.runStore.commitPage(lease, next, () => 'sweep');
      totals.created += result.created;
      totals.unchanged += result.unchanged;
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

export function message(stream, records, progress) {
  return { stream, records, deleted: [], unlisted: [], rejected: [], stale: [], progress };
}

/** Ids of 20 characters in no order, as directories make them. */
export function id(prefix, number) {
  return prefix + ((BigInt(number + 1) * 0x9e3779b97f4a7c15n) % 0xffffffffffffffffn).toString(36).padStart(17, '0').slice(-17);
}

export function account(number) {
  const key = id('00u', number);
  const login = `person.${number}@example.com`;
  const at = new Date(1_500_000_000_000 + number * 7_919_000).toISOString();
  const profile = { firstName: 'Person', lastName: `Number ${number}`, login, email: login, department: `Dept ${number % 50}` };
  return {
    kind: 'account',
    key,
    data: {
      login,
      email: login,
      displayName: `Person Number ${number}`,
      status: 'active',
      providerStatus: 'ACTIVE',
      isHuman: true,
      createdAt: at,
      activatedAt: at,
      lastLoginAt: at,
      passwordChangedAt: at,
      statusChangedAt: null,
      updatedAt: at,
      manager: null,
      department: `Dept ${number % 50}`,
      credentialProvider: 'ACME',
    },
    raw: {
      id: key,
      status: 'ACTIVE',
      created: at,
      activated: at,
      lastLogin: at,
      lastUpdated: at,
      type: { id: 'oty1234567890' },
      profile,
      credentials: {
        provider: { type: 'ACME', name: 'ACME' },
        emails: [{ value: login, status: 'VERIFIED', type: 'PRIMARY' }],
      },
      _links: { self: { href: `https://acme.example.com/api/v1/users/${key}` } },
    },
  };
}

function membership(number) {
  const group = id('00g', number % 2_000);
  const member = id('00u', Math.floor(number / 3));
  return { kind: 'membership', key: `${group}|${member}`, data: { group, memberKind: 'account', member }, partition: group };
}

async function copyAgain(url, expected) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let seconds = 0;
    let rows = 0;
    for (const table of ['accounts', 'memberships']) {
      const chunks = [];
      for await (const chunk of client.query(copyStreams.to(`COPY ${table} TO STDOUT`))) chunks.push(chunk);
      await client.query(`TRUNCATE ${table}`);
      await client.query('CHECKPOINT');
      const started = performance.now();
      const target = client.query(copyStreams.from(`COPY ${table} FROM STDIN`));
      await pipeline(Readable.from(chunks), target);
      seconds += (performance.now() - started) / 1000;
      rows += target.rowCount;
    }
    if (rows !== expected) throw new Error(`COPY wrote ${rows} of ${expected} rows`);
    return seconds;
  } finally {
    await client.end();
  }
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].split('/').at(-1))) {
  const options = {
    accounts: { type: 'string' },
    edges: { type: 'string' },
    page: { type: 'string' },
    parallel: { type: 'string' },
  };
  const { values } = parseArgs({ options });
  const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  process.stdout.write(`${JSON.stringify(await ingest(numbers))}\n`);
}
