import { PermissionError, TransientError, UpstreamError } from '@castellan/connector-sdk';
import type { Wait } from '../src/index.js';
import { json, listenTcp } from './support/server.js';
import { closeAll, FAST, failure, serve, setUp } from './support/setup.js';

afterEach(closeAll);

describe('faults', () => {
  test.each([408, 500, 502, 503, 504])('%i is tried again, with a new authorisation each time', async (status) => {
    const numbers: number[] = [];
    let calls = 0;
    const { client, server } = await serve(
      (_request, response, number) => (number < 5 ? json(response, { oops: true }, {}, status) : json(response, { ok: true })),
      {
        authorize: ({ number, method, url }) => {
          numbers.push(number);
          expect([method, url]).toEqual(['GET', `${server.origin}/api?a=1`]);
          calls += 1;
          return { Authorization: `Proof ${calls}` };
        },
      },
    );
    await expect(client.send({ url: '/api?a=1' })).resolves.toMatchObject({ body: { ok: true } });
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Proof 1',
      'Proof 2',
      'Proof 3',
      'Proof 4',
      'Proof 5',
    ]);
  });

  test('five tries and no more; fewer when asked', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 503));
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({
      kind: 'transient',
      detail: expect.stringContaining('503'),
    });
    expect(server.seen).toHaveLength(5);
    await failure(client.send({ url: '/api', attempts: 2 }));
    expect(server.seen).toHaveLength(7);
  });

  test('a connection that is cut is tried again', async () => {
    const { client } = await serve((request, response, number) =>
      number < 3 ? request.socket.destroy() : json(response, { ok: true }),
    );
    await expect(client.send({ url: '/api' })).resolves.toMatchObject({ body: { ok: true } });
  });

  test('nobody listens', async () => {
    const gone = await listenTcp(() => undefined);
    await gone.close();
    const { http, lines } = setUp({ limits: FAST });
    const error = await failure(http.factory({ origin: gone.origin }).send({ url: '/api?q=canary' }));
    expect(error).toMatchObject({ kind: 'transient', message: expect.stringContaining('refuses the connection') });
    expect(lines.filter(({ message }) => message === 'http attempt')).toHaveLength(5);
    expect(JSON.stringify([error, lines])).not.toContain('canary');
  });

  test('a form is posted again, another POST is not', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 503));
    await failure(client.send({ method: 'POST', url: '/token', form: { grant_type: 'x' } }));
    expect(server.seen).toHaveLength(5);
    await failure(client.send({ method: 'POST', url: '/act' }));
    expect(server.seen).toHaveLength(6);
  });

  test('501 is not tried again', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 501));
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({ kind: 'upstream' });
    expect(server.seen).toHaveLength(1);
  });

  test('503 with a Retry-After beyond the longest wait says when to come back', async () => {
    const { client } = await serve((_request, response) => json(response, {}, { 'retry-after': '3600' }, 503));
    const before = Date.now();
    const error = await failure(client.send({ url: '/api' }));
    expect(error['kind']).toBe('rate_limit');
    expect(Number(error['retryAt']) - before).toBeGreaterThan(3_590_000);
  });
});

describe('credentials', () => {
  test('a 401 renews once and tries once more', async () => {
    let token = 'old';
    const { client, server } = await serve(
      (request, response) =>
        request.headers.authorization === 'Bearer new' ? json(response, { ok: true }) : json(response, {}, {}, 401),
      {
        authorize: () => ({ authorization: `Bearer ${token}` }),
        reauthorize: async (response) => {
          expect(response.status).toBe(401);
          token = 'new';
          return true;
        },
      },
    );
    await expect(client.send({ url: '/api' })).resolves.toMatchObject({ body: { ok: true } });
    expect(server.seen).toHaveLength(2);
  });

  test.each([
    [true, 2],
    [false, 1],
  ])('a 401 that stays one is an auth error (renewed: %s)', async (renewed, requests) => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 401), {
      reauthorize: async () => renewed,
    });
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({ kind: 'auth' });
    expect(server.seen).toHaveLength(requests);
  });

  test('authorize may ask for a token through the same client, however full it is', async () => {
    let token: Promise<unknown> | undefined;
    const { client, server } = await serve((request, response) => setTimeout(() => json(response, { url: request.url }), 5), {
      concurrency: 2,
      authorize: async () => {
        token ??= client.send({ method: 'POST', url: '/token', form: { grant_type: 'x' }, authorized: false });
        await token;
        return {};
      },
    });
    await Promise.all(Array.from({ length: 10 }, (_, index) => client.send({ url: `/api/${index}` })));
    expect(server.seen.filter(({ url }) => url === '/token')).toHaveLength(1);
  });
});

describe('error answers', () => {
  test('403 names the missing scopes', async () => {
    const challenge = 'Bearer realm="x", error="insufficient_scope", scope="users.read groups.read"';
    const { client } = await serve((_request, response) => {
      response.writeHead(403, { 'www-authenticate': challenge });
      response.end();
    });
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({
      kind: 'permission',
      missing: ['users.read', 'groups.read'],
    });
  });

  test('404 is thrown, or given back when accepted', async () => {
    const { client } = await serve((_request, response) =>
      json(response, { errorCode: 'E7' }, { 'x-some-request-id': 'r-1' }, 404),
    );
    expect(await failure(client.send({ url: '/api?q=1' }))).toMatchObject({
      kind: 'upstream',
      message: expect.stringMatching(/answered \/api with status 404\.$/),
      detail: 'GET /api -> 404; request id r-1; {"errorCode":"E7"}',
    });
    await expect(client.send({ url: '/api', accept: [404] })).resolves.toMatchObject({
      status: 404,
      body: { errorCode: 'E7' },
    });
  });

  test('an error answer that is no JSON is text, and at most 2,000 characters of it', async () => {
    const { client } = await serve((_request, response) => response.writeHead(404).end(`<html>${'x'.repeat(5_000)}`));
    const { body } = await client.send({ url: '/api', accept: [404] });
    expect(body).toBe(`<html>${'x'.repeat(1_994)}`);
  });

  test('an accepted 500 is still tried again before it is given back', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 500));
    await expect(client.send({ url: '/api', accept: [500], attempts: 2 })).resolves.toMatchObject({ status: 500 });
    expect(server.seen).toHaveLength(2);
  });

  test('the provider’s own reading comes first, and may end the tries', async () => {
    const { client, server } = await serve((_request, response, number) => json(response, { number }, {}, 500), {
      toError: ({ body }) =>
        JSON.stringify(body) === '{"number":2}' ? new UpstreamError({ message: 'page too large' }) : undefined,
    });
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({ message: 'page too large' });
    expect(server.seen).toHaveLength(2);

    const second = await serve((_request, response) => json(response, {}, {}, 403), {
      toError: () => new PermissionError({ message: 'no role', missing: ['admin'] }),
    });
    expect(await failure(second.client.send({ url: '/api' }))).toMatchObject({ kind: 'permission', missing: ['admin'] });

    const third = await serve((_request, response) => json(response, {}, {}, 503), {
      toError: () => new TransientError({ message: 'read-only mode' }),
    });
    expect(await failure(third.client.send({ url: '/api' }))).toMatchObject({ message: 'read-only mode' });
    expect(third.server.seen).toHaveLength(5);
  });
});

describe('rate limits on the wire', () => {
  test('a server with windows of 2 s that counts: no 429, and other buckets go on', async () => {
    const windows = new Map<string, { end: number; used: number }>();
    let refused = 0;
    const waits: Wait[] = [];
    const { client } = await serve(
      (request, response) => {
        const name = request.url?.split('/')[1] ?? '';
        const limit = name === 'slow' ? 10 : 1_000;
        let window = windows.get(name);
        if (window === undefined || Date.now() >= window.end)
          windows.set(name, (window = { end: Date.now() + 2_000, used: 0 }));
        window.used += 1;
        const good = window.used <= limit;
        if (!good) refused += 1;
        const headers = {
          'x-rate-limit-limit': String(limit),
          'x-rate-limit-remaining': String(Math.max(0, limit - window.used)),
          'x-rate-limit-reset': String(Math.ceil(window.end / 1000)),
        };
        json(response, {}, headers, good ? 200 : 429);
      },
      { bucketOf: (_method, path) => path.split('/')[1] ?? '', share: 1 },
      { onWait: (wait) => waits.push(wait) },
    );
    const start = Date.now();
    let fastDone = 0;
    const fast = Promise.all(Array.from({ length: 100 }, () => client.send({ url: '/fast' }))).finally(() => {
      fastDone = Date.now() - start;
    });
    await Promise.all([fast, ...Array.from({ length: 25 }, () => client.send({ url: '/slow' }))]);
    expect(refused).toBe(0);
    // The slow ones take three windows.
    expect(Date.now() - start - fastDone).toBeGreaterThan(1_000);
    expect(waits.map(({ bucket, reason }) => `${bucket} ${reason}`)).toEqual(['slow budget', 'slow budget']);
  }, 15_000);

  test('429s are waited for and do not use up the tries', async () => {
    const { client, server } = await serve((_request, response, number) =>
      number <= 8 ? json(response, {}, {}, 429) : json(response, {}),
    );
    await expect(client.send({ url: '/api', attempts: 1 })).resolves.toMatchObject({ status: 200 });
    expect(server.seen).toHaveLength(9);
  });

  test('429 for ever ends after ten waits', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, {}, 429));
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({ kind: 'rate_limit' });
    expect(server.seen).toHaveLength(11);
  });

  test('a wait beyond the longest is an error that says until when', async () => {
    const { client, server } = await serve((_request, response) => json(response, {}, { 'retry-after': '1000' }, 429));
    const before = Date.now();
    const errors = await Promise.all([1, 2, 3].map(() => failure(client.send({ url: '/api' }))));
    for (const error of errors)
      expect(error).toMatchObject({ kind: 'rate_limit', message: expect.stringContaining('limits how often') });
    expect(Number(errors[0]?.['retryAt']) - before).toBeGreaterThan(999_000);
    expect(server.seen).toHaveLength(1);
  });

  test('too many at once: a short wait, not until the reset', async () => {
    let flying = 0;
    let refused = 0;
    const waits: Wait[] = [];
    const { client } = await serve(
      (_request, response) => {
        flying += 1;
        const good = flying <= 3;
        if (!good) refused += 1;
        const reset = String(Math.floor(Date.now() / 1000) + 600);
        const none = { 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': reset };
        setTimeout(() => {
          flying -= 1;
          json(response, {}, good ? {} : none, good ? 200 : 429);
        }, 10);
      },
      { concurrency: 8 },
      { onWait: (wait) => waits.push(wait) },
    );
    const start = Date.now();
    await Promise.all(Array.from({ length: 120 }, () => client.send({ url: '/api' })));
    expect(Date.now() - start).toBeLessThan(3_000);
    expect(refused).toBeLessThan(25);
    expect(new Set(waits.map(({ reason }) => reason))).toEqual(new Set(['concurrency']));
  });
});
