import type { ActionPlanView, ActionRequestView } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { HostProcess } from '../host-process.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// A host that is killed between a request and the row that says so.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 9).toString('base64');
let simulator: Simulator;
let databaseUrl: string;
let client: pg.Client;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({
    users: 5,
    groups: 2,
    apps: 2,
    events: 5,
    grantedScopes: [...DEFAULT_SCOPES, 'okta.users.manage'],
  });
  databaseUrl = await ownDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
}, 60_000);
afterAll(async () => {
  await client.end();
  await simulator.close();
}, 30_000);

const eventsOf = (type: string, account: string): number =>
  Array.from({ length: simulator.org.log.length }, (_, n) => JSON.stringify(simulator.org.log.eventAt(n))).filter(
    (event) => event.includes(`"${type}"`) && event.includes(account),
  ).length;

test('kill -9 before and after the provider has done it: it is found done, or done, and never twice', async () => {
  const process = new HostProcess({ DATABASE_URL: databaseUrl, CASTELLAN_KEY: key, CASTELLAN_DATA_DIR: join(folder, 'host') });
  const api = await Api.open(await process.url());
  // In one integration one is done at a time: so that four are in the middle there are four.
  const integrations: string[] = [];
  for (let n = 0; n < 4; n += 1) integrations.push((await api.create({ ...simulator.config, actions: true })).id);
  const accounts = Array.from({ length: 4 }, () => simulator.org.addUser().id);
  const [suspended = '', cleared = '', early = '', slow = ''] = accounts;
  const wanted = [
    ['suspend-account', suspended],
    ['clear-sessions', cleared],
    ['suspend-account', early],
    ['clear-sessions', slow],
  ] as const;
  const fingerprints: string[] = [];
  for (const [index, [action, account]] of wanted.entries()) {
    const path = `/integrations/${integrations[index]}/actions/plan`;
    const plan = await api.post<ActionPlanView>(path, { action, input: { account } });
    fingerprints.push(plan.body.plan.fingerprint);
  }
  // Of two the provider does it and no answer ever comes; of the others nothing arrives in time.
  const isDone = (account: string): boolean =>
    eventsOf('user.lifecycle.suspend', account) + eventsOf('user.session.clear', account) === 1;
  simulator.setFaults([
    { kind: 'slow-after', match: new RegExp(`${suspended}/lifecycle|${cleared}/sessions`), delayMs: 120_000 },
    { kind: 'hang', match: new RegExp(`${early}/lifecycle|${slow}/sessions`) },
  ]);
  const ids: string[] = [];
  for (const [index, [action, account]] of wanted.entries()) {
    const [fingerprint, integrationId] = [fingerprints[index], integrations[index]];
    ids.push(
      (await api.post<ActionRequestView>('/actions', { integrationId, action, input: { account }, fingerprint })).body.id,
    );
  }
  await until(() => isDone(suspended) && isDone(cleared), 20_000);
  await client.connect();
  const running = async (): Promise<number> =>
    Number((await client.query(`SELECT count(*) AS n FROM action_requests WHERE state = 'running'`)).rows[0]?.n);
  await until(async () => (await running()) === 4, 20_000);
  expect(await process.end('SIGKILL')).toBeNull();
  simulator.setFaults([]);
  expect([isDone(early), isDone(slow)]).toEqual([false, false]);
  // A minute later.
  await client.query(`UPDATE action_requests SET lease_until = now() WHERE lease_until IS NOT NULL`);
  const host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }));
  try {
    for (const id of ids) {
      let view: ActionRequestView | undefined;
      await until(async () => {
        view = (await host.api.get<ActionRequestView>(`/actions/${id}`)).body;
        return view.endedAt !== null;
      }, 60_000);
      expect(view).toMatchObject({ state: 'verified', changed: true, problem: null });
    }
    for (const account of accounts)
      expect(eventsOf('user.lifecycle.suspend', account) + eventsOf('user.session.clear', account)).toBe(1);
  } finally {
    await host.close();
  }
}, 180_000);
