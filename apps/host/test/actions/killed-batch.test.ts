import type { ActionBatchView } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { HostProcess } from '../host-process.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';
import { Batches } from './batch-fixture.js';

const SUSPENDED = 'user.lifecycle.suspend';
const SIZE = 8;
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
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await simulator.close();
}, 30_000);

test('kill -9 in the middle of two batches: the next host goes on with each, and does nothing twice', async () => {
  const killed = new HostProcess({ DATABASE_URL: databaseUrl, CASTELLAN_KEY: key, CASTELLAN_DATA_DIR: join(folder, 'host') });
  const api = await Api.open(await killed.url());
  const both: { batches: Batches; accounts: readonly string[]; items: readonly object[]; id: string }[] = [];
  for (let n = 0; n < 2; n += 1) {
    const batches = new Batches((await api.create({ ...simulator.config, actions: true })).id, simulator);
    const inputs = batches.accounts(SIZE);
    const items = await batches.agreed(api, 'suspend-account', inputs);
    both.push({ batches, accounts: inputs.map(({ account }) => account), items, id: '' });
  }
  const [done, open] = both.map(({ accounts }) => accounts[2] ?? '');
  simulator.setFaults([
    { kind: 'slow-after', match: new RegExp(`${done}/lifecycle`), delayMs: 120_000 },
    { kind: 'hang', match: new RegExp(`${open}/lifecycle`) },
  ]);
  for (const one of both) one.id = (await one.batches.send(api, 'suspend-account', one.items)).body.id;
  const countsOf = async ({ id }: { id: string }) => (await api.get<ActionBatchView>(`/action-batches/${id}`)).body.counts;
  await until(async () => {
    const counts = await Promise.all(both.map(countsOf));
    return counts.every(({ running, verified }) => running === 1 && verified === 2);
  }, 60_000);
  expect(await killed.end('SIGKILL')).toBeNull();
  simulator.setFaults([]);
  const [first] = both;
  expect([first?.batches.events(SUSPENDED, done ?? ''), first?.batches.events(SUSPENDED, open ?? '')]).toEqual([1, 0]);
  // A minute later.
  await client.query(`UPDATE action_requests SET lease_until = now() WHERE lease_until IS NOT NULL`);
  const host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }));
  try {
    for (const { batches, accounts, id } of both) {
      expect(await batches.ended(host.api, id)).toMatchObject({ state: 'ended', counts: { verified: SIZE } });
      expect(accounts.map((account) => batches.events(SUSPENDED, account))).toEqual(Array(SIZE).fill(1));
    }
  } finally {
    await host.close();
  }
}, 180_000);
