import type { IntegrationDetail } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastRunOf, ownDatabase, settingsFor, temporaryFolder, TestHost, truthOf, until } from './host-harness.js';
import { query } from './query.js';
import { isRedisHere, type RedisServer, startRedis, testOn } from './redis.js';
import { type Simulator, startSimulator } from './simulator.js';

// Hosts of one database that do different things, on either kind of queue.
const folder = temporaryFolder();
const key = Buffer.alloc(32, 7).toString('base64');
const hosts: TestHost[] = [];
let simulator: Simulator;
let redis: RedisServer | undefined;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 40, groups: 6, apps: 4, events: 40, seed: 8 });
  redis = isRedisHere ? await startRedis() : undefined;
}, 60_000);
afterAll(async () => {
  await simulator.close();
  await redis?.kill();
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
}, 30_000);

interface Wanted {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly pollSeconds?: number;
}

async function start(role: 'web' | 'worker', wanted: Wanted): Promise<TestHost> {
  const host = await TestHost.start(settingsFor(join(folder, 'host'), { key, role, leaseMs: 1_500, ...wanted }), {
    setUp: role === 'web',
  });
  hosts.push(host);
  return host;
}

const PLACES = ['PostgreSQL', 'Redis'] as const;

describe.each(PLACES)('queues in %s', (place) => {
  const on = testOn(place);
  const queues = () => (place === 'Redis' && redis !== undefined ? { redisUrl: redis.url } : {});

  on(
    'who serves makes runs and works on none; a worker that comes does it',
    async () => {
      const databaseUrl = await ownDatabase();
      const web = await start('web', { databaseUrl, ...queues() });
      const created = await web.api.create(simulator.config);
      // Longer than the tick that finds due runs.
      await sleep(4_000);
      expect(await web.api.ask<IntegrationDetail>('GET', `/integrations/${created.id}`)).toMatchObject({
        status: 200,
        body: { lastRun: { state: 'queued' } },
      });
      await start('worker', { databaseUrl, ...queues() });
      expect(await web.api.untilRun(created.id, lastRunOf(created).id)).toMatchObject({ state: 'complete' });
      expect((await web.api.detail(created.id)).counts).toMatchObject(truthOf(simulator));
      // What follows of it is a worker's, too: the checks have looked at it.
      await until(async () => (await query(databaseUrl, 'SELECT FROM posture_evaluations')).length === 1);
    },
    60_000,
  );
});

test('a worker tells how it is, and where to ask for anything else', async () => {
  const databaseUrl = await ownDatabase();
  await start('web', { databaseUrl });
  const worker = await start('worker', { databaseUrl });
  expect((await fetch(`${worker.host.url}/api/health/ready`)).status).toBe(200);
  expect((await fetch(`${worker.host.url}/api/metrics`)).status).toBe(401);
  for (const path of ['/', '/api/integrations', '/api/session']) {
    const answer = await fetch(worker.host.url + path);
    expect(answer.status).toBe(421);
    expect(await answer.json()).toMatchObject({ type: 'urn:castellan:problem:worker-only' });
  }
});

testOn('Redis')(
  'a Redis that goes away and comes back delays runs, and loses none',
  async () => {
    if (redis === undefined) throw new Error('it was started before');
    const databaseUrl = await ownDatabase();
    const web = await start('web', { databaseUrl, redisUrl: redis.url });
    const worker = await start('worker', { databaseUrl, redisUrl: redis.url });
    await redis.kill();
    const asked = performance.now();
    // The row counts, and nobody waits for what only hurries.
    const created = await web.api.create(simulator.config);
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(lastRunOf(created).state).toBe('queued');
    await sleep(1_000);
    await redis.begin();
    expect(await web.api.untilRun(created.id, lastRunOf(created).id)).toMatchObject({ state: 'complete' });
    expect(worker.lines.some((line) => line.includes('queue worker failed') || line.includes('queue connection failed'))).toBe(
      true,
    );
  },
  90_000,
);
