/**
 * Who can reach what, in a large organisation: each question asked by 20 clients at once, all answers of the access package.
 * The clients, the questions' code and PostgreSQL share this machine.
 * `npm run bench -- access [accounts] [groups] [applications] [memberships] [events] [times]`
 */
import { join } from 'node:path';
import {
  changes,
  countAccess,
  edgeChanges,
  graph,
  loss,
  overview,
  principalUsage,
  reach,
  reachedBy,
  reachedByTotal,
  reasons,
  search,
  suggestions,
  unusedApplications,
  unusedOfGroup,
  unusedRoles,
  usedSince,
} from '@castellan/access';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, keyFromText, openStorage } from '@castellan/storage';
import pg from 'pg';
import { fillOrganisation } from './access/organisation.mjs';
import { note, temporaryFolder } from './stack.mjs';

const numbers = process.argv.slice(2).map(Number);
const [accounts = 100_000, groups = 10_000, applications = 1_000, memberships = 1_000_000, events = 50_000_000, times = 400] =
  numbers;
const CLIENTS = 20;
const silent = { debug() {}, info() {}, warn() {}, error: (...said) => note(JSON.stringify(said)) };

const key = (prefix, number) => `${prefix}${number.toString(16).padStart(17, '0')}`;
const account = (number) => ({ kind: 'account', key: key('00u', number % accounts) });
const group = (number) => ({ kind: 'group', key: key('00g', number % groups) });
const application = (number) => ({ kind: 'application', key: key('0oa', number % applications) });
const role = (number) => ({ kind: 'role', key: `ROLE_${number % 13}` });
/** Another one for each question, as people ask. */
const some = (n) => (n * 7_919 + 13) % 1_000_003;

/** What is asked, with the target of its p95 in milliseconds where there is one. */
function questions(queries, integrationId) {
  const monday = new Date(Date.now() - 3 * 86_400_000);
  const days = 90;
  const to = 'application';
  return {
    // Of pages that nobody has read yet, by code that has hardly run.
    'what an account reaches, cold': [undefined, (n) => reach(queries, { integrationId, from: account(some(n)), to })],
    'its roles': [50, (n) => reach(queries, { integrationId, from: account(97 * (n % 500)), to: 'role' })],
    'what a group gives': [50, (n) => reach(queries, { integrationId, from: group(some(n)), to })],
    'why, one pair': [50, (n) => reasons(queries, { integrationId, from: account(2 * some(n)), to: application(0) })],
    'lost with a group': [50, (n) => loss(queries, { integrationId, from: account(2 * some(n)), group: group(0).key, to })],
    'what an account reaches': [50, (n) => reach(queries, { integrationId, from: account(some(n)), to })],
    'usage of an account': [50, (n) => principalUsage(queries, integrationId, account(some(n)))],
    'who reaches, 50,000': [200, () => reachedBy(queries, { integrationId, to: application(0), from: 'account' })],
    'who reaches, some 2,000': [200, (n) => reachedBy(queries, { integrationId, to: application(1 + n), from: 'account' })],
    'who holds a role': [200, (n) => reachedBy(queries, { integrationId, to: role(n), from: 'account' })],
    'who of 50,000 does not use it': [
      200,
      () => reachedBy(queries, { integrationId, to: application(0), from: 'account', unusedSince: usedSince(days) }),
    ],
    'unused, whole organisation': [1_000, () => unusedApplications(queries, { integrationId, days })],
    'unused roles': [1_000, () => unusedRoles(queries, { integrationId, days })],
    search: [150, (n) => search(queries, WORKSPACE, `user${some(n)}`)],
    'search, nothing fits': [150, () => search(queries, WORKSPACE, 'zzzqqq')],
    'graph of an account': [undefined, (n) => graph(queries, integrationId, account(some(n)))],
    'graph of an application': [undefined, (n) => graph(queries, integrationId, application(some(n)))],
    'what an account reached': [undefined, (n) => reach(queries, { integrationId, from: account(some(n)), to, at: monday })],
    'changes of an account': [
      undefined,
      (n) => changes(queries, { integrationId, of: account(some(n)), other: to, since: monday }),
    ],
    'changed edges': [undefined, () => edgeChanges(queries, { integrationId, since: monday })],
    'unused of a group': [undefined, (n) => unusedOfGroup(queries, { integrationId, group: group(1 + (n % 100)).key, days })],
    suggestions: [undefined, (n) => suggestions(queries, { integrationId, application: application(1 + n).key, days })],
    'how many reach, 50,000': [undefined, () => reachedByTotal(queries, { integrationId, to: application(0) })],
    'by last use, 50,000': [
      undefined,
      () => reachedBy(queries, { integrationId, to: application(0), from: 'account', sort: 'lastUsed' }),
    ],
    'changes of an application': [
      undefined,
      () => changes(queries, { integrationId, of: application(0), other: 'account', since: monday }),
    ],
    overview: [undefined, () => overview(queries, WORKSPACE)],
  };
}

/** Each client asks its next question when the last is answered. */
async function atOnce(ask, count) {
  const took = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      const began = performance.now();
      await ask(n);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return took.toSorted((a, b) => a - b);
}

async function measure(name, target, ask) {
  await ask(1);
  const began = performance.now();
  await ask(2);
  const alone = performance.now() - began;
  // A host that serves twenty people has asked its like before on each of its connections: what a first question costs is not what they wait for.
  if (alone <= 100) await atOnce(ask, 2 * CLIENTS);
  // Of what takes seconds fewer are asked.
  const took = await atOnce(ask, alone > 100 ? 60 : times);
  const at = (share) => Number(took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1));
  const row = { name, alone: Number(alone.toFixed(1)), p50: at(0.5), p95: at(0.95), ...(target !== undefined && { target }) };
  const verdict = target === undefined ? '' : row.p95 <= target ? `<= ${target}` : `MISSED ${target}`;
  note(
    `${name.padEnd(32)} alone ${String(row.alone).padStart(7)}   p50 ${String(row.p50).padStart(8)}   p95 ${String(row.p95).padStart(8)} ms   ${verdict}`,
  );
  return row;
}

const folder = temporaryFolder();
const storage = await openStorage({
  dataDir: join(folder.path, 'postgres'),
  key: keyFromText('ab'.repeat(32)),
  logger: silent,
  poolSize: 10,
});
const client = new pg.Client({ connectionString: storage.databaseUrl });
try {
  await client.connect();
  const { id } = await storage.integrations.create(WORKSPACE, { connectorId: 'acme', name: 'Acme', config: {}, secrets: {} });
  await fillOrganisation((text, values) => client.query(text, values), id, {
    accounts,
    groups,
    applications,
    memberships,
    events,
    days: 90,
  });
  const { queries } = storage;
  const began = performance.now();
  await storage.transaction(() => countAccess(queries, id));
  const counting = Number(((performance.now() - began) / 1_000).toFixed(1));
  note(`counting, once after a sync: ${counting} s`);
  const rows = [];
  for (const [name, [target, ask]] of Object.entries(questions(queries, id))) rows.push(await measure(name, target, ask));
  const missed = rows.filter(({ p95, target }) => target !== undefined && p95 > target).map(({ name }) => name);
  process.stdout.write(
    `${JSON.stringify({ benchmark: 'access', accounts, groups, applications, memberships, events, clients: CLIENTS, counting, missed, rows })}\n`,
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await client.end();
  await storage.close();
  folder.remove();
}
