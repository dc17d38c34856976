import type { IntegrationProgress } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { HostProcess } from './host-process.js';
import { type Simulator, startSimulator } from './simulator.js';

// One host works, another is watched: everything that is shown comes from the rows.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
let simulator: Simulator;
let databaseUrl: string;
let worker: HostProcess;
let watched: TestHost | undefined;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  // The least that an organisation grants for applications is 50 a minute, and a call for each is made three times.
  simulator = await startSimulator({ users: 50, groups: 10, apps: 40, memberships: 50, events: 20, seed: 8, limits: 'on' });
  databaseUrl = await ownDatabase();
  worker = new HostProcess({ DATABASE_URL: databaseUrl, CASTELLAN_KEY: key, CASTELLAN_DATA_DIR: join(folder, 'host') });
}, 60_000);

afterAll(async () => {
  await watched?.close();
  await worker.end('SIGKILL');
  await simulator.close();
}, 30_000);

test('the run of another host is watched, with what it waits for and how long it will take', async () => {
  const api = await Api.open(await worker.url());
  const { id } = await api.create({ ...simulator.config, skipFactors: true });
  const stateOf = async (): Promise<string | undefined> => (await api.detail(id)).lastRun?.state;
  await until(async () => (await stateOf()) === 'running');
  watched = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl, key }));
  const reader = await watched.api.watch(`/integrations/${id}/progress`);
  const waitsForApps = ({ run }: IntegrationProgress): boolean =>
    run?.waits.some(({ bucket }) => bucket === '/api/v1/apps') === true;
  await until(() => reader.states(id).some(waitsForApps));
  const waiting = reader.states(id).find(waitsForApps);
  expect(waiting).toMatchObject({
    status: { state: 'syncing' },
    run: { state: 'running', calls: { dominates: '/api/v1/apps' } },
  });
  expect(waiting?.run?.waits.every(({ reason }) => ['pace', 'budget', 'rate_limit'].includes(reason))).toBe(true);
  // 80 calls or more for the lists of 40 applications, at less than 50 a minute.
  expect(waiting?.run?.floorMinutes).toBeGreaterThan(1.5);
  expect(waiting?.run?.secondsLeft).toBeGreaterThan(10);
  expect(waiting?.run?.secondsLeft).toBeLessThan(240);
  expect(watched.lines.some((line) => line.includes('stream started'))).toBe(false);

  // It does not stand still while nothing comes: the time that is left grows shorter.
  const before = reader.states(id).length;
  await until(() => reader.states(id).length >= before + 4);
  const left = reader.states(id).flatMap(({ run }) => run?.secondsLeft ?? []);
  expect(left.at(-1)).toBeLessThan(Math.max(...left));

  // Within two seconds on the other host's streams.
  await api.post(`/integrations/${id}/runs/${waiting?.run?.id}/cancel`);
  await until(async () => (await stateOf()) === 'cancelled');
  const cancelled = performance.now();
  await until(() => reader.states(id).at(-1)?.run === null);
  expect(performance.now() - cancelled).toBeLessThan(3_000);
  reader.close();
}, 90_000);
