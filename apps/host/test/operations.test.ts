import type { ProblemBody } from '@castellan/api';
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { ownDatabase, settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { query } from './query.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let databaseUrl: string;
let simulator: Simulator;

beforeAll(async () => {
  databaseUrl = await ownDatabase();
  simulator = await startSimulator({ users: 10, groups: 2, apps: 2, events: 10, seed: 3 });
}, 60_000);
afterAll(async () => {
  await simulator.close();
}, 30_000);

const newHost = (): Promise<TestHost> => TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl }));

/** A request whose body has not all come: it is at work for as long as the test wants. */
async function halfSent(host: TestHost): Promise<{ readonly socket: Socket; answer(): string }> {
  const { port, hostname } = new URL(host.host.url);
  let received = '';
  const socket = connect(Number(port), hostname);
  socket.on('data', (chunk) => {
    received += chunk.toString();
  });
  socket.on('error', () => undefined);
  const head = `POST /api/integrations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n`;
  await new Promise<void>((resolve) => socket.write(`${head}{`, () => resolve()));
  return { socket, answer: () => received };
}

describe('a host that stops', () => {
  test('says at once that it is not ready, lets a request finish, and then is gone', async () => {
    const host = await newHost();
    const { socket, answer } = await halfSent(host);
    await until(async () => (await host.api.get('/health/ready')).status === 200);
    const closed = host.close();
    const ready = await host.api.get<ProblemBody>('/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { detail: 'This host is stopping.' } });
    expect(await host.api.get('/health/live')).toMatchObject({ status: 200 });
    socket.write('}');
    await until(() => answer().includes('"status":4'));
    expect(answer()).toMatch(/^HTTP\/1\.1 4\d\d/);
    await closed;
    await expect(host.api.get('/health/live')).rejects.toThrow('fetch failed');
  }, 30_000);

  test('does not wait for one that never ends, nor for a connection that is only kept', async () => {
    const host = await newHost();
    const { socket, answer } = await halfSent(host);
    await until(async () => (await host.api.get('/health/ready')).status === 200);
    const began = performance.now();
    await host.close();
    expect(performance.now() - began).toBeLessThan(8_000);
    await until(() => socket.closed);
    expect(answer()).toBe('');
  }, 30_000);
});

describe('a host at work', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await newHost();
  }, 30_000);
  afterAll(() => host.close(), 30_000);

  test('metrics: runs, integrations, requests, connections, the process; and nobody by name', async () => {
    const integration = await host.api.synced(simulator.config);
    const { status, type, body } = await host.api.get<string>('/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body).toMatch(/^castellan_runs_total\{connector="okta",mode="full",state="complete"\} 1$/m);
    expect(body).toMatch(/^castellan_run_seconds_count\{connector="okta",mode="full"\} 1$/m);
    expect(body).toMatch(/^castellan_integrations\{connector="okta",state="complete"\} 1$/m);
    expect(body).toMatch(/^castellan_http_request_seconds_count\{method="POST",route="\/api\/integrations",status="2xx"\} 1$/m);
    expect(body).toMatch(/^castellan_database_connections\{state="idle"\} \d+$/m);
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(body).toMatch(/^process_cpu_seconds_total /m);
    for (const name of [integration.id, integration.name, '127.0.0.1', new URL(simulator.url).host])
      expect(body).not.toContain(name);
    await host.api.ask('DELETE', `/integrations/${integration.id}`);
    expect((await host.api.get<string>('/metrics')).body).not.toMatch(/^castellan_integrations\{/m);
  }, 60_000);

  test.each(['/health/live', '/health/ready'])('X42: %s tells nothing but its state, under both names', async (path) => {
    for (const url of [`${host.host.url}/api${path}`, `${host.host.url}${path}`])
      expect(await (await fetch(url)).text()).toBe('{"status":"ok"}');
  });

  test.each(['/api/health/live', '/health/live'])('%s says how it is asked', async (path) => {
    const answer = await fetch(`${host.host.url}${path}`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await answer.json()).toMatchObject({ detail: `${path} takes GET, HEAD, not POST.` });
  });

  test('X41: an error in the database shows a reference and nothing of it', async () => {
    const id = randomUUID();
    const tables = ['integrations', 'sync_runs'];
    for (const table of tables) await query(databaseUrl, `ALTER TABLE ${table} RENAME TO ${table}_away`);
    try {
      for (const [method, path] of [
        ['GET', '/integrations'],
        ['GET', `/integrations/${id}`],
        ['DELETE', `/integrations/${id}`],
        ['POST', `/integrations/${id}/test`],
        ['POST', `/integrations/${id}/sync`],
        ['GET', `/integrations/${id}/runs`],
        ['GET', `/integrations/${id}/runs/${id}`],
        ['POST', `/integrations/${id}/runs/${id}/cancel`],
        ['GET', `/integrations/${id}/records/account`],
        ['GET', `/integrations/${id}/records/account/x`],
        ['GET', `/integrations/${id}/holds`],
        ['POST', `/integrations/${id}/holds/${id}/accept`],
      ] as const) {
        const { status, body, type } = await host.api.ask<ProblemBody>(method, path);
        expect([path, status, type]).toEqual([path, 500, 'application/problem+json; charset=utf-8']);
        const { reference = '', ...rest } = body;
        expect(rest).toEqual({
          type: 'urn:castellan:problem:internal',
          title: 'Internal error',
          status: 500,
          detail: `Something went wrong inside Castellan. The log has the details under reference ${reference}.`,
        });
        expect(host.lines.some((line) => line.includes(`"reference":"${reference}"`) && line.includes('does not exist'))).toBe(
          true,
        );
      }
      const metrics = await host.api.get<string>('/metrics');
      expect(metrics.status).toBe(200);
      expect(metrics.body).not.toMatch(/^castellan_integrations\{/m);
    } finally {
      for (const table of tables) await query(databaseUrl, `ALTER TABLE ${table}_away RENAME TO ${table}`);
    }
  });
});
