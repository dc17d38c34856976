/**
 * Every check over a large organisation, once from nothing, once again, and after a change of 100 accounts; and the ways to tier zero.
 * The code and PostgreSQL share this machine. Memory is that of this process, which holds nothing else.
 * `npm run bench -- posture [accounts] [groups] [applications] [memberships]`
 */
import { join } from 'node:path';
import { ALL_CHECKS, lookAt, surveyAttackPaths } from '@castellan/posture';
import { DEFAULT_WORKSPACE_ID as WORKSPACE, keyFromText, openStorage } from '@castellan/storage';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import pg from 'pg';
import { fillOrganisation } from './access/organisation.mjs';
import { fillSettings } from './posture/settings.mjs';
import { note, temporaryFolder } from './stack.mjs';

const numbers = process.argv.slice(2).map(Number);
const [accounts = 100_000, groups = 10_000, applications = 1_000, memberships = 1_000_000] = numbers;
const CHANGED = 100;
const AIMS = { whole: 60, changed: 5, paths: 30, megabytes: 200 };
const silent = { debug() {}, info() {}, warn() {}, error: (...said) => note(JSON.stringify(said)) };

/** A stream for each kind that the directory of `bench/access` does not call otherwise. */
const CALLED = {
  account: ['accounts'],
  group: ['groups'],
  application: ['applications'],
  role: ['roles'],
  membership: ['memberships'],
  app_assignment: ['app-group-assignments', 'app-user-assignments'],
  role_assignment: ['role-assignments'],
  org_setting: ['settings'],
};
const STREAM = { dependsOn: [], requires: [], semantics: 'snapshot', refreshable: true, hasDelta: false };
const streams = RECORD_KINDS.flatMap((kind) => (CALLED[kind] ?? [kind]).map((name) => ({ ...STREAM, name, kind })));

const folder = temporaryFolder();
const storage = await openStorage({
  dataDir: join(folder.path, 'postgres'),
  key: keyFromText('ab'.repeat(32)),
  logger: silent,
  poolSize: 4,
});
const client = new pg.Client({ connectionString: storage.databaseUrl });

async function timed(name, work) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const began = performance.now();
  const result = await work();
  clearInterval(watch);
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(2));
  const megabytes = Math.round(most / 1_048_576);
  note(`${name.padEnd(28)} ${String(seconds).padStart(8)} s   ${megabytes} MB`);
  return { seconds, megabytes, result };
}

try {
  await client.connect();
  const query = (text, values) => client.query(text, values);
  const { id } = await storage.integrations.create(WORKSPACE, { connectorId: 'okta', name: 'Acme', config: {}, secrets: {} });
  await fillOrganisation(query, id, { accounts, groups, applications, memberships, events: 50_000_000, days: 90 });
  await fillSettings(query, id, { accounts, groups, applications }, streams);
  const at = async () => ({
    workspaceId: WORKSPACE,
    integrationId: id,
    connectorId: 'okta',
    scheduleSeconds: 86_400,
    offered: { all: streams, wanted: new Set(streams.map(({ name }) => name)) },
    states: await storage.streams.list(WORKSPACE, id),
  });
  const look = async (options) =>
    lookAt(storage, await at(), ALL_CHECKS, { ...options, onBroken: (check, cause) => note(`${check}: ${cause}`) });
  const paths = await timed('ways to tier zero', () => surveyAttackPaths(storage.queries, id));
  const first = await timed('every check, the first time', () => look({ whole: true }));
  for (const { check, tookMs, findings, status } of first.result.checked.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 12))
    note(`  ${check.padEnd(52)} ${String(tookMs).padStart(6)} ms  ${status} ${findings}`);
  const again = await timed('every check, again', () => look({ whole: true }));
  // As a poll leaves it: some accounts have changed, and the run says so.
  await query(
    `UPDATE accounts SET last_login_at = now() - interval '200 days', changed_at = now() WHERE integration_id = $1 AND key = ANY (SELECT key FROM accounts WHERE integration_id = $1 ORDER BY key LIMIT ${CHANGED})`,
    [id],
  );
  const { rows } = await query(
    `INSERT INTO sync_runs (integration_id, cause, mode, state, finished_at) VALUES ($1, 'scheduled', 'poll', 'complete', clock_timestamp()) RETURNING id`,
    [id],
  );
  await query(
    `INSERT INTO stream_runs (run_id, stream, state, generation, changed) VALUES ($1, 'accounts', 'complete', 1, ${CHANGED})`,
    [rows[0].id],
  );
  const changed = await timed(`after ${CHANGED} accounts`, () => look({}));
  const count = await query('SELECT count(*)::int AS count FROM findings WHERE integration_id = $1', [id]);
  const missed = [
    ['paths', paths.seconds > AIMS.paths],
    ['whole', first.seconds > AIMS.whole || again.seconds > AIMS.whole],
    ['changed', changed.seconds > AIMS.changed],
    ['memory', Math.max(paths.megabytes, first.megabytes, again.megabytes, changed.megabytes) > AIMS.megabytes],
  ].flatMap(([name, isMissed]) => (isMissed ? [name] : []));
  process.stdout.write(
    `${JSON.stringify({ benchmark: 'posture', accounts, groups, applications, memberships, checks: ALL_CHECKS.length, looked: changed.result.checked.length, findings: count.rows[0].count, nodes: paths.result.distances.size, edges: paths.result.edges.length, paths: paths.seconds, first: first.seconds, again: again.seconds, changed: changed.seconds, megabytes: [paths, first, again, changed].map(({ megabytes }) => megabytes), missed })}\n`,
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await client.end();
  await storage.close();
  folder.remove();
}
