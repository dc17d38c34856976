/**
 * What the pages of the web app ask of a large organisation: any part of a table of accounts, searched, filtered and sorted, and
 * what a drawer shows of one of them. Asked of the storage package, one after the other; PostgreSQL shares this machine.
 * Ratios are to the first page of the list that programs use, which goes along the primary key.
 * `npm run bench -- records [accounts] [memberships] [events] [times]`
 */
import { join } from 'node:path';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, keyFromText, openStorage } from '@castellan/storage';
import pg from 'pg';
import { fillDirectory } from './api/directory.mjs';
import { directly } from './api/load.mjs';
import { note, temporaryFolder } from './stack.mjs';

const [accounts = 100_000, memberships = 300_000, events = 100_000, times = 40] = process.argv.slice(2).map(Number);
const LIMIT_MS = 50;
const silent = { debug() {}, info() {}, warn() {}, error: (...said) => note(JSON.stringify(said)) };
const byLastLogin = { field: 'lastLoginAt', descending: true };
const inTwo = ['Dept 3', 'Dept 4'].map((is) => ({ field: 'department', is }));

/** @returns what is asked, by name; those of `within` have to stay below the limit */
async function questions(storage, integrationId) {
  const { recordRows: rows, recordRelations: relations, recordHistory: history, records } = storage;
  const page = (query) => () => rows.page(WORKSPACE, 'account', query);
  const [{ key }] = await rows.page(WORKSPACE, 'account', { limit: 1 });
  const [{ key: group }] = await rows.page(WORKSPACE, 'group', { limit: 1 });
  const at = (kind, of) => ({ workspaceId: WORKSPACE, integrationId, kind, key: of });
  const end = Math.max(0, accounts - 100);
  return {
    basis: () => records.list(WORKSPACE, integrationId, 'account', { limit: 100 }),
    within: {
      'first page': page({}),
      'in the middle': page({ offset: Math.floor(accounts / 2) }),
      'last page': page({ offset: end }),
      'sorted, first page': page({ sort: byLastLogin }),
      'sorted, last page': page({ sort: byLastLogin, offset: end }),
      'filtered and sorted': page({ filters: inTwo, sort: byLastLogin }),
      'how many are filtered': () => rows.total(WORKSPACE, 'account', { filters: inTwo }),
      'search without a match': page({ words: ['zzzqqq'] }),
    },
    besides: {
      'search, other alphabet': page({ words: ['zzüqqq'] }),
      facets: () => rows.facets(WORKSPACE, 'account', {}),
      'log, first page': () => rows.activityPage(WORKSPACE, {}),
      'log, search without a match': () => rows.activityPage(WORKSPACE, { words: ['zzzqqq'] }),
      'log of one account': () => rows.activityPage(WORKSPACE, { actor: key }),
      'relations of an account': () => relations.summaries(at('account', key)),
      'members of a group': () => relations.page(at('group', group), 'members', { offset: 0, limit: 50, removed: false }),
      'history of an account': () => history.entries(at('account', key), 200),
    },
  };
}

async function measure(name, ask, basis) {
  // Twice before: the statement is planned, and the pages are in memory.
  await directly(ask, 2);
  const sorted = (await directly(ask, times)).toSorted((a, b) => a - b);
  const at = (share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  const row = { name, p50: at(0.5), p95: at(0.95), ratio: basis === undefined ? 1 : Number((at(0.5) / basis).toFixed(1)) };
  note(`${name.padEnd(28)} p50 ${String(row.p50).padStart(7)} ms   p95 ${String(row.p95).padStart(7)} ms   x ${row.ratio}`);
  return row;
}

async function exported(storage) {
  const began = performance.now();
  let count = 0;
  for await (const rows of storage.recordRows.walk(WORKSPACE, 'account', {})) count += rows.length;
  const perSecond = Math.round((count * 1_000) / (performance.now() - began));
  note(`walk for an export: ${count} rows, ${perSecond} a second`);
  return { rows: count, perSecond };
}

async function tidy(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

const folder = temporaryFolder();
const storage = await openStorage({
  dataDir: join(folder.path, 'postgres'),
  key: keyFromText('ab'.repeat(32)),
  logger: silent,
});
try {
  const integrationId = await fillDirectory(storage, { accounts, memberships, events });
  await tidy(storage.databaseUrl);
  const { basis, within, besides } = await questions(storage, integrationId);
  const first = await measure('list by key', basis);
  const rows = [first];
  for (const [name, ask] of Object.entries(within)) rows.push(await measure(name, ask, first.p50));
  const slowest = Math.max(...rows.map(({ p50 }) => p50));
  for (const [name, ask] of Object.entries(besides)) rows.push(await measure(name, ask, first.p50));
  const walk = await exported(storage);
  process.stdout.write(
    `${JSON.stringify({ benchmark: 'records', accounts, memberships, events, slowest, limitMs: LIMIT_MS, rows, walk })}\n`,
  );
  process.exitCode = slowest <= LIMIT_MS ? 0 : 1;
} finally {
  await storage.close();
  folder.remove();
}
