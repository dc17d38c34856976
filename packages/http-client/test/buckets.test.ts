import type { ServerResponse } from 'node:http';
import type { HttpRequest } from '@castellan/connector-sdk';
import type { Handler } from './support/server.js';
import { json } from './support/server.js';
import { closeAll, failure, serve } from './support/setup.js';

afterEach(closeAll);

interface Counter {
  used: number;
  end: number;
}

/** Counts by the first segment of the path, in windows of a minute, and says so. */
function counting(limits: Readonly<Record<string, number>>, counters: Map<string, Counter>): Handler {
  return (request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    const counter = counters.get(name) ?? { used: 0, end: Date.now() + 60_000 };
    counters.set(name, counter);
    counter.used += 1;
    const limit = limits[name] ?? 0;
    const headers = {
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(Math.max(0, limit - counter.used)),
      'x-rate-limit-reset': String(Math.ceil(counter.end / 1000)),
    };
    json(response, { name }, headers, counter.used <= limit ? 200 : 429);
  };
}

const bucketOf = (_method: string, path: string): string => path.split('/')[1] ?? '';
const times = <Value>(count: number, one: () => Promise<Value>): Promise<Value>[] => Array.from({ length: count }, one);

describe('buckets over real sockets', () => {
  test('one that is spent keeps another from nothing', async () => {
    const counters = new Map<string, Counter>();
    const { client, http, abort } = await serve(counting({ spent: 8, free: 1_000_000 }, counters), { bucketOf, share: 1 });
    const stuck = Promise.allSettled(times(40, () => client.send({ url: '/spent' })));
    const start = Date.now();
    await Promise.all(times(200, () => client.send({ url: '/free' })));
    const mixed = Date.now() - start;
    const again = Date.now();
    await Promise.all(times(200, () => client.send({ url: '/free' })));
    const alone = Date.now() - again;
    // Generous, for machines that are busy with other things: one that waited would wait for the rest of a minute.
    expect(mixed).toBeLessThan(alone * 4 + 4_000);
    expect(counters.get('spent')?.used).toBeLessThanOrEqual(8);
    const progress = new Map(http.progress().map((one) => [one.name, one]));
    expect(progress.get('spent')).toMatchObject({ limit: 8, budget: 8, refused: 0 });
    expect(progress.get('spent')?.waiting).toBeGreaterThanOrEqual(32);
    expect(progress.get('spent')?.wait?.until.getTime()).toBeGreaterThan(start);
    expect(progress.get('free')).toMatchObject({ sent: 400, waiting: 0, wait: null, waitedMs: 0, refused: 0 });
    expect(client.limitOf?.('free')).toBe(1_000_000);
    expect(client.forecast?.('free', 100)).toBe(0);
    expect(client.forecast?.('spent', 8)).toBeGreaterThan(50_000);
    expect(client.forecast?.('unheard-of', 1)).toBeUndefined();
    abort.abort();
    const ends = (await stuck).map(({ status }) => status);
    expect(ends.filter((status) => status === 'rejected').length).toBeGreaterThanOrEqual(32);
  }, 40_000);

  test('two clients of one origin spend one budget', async () => {
    const counters = new Map<string, Counter>();
    const { client, http, server, abort } = await serve(counting({ a: 10 }, counters), { bucketOf, share: 0.5 });
    const other = http.factory({ origin: server.origin, bucketOf, share: 0.5, authorize: () => ({ authorization: 'x' }) });
    await Promise.all([...times(2, () => client.send({ url: '/a' })), ...times(3, () => other.send({ url: '/a' }))]);
    const more = [client, other].map((one) => failure(one.send({ url: '/a' })));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(counters.get('a')?.used).toBe(5);
    expect(http.progress()).toMatchObject([
      { origin: server.origin, name: 'a', spent: 5, waiting: 2, wait: { reason: 'budget' } },
    ]);
    expect([client.limitOf?.('a'), other.limitOf?.('a')]).toEqual([5, 5]);
    abort.abort();
    await Promise.all(more);
  });

  test('low priority goes last', async () => {
    const { client, server } = await serve((_request, response) => setTimeout(() => json(response, {}), 5), { concurrency: 1 });
    const asked: HttpRequest[] = [
      { url: '/1' },
      { url: '/low', priority: 'low' },
      { url: '/2', priority: 'normal' },
      { url: '/3' },
    ];
    await Promise.all(asked.map((request) => client.send(request)));
    expect(server.seen.map(({ url }) => url)).toEqual(['/1', '/2', '/3', '/low']);
  });

  test('24 at a time, unless told otherwise', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const { client } = await serve((_request, response, number) => {
      if (number === 1) return json(response, {});
      held.push(response);
      most = Math.max(most, held.length);
      // Held until all 24 are there, and a moment longer for one too many.
      if (held.length === 24) setTimeout(() => held.splice(0).forEach((one) => json(one, {})), 100);
    });
    await client.send({ url: '/' });
    await Promise.all(times(48, () => client.send({ url: '/' })));
    expect(most).toBe(24);
  });

  test('headers on two lines: the tighter pair counts', async () => {
    const reset = Math.ceil(Date.now() / 1000) + 60;
    const { client, http } = await serve((_request, response) =>
      json(
        response,
        {},
        {
          'x-rate-limit-limit': ['600', '50'],
          'x-rate-limit-remaining': ['599', '49'],
          'x-rate-limit-reset': [String(reset + 3_600), String(reset)],
        },
      ),
    );
    await client.send({ url: '/' });
    const [bucket] = http.progress();
    expect(bucket).toMatchObject({ limit: 50, budget: 40, remaining: 49 });
    expect(bucket?.windowEndsAt?.getTime()).toBeLessThan(Date.now() + 62_000);
  });
});
