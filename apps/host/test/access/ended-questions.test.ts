import type { ProblemBody } from '@castellan/api';
import pg from 'pg';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_LIMITS } from '../../src/throttle/limits.js';
import { DIRECTORY, Organisation, ownWorkspace } from './organisation.js';
import { questionRoutes } from './question-routes.js';

const folder = temporaryFolder();
let host: TestHost;
let holder: pg.Client;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder), {
    limits: { ...DEFAULT_LIMITS, expensiveAtOnce: 20, expensivePerMinute: 1_000, questionMs: 1_500 },
  });
  await new Organisation(host, await ownWorkspace(host), DIRECTORY, 'Directory').seed();
  holder = new pg.Client({ connectionString: host.host.databaseUrl });
  await holder.connect();
}, 60_000);
afterAll(async () => {
  await holder.end();
  await host.close();
});
// What every question reads: as long as it is held, none of them ends.
beforeEach(() =>
  holder.query(
    'BEGIN; LOCK TABLE memberships, app_assignments, role_assignments, accounts, usage, usage_days, access_counts, access_reviews, check_results, findings, incidents, attack_nodes, attack_surveys',
  ),
);
afterEach(() => holder.query('ROLLBACK'));

const ACCESS = `/integrations/${DIRECTORY}/access`;

/** Not of what the host does by itself, which claims its rows, or looks for what playbooks begin by. */
async function waiting(): Promise<number> {
  const [row] = await host.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query !~ 'SKIP LOCKED|playbook_'`,
  );
  return Number(row?.['n']);
}

/** So many that connections are left for who asks them. */
const AT_ONCE = 6;

test('every question is ended when it takes too long, and says what to narrow', async () => {
  const routes = questionRoutes(host, DIRECTORY).filter(({ method }) => method === 'GET');
  expect(routes.length).toBeGreaterThan(20);
  const told: unknown[] = [];
  for (let from = 0; from < routes.length; from += AT_ONCE)
    told.push(
      ...(await Promise.all(
        routes.slice(from, from + AT_ONCE).map(async ({ path }) => {
          const { status, body } = await host.api.get<ProblemBody>(path);
          return [path, status, body.type, body.detail];
        }),
      )),
    );
  const narrow: unknown = expect.stringContaining('Narrow the question: words in `q`');
  expect(told).toEqual(routes.map(({ path }) => [path, 503, 'urn:castellan:problem:took-too-long', narrow]));
  expect(await waiting()).toBe(0);
}, 60_000);

test('of those that go over the whole workspace as many are at work as it has places', async () => {
  const paths = ['overview', 'overview', 'overview', 'administrators', 'administrators'];
  const answers = await Promise.all(paths.map((path) => host.api.get(`/access/${path}`)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([429, 503, 503, 503, 503]);
});

test('a review that cannot be read in time is not signed', async () => {
  const answer = await host.api.send('POST', `${ACCESS}/reviews`, { application: 'aws' });
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('took-too-long')]);
  expect((await holder.query('SELECT FROM access_reviews')).rows).toEqual([]);
});

test('a question whose asker has gone is ended at the database', async () => {
  const leaving = new AbortController();
  const asked = fetch(`${host.host.url}/api${ACCESS}/reach?from=account:ana&to=application`, {
    headers: host.api.credentials,
    signal: leaving.signal,
  }).catch(() => undefined);
  await until(async () => (await waiting()) === 1);
  leaving.abort();
  await asked;
  await until(async () => (await waiting()) === 0);
  // Not as one that took too long: nobody is told, and an operator has nothing to do.
  await until(() => host.lines.some((line) => line.includes('Nobody waits for the answer')));
});
