import type { ProblemBody } from '@castellan/api';
import pg from 'pg';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_LIMITS } from '../../src/throttle/limits.js';
import { DIRECTORY, Organisation, ownWorkspace } from './organisation.js';

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
beforeEach(() => holder.query('BEGIN; LOCK TABLE memberships, app_assignments, role_assignments, accounts, usage, usage_days'));
afterEach(() => holder.query('ROLLBACK'));

const ACCESS = `/integrations/${DIRECTORY}/access`;

async function waiting(): Promise<number> {
  const [row] = await host.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return Number(row?.['n']);
}

const QUESTIONS = [
  `${ACCESS}/reach?from=account:ana&to=application`,
  `${ACCESS}/reached-by?to=application:aws`,
  `${ACCESS}/reached-by/total?to=application:aws`,
  `${ACCESS}/reached-by/export.csv?to=application:aws`,
  `${ACCESS}/why?from=account:ana&to=application:aws`,
  `${ACCESS}/loss?from=account:ana&group=eng&to=application`,
  `${ACCESS}/changes?of=account:ana&other=role&since=2026-05-01T00:00:00Z`,
  `${ACCESS}/edge-changes?since=2026-05-01T00:00:00Z`,
  `${ACCESS}/unused?days=30`,
  `${ACCESS}/unused-roles?days=30`,
  `${ACCESS}/suggestions?application=aws&days=30`,
  `${ACCESS}/usage?of=account:ana`,
  `${ACCESS}/graph?of=account:ana`,
  '/access/search?q=ana',
  '/access/overview',
];

test('every question is ended when it takes too long, and says what to narrow', async () => {
  const answers = await Promise.all(QUESTIONS.map((path) => host.api.get<ProblemBody>(path)));
  const told = answers.map(({ status, body }, index) => [QUESTIONS[index], status, body.type, body.detail]);
  const narrow: unknown = expect.stringContaining('Narrow the question: words in `q`');
  expect(told).toEqual(QUESTIONS.map((path) => [path, 503, 'urn:castellan:problem:took-too-long', narrow]));
  expect(await waiting()).toBe(0);
});

test('a review that cannot be read in time is not signed', async () => {
  const answer = await host.api.send('POST', `${ACCESS}/reviews`, { application: 'aws' });
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('took-too-long')]);
  expect(await host.query('SELECT FROM access_reviews')).toEqual([]);
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
