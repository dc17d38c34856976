import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lastRunOf, settingsFor, temporaryFolder, TestHost, truthOf, until } from './host-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const OVER = ['complete', 'incomplete', 'failed', 'cancelled'];
/** A machine that runs other suites besides is slow, and not wrong. */
const PATIENCE_MS = 120_000;

const folder = temporaryFolder();
let giant: Simulator;
let small: Simulator;
let host: TestHost;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  const size = { groups: 6, apps: 4, events: 20 };
  giant = await startSimulator({ ...size, users: 1_200, seed: 8, latencyMs: 150, limits: 'off' });
  small = await startSimulator({ ...size, users: 10, seed: 9 });
  // One place, so that there is no other for whoever waits.
  const settings = settingsFor(join(folder, 'host'), { runs: 1, turnMs: 1_000, leaseMs: 1_500, allowedHosts: ['127.0.0.1'] });
  host = await TestHost.start(settings);
}, 60_000);
afterAll(async () => {
  await host.close();
  await Promise.all([giant.close(), small.close()]);
}, 30_000);

test('an organisation of thousands keeps a small one waiting for a turn, and no longer; then it goes on where it was', async () => {
  const first = await host.api.create(giant.config);
  // However quick this machine is, it is not through before the other one.
  giant.setFaults([{ kind: 'slow', match: /^\/api\/v1\/apps\/[^/]+\//, delayMs: 300_000 }]);
  await until(async () => ((await host.api.detail(first.id)).counts.account ?? 0) > 0);
  const second = await host.api.create(small.config);
  expect(await host.api.untilRun(second.id, lastRunOf(second).id, OVER, PATIENCE_MS)).toMatchObject({ state: 'complete' });
  expect((await host.api.detail(second.id)).counts).toMatchObject(truthOf(small));
  const meanwhile = await host.api.detail(first.id);
  // It has given way, or has begun again since.
  expect(['queued', 'running']).toContain(lastRunOf(meanwhile).state);
  giant.setFaults([]);
  expect(await host.api.untilRun(first.id, lastRunOf(first).id, OVER, PATIENCE_MS)).toMatchObject({
    state: 'complete',
    attempt: 0,
  });
  expect((await host.api.detail(first.id)).counts).toMatchObject(truthOf(giant));
  const turns = host.lines.filter((line) => line.includes(lastRunOf(first).id) && line.includes('"outcome":"queued"'));
  expect(turns.length).toBeGreaterThanOrEqual(1);
}, 300_000);
