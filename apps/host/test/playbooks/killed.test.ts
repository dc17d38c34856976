import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { HostProcess } from '../host-process.js';
import { type Simulator, startSimulator } from '../simulator.js';
import { eventsOf, isAt, isOver, openFinding, requestsOf, SCOPES, statesOf, untilRun } from './playbook-harness.js';

// A host that is killed in the middle of a run: what the provider was asked for, and what was told, comes once.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 8).toString('base64');
let simulator: Simulator;
let databaseUrl: string;
let client: pg.Client;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 5, groups: 2, apps: 2, events: 5, grantedScopes: SCOPES });
  databaseUrl = await ownDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await simulator.close();
}, 30_000);

/** A minute later. */
const leasesRunOut = async (): Promise<void> => {
  await client.query('UPDATE playbook_runs SET lease_until = now() WHERE lease_until IS NOT NULL');
  await client.query('UPDATE action_requests SET lease_until = now() WHERE lease_until IS NOT NULL');
};
const startHost = () => TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }));

test('kill -9 while a step is planned, and while it is done: the run goes on, and nothing comes twice', async () => {
  const process = new HostProcess({ DATABASE_URL: databaseUrl, CASTELLAN_KEY: key, CASTELLAN_DATA_DIR: join(folder, 'host') });
  const api = await Api.open(await process.url());
  const { id: account } = simulator.org.addUser();
  const { id: slow } = simulator.org.addUser();
  for (const one of [account, slow]) simulator.org.enrolFactor(one, 'push');
  const { id: integration } = await api.synced({ ...simulator.config, actions: true });
  // Sessions of one are ended and no answer comes; of the other not even the plan is answered.
  simulator.setFaults([
    { kind: 'slow-after', match: new RegExp(`${account}/sessions`), delayMs: 120_000 },
    { kind: 'hang', match: new RegExp(`/users/${slow}`) },
  ]);
  const looks = { query: async (sql: string) => (await client.query(sql)).rows };
  const findings: string[] = [];
  for (const one of [account, slow])
    findings.push(await openFinding(looks, integration, { rule: 'account-without-second-factor', kind: 'account', key: one }));
  for (const findingId of findings)
    expect(await api.post('/playbooks/mfa-fatigue/runs', { findingId })).toMatchObject({ status: 201 });
  await until(() => eventsOf(simulator, 'user.session.clear', account) === 1, 30_000);
  expect(await process.end('SIGKILL')).toBeNull();
  simulator.setFaults([]);
  await leasesRunOut();
  const [found = '', other = ''] = findings;
  let host = await startHost();
  try {
    for (const finding of findings) await untilRun(host.api, finding, isAt('not-theirs'), 90_000);
  } finally {
    await host.close();
  }
  // And as if it were killed again between a request and the log that names it: the wish finds it.
  await client.query(
    `UPDATE playbook_runs SET due_at = now(), step = 'end-sessions', log = jsonb_build_array(log -> 0 || jsonb_build_object('state', 'open', 'endedAt', NULL,
       'items', jsonb_build_array(log -> 0 -> 'items' -> 0 || '{"state": "open", "requestId": null}'))) WHERE finding_id = '${other}'`,
  );
  host = await startHost();
  try {
    for (const finding of findings) {
      const run = await untilRun(host.api, finding, isAt('not-theirs'), 90_000);
      expect((await requestsOf(host.api, finding)).map(({ action }) => action)).toEqual(['clear-sessions']);
      await host.api.post(`/playbook-runs/${run.id}/steps/not-theirs/decline`, {});
      const over = await untilRun(host.api, finding, isOver, 90_000);
      expect(statesOf(over)).toEqual(['end-sessions done', 'tell done', 'not-theirs declined']);
    }
    for (const one of [account, slow]) expect(eventsOf(simulator, 'user.session.clear', one)).toBe(1);
    const told = await client.query(
      `SELECT count(*)::int AS n FROM events WHERE type = 'playbook.notified' AND data ->> 'finding' = '${found}'`,
    );
    expect(told.rows[0]?.n).toBe(1);
  } finally {
    await host.close();
  }
}, 300_000);
