import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller } from '../src/callers/caller.js';
import type { CallerWatch } from '../src/callers/caller-watch.js';
import { CallersModule } from '../src/callers/callers.module.js';
import { Endpoint } from '../src/callers/endpoint.js';
import { ConnectionInput } from '../src/connectors/connection-input.js';
import { addressOf, networkOf } from '../src/edge/address-of.js';
import { InputPipe } from '../src/input/input-pipe.js';
import { PageQuery } from '../src/input/page-query.js';
import { EdgeApp, type RawAnswer } from './edge-app.js';

const VALID: CallerWatch = { isStillValid: async () => true };

/** How often any handler was reached. */
let handled = 0;

@Controller('things')
class ThingsController {
  @Get()
  @Endpoint({ access: 'signed-in', summary: 'List' })
  list(@Query(new InputPipe(PageQuery)) _query: PageQuery): unknown {
    handled += 1;
    return {};
  }
  @Get(':id')
  @Endpoint({ access: 'signed-in', summary: 'Show' })
  get(@Param('id') id: string): unknown {
    handled += 1;
    return { id };
  }
  @Post()
  @Endpoint({ access: 'signed-in', summary: 'Make' })
  make(@Body(new InputPipe(ConnectionInput)) _input: ConnectionInput): unknown {
    handled += 1;
    return {};
  }
  /** Takes no body: a form without fields can ask it. */
  @Post('go')
  @HttpCode(202)
  @Endpoint({ access: 'signed-in', summary: 'Go' })
  go(): unknown {
    handled += 1;
    return {};
  }
}

@Controller('health')
class OpenController {
  @Get('live')
  @Endpoint({ access: 'public', summary: 'Live' })
  live(): unknown {
    return { status: 'ok' };
  }
  @Get('where')
  @Endpoint({ access: 'public', summary: 'Where from' })
  where(@Req() request: Request): unknown {
    return { address: addressOf(request), network: networkOf(addressOf(request)) };
  }
  @Get('broken/:name')
  @Endpoint({ access: 'public', summary: 'Fail' })
  broken(): never {
    throw new Error('SELECT password FROM users at /srv/castellan/x.js');
  }
}

const controllers = [ThingsController, OpenController];
const KEY = { authorization: 'Bearer good' };
const caller: Caller = {
  kind: 'api_key',
  id: 'k',
  name: 'k',
  workspaceId: 'w',
  permissions: new Set(),
  userId: null,
  sessionId: null,
  address: '',
};
const callers = CallersModule.register(
  {
    authenticate: async (request) => (request.headers.authorization === KEY.authorization ? caller : undefined),
  },
  VALID,
  { note: async () => undefined },
);

let plain: EdgeApp;
let sealed: EdgeApp;
beforeAll(async () => {
  plain = await EdgeApp.start({ imports: [callers], controllers });
  const settings = { publicUrl: 'https://castellan.example.com', trustedProxies: ['127.0.0.1', '10.0.0.0/8'] };
  sealed = await EdgeApp.start({ imports: [callers], controllers }, settings);
});
afterAll(async () => {
  await plain.close();
  await sealed.close();
});
beforeEach(() => {
  handled = 0;
});

test('the routes answer when they are asked as they are written', async () => {
  expect((await plain.raw('/api/things', KEY)).status).toBe(200);
  expect((await plain.raw('/api/things/go', KEY, '', 'POST')).status).toBe(202);
  expect(handled).toBe(2);
  expect((await plain.raw('/api/things')).status).toBe(401);
});

describe('X12: ways around the guard', () => {
  const targets = [
    ['//api/things', 404],
    ['/api//things', 404],
    ['/api/..;/things', 404],
    ['/api/health/..;/things', 404],
    ['/api/health/../things', 404],
    ['/api/health/%2e%2e/things', 404],
    ['/api/%2e/things', 404],
    ['/api/things/%2E%2e', 404],
    ['/%61pi/things', 404],
    ['/api/%74hings', 404],
    ['/API/things', 404],
    ['/api/Things', 404],
    ['/api/things/', 404],
    ['/api/things;x=1', 404],
    ['/api\\things', 404],
    ['/api/things?x=/api/health/live', 401],
    ['/api/things?/api/health/live', 401],
    ['/api/things#/api/health/live', 404],
    ['/health/live/../../api/things', 404],
    ['/things', 404],
    ['http://127.0.0.1/api/things', 404],
    ['*', 404],
  ] as const;

  test.each(targets)('%s never reaches a handler', async (target, status) => {
    expect((await plain.raw(target)).status).toBe(status);
    // With a key only what is written exactly is reached; the odd spellings are no other name of it.
    const withKey = await plain.raw(target, KEY);
    expect(withKey.status).toBe(status === 401 ? 400 : 404);
    expect(handled).toBe(0);
  });

  test.each(['x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url'])(
    'the header %s changes nothing',
    async (header) => {
      const value = header.includes('method') ? 'GET' : '/api/health/live';
      expect((await plain.raw('/api/things', { [header]: value })).status).toBe(401);
      expect((await plain.raw('/api/things', { ...KEY, [header]: value }, '', 'DELETE')).status).toBe(405);
      expect(handled).toBe(0);
    },
  );
});

describe('X13: changes that another site sends', () => {
  const origin = (): string => `http://127.0.0.1:${plain.port}`;
  const cookie = { cookie: 'a=b; __Host-castellan=token' };
  const json = { 'content-type': 'application/json' };
  const go = (headers: Record<string, string>): Promise<RawAnswer> =>
    plain.raw('/api/things/go', { ...KEY, ...headers }, '', 'POST');

  test.each([
    ['a foreign origin', { origin: 'https://evil.test' }],
    ['no origin that can be named', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a link from another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister domain', { 'sec-fetch-site': 'same-site' }],
    ['a session, and no word where it comes from', cookie],
    ['a session and a foreign site', { ...cookie, 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_, headers) => {
    expect((await go(headers)).status).toBe(403);
    expect(handled).toBe(0);
  });

  test('own pages and programs change things', async () => {
    expect((await go({})).status).toBe(202);
    expect((await go({ ...cookie, origin: origin() })).status).toBe(202);
    expect((await go({ ...cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(202);
    expect((await go({ cookie: 'other=1' })).status).toBe(202);
    expect(handled).toBe(4);
  });

  test.each([
    ['application/x-www-form-urlencoded', 'config=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['text/plain', '{"config":{}}'],
    ['application/jsonp', '{"config":{}}'],
    ['text/plain; application/json', '{"config":{}}'],
  ])('a body of type %s is not read', async (type, body) => {
    expect((await plain.raw('/api/things', { ...KEY, 'content-type': type }, body, 'POST')).status).toBe(415);
    expect(handled).toBe(0);
  });

  test('a body without a type, and an empty form', async () => {
    expect((await plain.raw('/api/things', KEY, '{"config":{}}', 'POST')).status).toBe(415);
    expect((await go({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await plain.raw('/api/things', { ...KEY, ...json }, '{"config":{}}', 'POST')).status).toBe(201);
  });
});

describe('a public address', () => {
  const name = { host: 'castellan.example.com', 'x-forwarded-proto': 'https' };

  test('is let in by its name; others are not; balancers ask health by address', async () => {
    expect((await sealed.raw('/api/things', { ...KEY, ...name })).status).toBe(200);
    expect((await sealed.raw('/api/things', { ...KEY, host: '127.0.0.1' })).status).toBe(200);
    const refused = await sealed.raw('/api/things', { ...KEY, host: '10.0.0.7:4400' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('castellan.example.com');
    expect((await sealed.raw('/api/things', { ...KEY, host: 'castellan.example.com.evil.test' })).status).toBe(403);
    const smuggled = '/api/things?cursor=/api/health/live';
    expect((await sealed.raw(smuggled, { ...KEY, host: '10.0.0.7:4400' })).status).toBe(403);
    expect((await sealed.raw('/api/health/live', { host: '10.0.0.7:4400' })).status).toBe(200);
    expect((await sealed.raw('/health/live', { host: '10.0.0.7:4400' })).status).toBe(200);
  });

  test('its pages come from https', async () => {
    const change = (origin: string): Promise<RawAnswer> =>
      sealed.raw('/api/things/go', { ...KEY, ...name, origin }, '', 'POST');
    expect((await change('https://castellan.example.com')).status).toBe(202);
    expect((await change('http://castellan.example.com')).status).toBe(403);
  });

  test('X27: who goes around TLS is refused: by way of the proxy, beside it, or with a proxy that does not say', async () => {
    const { host } = name;
    expect((await sealed.raw('/api/things', { ...KEY, host })).status).toBe(403);
    const untrusting = await EdgeApp.start({ imports: [callers], controllers }, { publicUrl: `https://${host}` });
    try {
      for (const headers of [{ host }, { host, 'x-forwarded-proto': 'https' }])
        expect((await untrusting.raw('/api/things', { ...KEY, ...headers })).text).toContain('CASTELLAN_TRUSTED_PROXIES');
      expect((await untrusting.raw('/api/things', { ...KEY, host: '127.0.0.1' })).status).toBe(200);
    } finally {
      await untrusting.close();
    }
    expect((await sealed.raw('/api/things', { ...KEY, ...name, 'x-forwarded-proto': 'http' })).status).toBe(403);
    expect((await sealed.raw('/api/things', { ...KEY, ...name, 'x-forwarded-proto': 'https' })).status).toBe(200);
  });

  test('X27: every answer says how it may be used', async () => {
    for (const answer of [
      await sealed.raw('/api/health/live'),
      await sealed.raw('/nothing'),
      await sealed.raw('/api/things'),
    ]) {
      expect(answer.headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'strict-transport-security': 'max-age=31536000',
      });
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
    expect((await plain.raw('/api/health/live')).headers['strict-transport-security']).toBeUndefined();
  });
});

describe('X16: who says where a request comes from', () => {
  const where = async (app: EdgeApp, forwarded: string): Promise<unknown> =>
    JSON.parse((await app.raw('/api/health/where', { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' })).text);

  test('a forged header is ignored where no proxy is trusted', async () => {
    expect(await where(plain, '203.0.113.9')).toEqual({ address: '127.0.0.1', network: '127.0.0.1' });
  });

  test.each([
    ['203.0.113.9', '203.0.113.9', '203.0.113.9'],
    // The left one is what the client said: only the right one was seen by a proxy that we trust.
    ['198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8::7', '2001:db8:0:0::/64'],
    ['::ffff:203.0.113.9', '203.0.113.9', '203.0.113.9'],
    ['<script>', '127.0.0.1', '127.0.0.1'],
  ])('a trusted proxy that says %s', async (forwarded, address, network) => {
    expect(await where(sealed, forwarded)).toEqual({ address, network });
  });
});

describe('X20: what would reach every object', () => {
  const polluted = (): unknown => Reflect.get({}, 'x');

  test.each(['__proto__[x]=1', '__proto__.x=1', 'constructor[prototype][x]=1', '%5F_proto__%5Bx%5D=1', '__proto__=1'])(
    'the query %s',
    async (query) => {
      const answer = await plain.raw(`/api/things/1?${query}`, KEY);
      expect([answer.status, polluted(), handled]).toEqual([400, undefined, 0]);
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ message: 'Is not known here.' }] });
    },
  );

  test.each(['{"__proto__":{"x":1},"config":{}}', '{"constructor":{"prototype":{"x":1}},"config":{}}'])(
    'the body %s',
    async (body) => {
      const answer = await plain.raw('/api/things', { ...KEY, 'content-type': 'application/json' }, body, 'POST');
      expect([answer.status, polluted(), handled]).toEqual([400, undefined, 0]);
    },
  );
});

test('X37: a query has bounds', async () => {
  const many = (count: number): string => Array.from({ length: count }, () => 'limit=1').join('&');
  expect((await plain.raw(`/api/things?${many(51)}`, KEY)).text).toContain('at most 50');
  expect((await plain.raw(`/api/things?${many(50)}`, KEY)).text).toContain('limit');
  expect((await plain.raw(`/api/things?cursor=${'a'.repeat(8_000)}`, KEY)).status).toBe(414);
  expect((await plain.raw('/api/things', { ...KEY, cookie: 'a'.repeat(20_000) })).status).toBe(431);
  expect(handled).toBe(0);
});

describe('the log', () => {
  test('an answer names its request, by an id of ours', async () => {
    const forged = '11111111-1111-4111-8111-111111111111';
    const { headers } = await plain.raw('/api/things/1', { ...KEY, 'x-request-id': forged });
    const id = headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(plain.lines.some((line) => line.includes(`"id":"${id}"`) && line.includes('"path":"/api/things/1"'))).toBe(true);
    expect(plain.lines.join('')).not.toContain(forged);
  });

  test('X41: an error of our own shows its reference and nothing else', async () => {
    const answer = await plain.raw('/api/health/broken/x');
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toMatchObject({ reference: answer.headers['x-request-id'] });
    expect(answer.text).not.toMatch(/SELECT|srv|at |\.js/);
    expect(plain.lines.some((line) => line.includes(`${answer.headers['x-request-id']}`) && line.includes('SELECT'))).toBe(
      true,
    );
  });

  test('X26: whatever a path holds, a line stays one line of JSON', async () => {
    const before = plain.lines.length;
    const nasty = ['%0A{"level":"fatal"}', '%1B[31mred', 'a"},{"level":"fatal","msg":"forged', '\u009b31m'];
    for (const name of nasty) await plain.raw(`/api/health/broken/${name}`);
    const lines = plain.lines.slice(before);
    expect(lines.length).toBeGreaterThanOrEqual(nasty.length);
    for (const line of lines) {
      expect(line.trimEnd().split('\n')).toHaveLength(1);
      expect(line).not.toContain('\u001b');
      expect(JSON.parse(line)).toMatchObject({ level: expect.not.stringMatching('fatal') });
    }
  });
});

test('metrics know routes by their pattern, never by a path', async () => {
  await plain.raw('/api/things/person%40acme.test', KEY);
  await plain.raw('/api/guess-4711', KEY);
  const text = await plain.metrics.registry.metrics();
  expect(text).toMatch(/castellan_http_request_seconds_count\{method="GET",route="\/api\/things\/:id",status="2xx"\} [1-9]/);
  expect(text).toMatch(/route="none",status="4xx"/);
  expect(text).not.toMatch(/acme|4711/);
});
