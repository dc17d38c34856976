import type { Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { get, json } from './client.js';
import type { ErrorBody } from './client.js';

async function withSimulator(
  options: Parameters<typeof startSimulator>[0],
  run: (simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({ users: 20, ...options });
  try {
    await run(simulator);
  } finally {
    await simulator.close();
  }
}

describe('rate limits', () => {
  it('grants half of the workforce table to each client, bucket by bucket', () =>
    withSimulator({ limits: 'on' }, async (simulator) => {
      const expected: Readonly<Record<string, string>> = {
        '/api/v1/users': '300',
        '/api/v1/users/x': '1000',
        '/api/v1/users/x/factors': '300',
        '/api/v1/groups': '250',
        '/api/v1/groups/rules': '250',
        '/api/v1/groups/x': '500',
        '/api/v1/apps/x/users': '50',
        '/api/v1/apps/x': '250',
        '/api/v1/logs': '60',
        '/api/v1/iam/roles': '150',
        '/oauth2/v1/clients/x/roles': '50',
        '/api/v1/idps': '600',
      };
      for (const [path, limit] of Object.entries(expected)) {
        expect([path, (await get(simulator, path)).headers['x-rate-limit-limit']]).toEqual([path, limit]);
      }
    }));

  it('answers 429 with E0000047 when a bucket is empty, and other buckets go on', () =>
    withSimulator({ limits: 0.1 }, async (simulator) => {
      const answers = [];
      for (let index = 0; index < 7; index += 1) answers.push(await get(simulator, '/api/v1/apps'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(answers.map(({ headers }) => headers['x-rate-limit-remaining'])).toEqual(['4', '3', '2', '1', '0', '0', '0']);
      const last = answers.at(-1);
      expect(last && json<ErrorBody>(last).errorCode).toBe('E0000047');
      const reset = Number(last?.headers['x-rate-limit-reset']);
      const date = Date.parse(String(last?.headers.date)) / 1000;
      expect(reset - date).toBeGreaterThan(50);
      expect(reset - date).toBeLessThanOrEqual(62);
      expect(last?.headers['retry-after']).toBeUndefined();
      expect((await get(simulator, '/api/v1/groups')).status).toBe(200);
      expect([simulator.requests.rateLimited, simulator.requests.tooMany]).toEqual([2, 2]);
    }));

  it('shows headers with limits off, and never runs out', () =>
    withSimulator({ limits: 'off' }, async (simulator) => {
      const answer = await get(simulator, '/api/v1/apps');
      expect(Number(answer.headers['x-rate-limit-limit'])).toBeGreaterThan(100_000);
    }));

  it('answers the concurrency kind with limit 0 and a reset that misleads', () =>
    withSimulator({ concurrency: 2, latencyMs: 50 }, async (simulator) => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => get(simulator, '/api/v1/groups')));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]?.headers).toMatchObject({ 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' });
      expect(simulator.requests.maxConcurrency).toBe(6);
      expect(simulator.requests.concurrencyLimited).toBe(refused.length);
    }));

  it('counts by template and bucket, and keeps no secret', () =>
    withSimulator({}, async (simulator) => {
      await get(simulator, '/api/v1/groups?limit=5');
      await get(simulator, `/api/v1/users/${[...simulator.org.directory.users.keys()][0] ?? ''}/factors`);
      expect(simulator.requests.count('/api/v1/users/{userId}/factors')).toBe(1);
      expect(simulator.requests.byBucket).toEqual({ '/api/v1/groups': 1, '/api/v1/users': 1 });
      expect(simulator.requests.recent.map(({ path, status }) => [path, status])[0]).toEqual(['/api/v1/groups?limit=5', 200]);
      expect(JSON.stringify(simulator.requests.recent)).not.toContain(simulator.credentials.apiToken.token);
      simulator.requests.reset();
      expect(simulator.requests.total).toBe(0);
    }));
});
