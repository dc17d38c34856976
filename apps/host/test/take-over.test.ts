import type { IntegrationDetail } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Api, lastRunOf, ownDatabase, settingsFor, temporaryFolder, TestHost, truthOf, until } from './host-harness.js';
import { HostProcess } from './host-process.js';
import { type Simulator, startSimulator } from './simulator.js';

// Several hosts on one database: what a run must survive. The database is the test's, so that no host takes it along.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
const processes: HostProcess[] = [];
const hosts: TestHost[] = [];
let simulator: Simulator;
let databaseUrl: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 60, groups: 10, apps: 5, events: 60, seed: 8, latencyMs: 20 });
  databaseUrl = await ownDatabase();
}, 60_000);

afterAll(async () => {
  await simulator.close();
}, 30_000);

afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.end('SIGKILL')));
  for (const host of hosts.splice(0)) {
    const { body } = await host.api.get<{ readonly items: readonly IntegrationDetail[] }>('/integrations');
    for (const { id } of body.items) await host.api.ask('DELETE', `/integrations/${id}`);
    await host.close();
  }
}, 30_000);

async function startProcess(): Promise<{ readonly process: HostProcess; readonly api: Api }> {
  const process = new HostProcess({
    DATABASE_URL: databaseUrl,
    CASTELLAN_KEY: key,
    CASTELLAN_LEASE_MS: '1500',
    CASTELLAN_DATA_DIR: join(folder, 'host'),
  });
  processes.push(process);
  return { process, api: await Api.open(await process.url()) };
}

async function startHere(): Promise<TestHost> {
  const host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key, leaseMs: 1_500 }));
  hosts.push(host);
  return host;
}

/** Creates an integration and waits until its first run has stored something; what is inside of applications comes late, so it is not through. */
async function inMidSync(api: Api): Promise<IntegrationDetail> {
  const created = await api.create(simulator.config);
  simulator.setFaults([{ kind: 'slow', match: /^\/api\/v1\/apps\/[^/]+\//, delayMs: 60_000 }]);
  await until(async () => ((await api.detail(created.id)).counts.account ?? 0) > 0);
  const run = await api.get<{ readonly state: string }>(`/integrations/${created.id}/runs/${lastRunOf(created).id}`);
  expect(run.body.state).toBe('running');
  return created;
}

test('SIGTERM in mid-sync: the run is given back at once, and the next host finishes it', async () => {
  const { process, api } = await startProcess();
  const created = await inMidSync(api);
  const asked = performance.now();
  expect(await process.end('SIGTERM')).toBe(0);
  simulator.setFaults([]);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(process.stderr).toBe('');
  expect(process.stdout).toContain('"outcome":"queued"');
  const host = await startHere();
  const run = await host.api.untilRun(created.id, lastRunOf(created).id);
  expect(run).toMatchObject({ state: 'complete', cause: 'created' });
  expect((await host.api.detail(created.id)).counts).toMatchObject(truthOf(simulator));
}, 90_000);

test('kill -9 in mid-sync: a living host takes the run over within 15 seconds', async () => {
  const { process, api } = await startProcess();
  const created = await inMidSync(api);
  const host = await startHere();
  expect(await process.end('SIGKILL')).toBeNull();
  simulator.setFaults([]);
  const killed = performance.now();
  await until(() => host.lines.some((line) => line.includes('stream started')));
  expect(performance.now() - killed).toBeLessThan(15_000);
  const run = await host.api.untilRun(created.id, lastRunOf(created).id);
  expect(run.state).toBe('complete');
  const after = await host.api.detail(created.id);
  expect(after.counts).toMatchObject(truthOf(simulator));
  expect(after.removed).toEqual({});
}, 90_000);

test('two hosts that live side by side work on one run once', async () => {
  const [one, two] = [await startHere(), await startHere()];
  const created = await one.api.create(simulator.config);
  await Promise.all([one.api.sync(created.id), two.api.sync(created.id)]);
  const run = await two.api.untilRun(created.id, lastRunOf(created).id);
  expect(run.state).toBe('complete');
  const started = [one, two].flatMap((host) =>
    host.lines.filter((line) => line.includes(run.id) && line.includes('"run ended"')),
  );
  expect(started).toHaveLength(1);
  expect((await one.api.detail(created.id)).counts).toMatchObject(truthOf(simulator));
}, 90_000);
