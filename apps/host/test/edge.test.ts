import { request as send } from 'node:http';
import {
  AuthError,
  ConfigError,
  InternalError,
  PermissionError,
  RateLimitError,
  TransientError,
} from '@castellan/connector-sdk';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ConnectionInput } from '../src/connectors/connection-input.js';
import { configureEdge } from '../src/edge/configure-edge.js';
import { OpenRequests } from '../src/edge/open-requests.js';
import { InputPipe } from '../src/input/input-pipe.js';
import { PageQuery, readCursor, readLimit, writeCursor } from '../src/input/page-query.js';
import { NestLogger } from '../src/logging/nest-logger.js';
import { rootLogger } from '../src/logging/root-logger.js';
import { Metrics } from '../src/metrics/metrics.js';

const ERRORS: Readonly<Record<string, () => Error>> = {
  config: () => new ConfigError({ message: 'Wrong.', field: 'domain' }),
  auth: () => new AuthError({ message: 'Refused.', detail: 'operator only' }),
  permission: () => new PermissionError({ message: 'Missing.', missing: ['scope.a', 'scope.b'] }),
  rate_limit: () => new RateLimitError({ message: 'Later.', retryAt: new Date(Date.now() + 5_000) }),
  transient: () => new TransientError({ message: 'Away.' }),
  internal: () => new InternalError({ message: 'Broken.', detail: 'secret detail' }),
  unknown: () => new TypeError('secret thing at /srv/x.js:1'),
};

@Controller('edge')
class EdgeController {
  @Post('body')
  body(@Body(new InputPipe(ConnectionInput)) input: ConnectionInput): unknown {
    return { keys: Object.keys(Object(input.config)) };
  }
  @Get('page')
  page(@Query(new InputPipe(PageQuery)) query: PageQuery): unknown {
    return {
      limit: readLimit(query, { standard: 50, largest: 200 }),
      cursor: readCursor(query, 'list', (text) => text !== 'bad') ?? null,
    };
  }
  @Get('throw/:what')
  fail(@Param('what') what: string): unknown {
    throw ERRORS[what]?.() ?? new Error('?');
  }
}

@Module({ controllers: [EdgeController] })
class EdgeModule {}

let app: NestExpressApplication;
let port: number;
const lines: string[] = [];

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, unknown>>;
  // Whatever the answer holds: matched, not used.
  readonly json: Readonly<Record<string, unknown>>;
}

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = send({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => {
        const { statusCode = 0, headers: given } = incoming;
        resolve({ status: statusCode, type: given['content-type'] ?? '', headers: given, json: JSON.parse(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask('POST', path, { 'content-type': 'application/json', ...headers }, body);

beforeAll(async () => {
  const logger = rootLogger('trace', { write: (line) => void lines.push(line) });
  app = await NestFactory.create<NestExpressApplication>(EdgeModule, {
    logger: new NestLogger(logger),
    bodyParser: false,
    forceCloseConnections: true,
  });
  const settings = { trustedProxies: [] };
  configureEdge(app, { settings, logger, metrics: new Metrics(), openRequests: new OpenRequests() });
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
});
afterAll(() => app.close());

test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:4400'])('answers to the loopback name %s', async (host) => {
  expect((await ask('GET', '/api/edge/page', { host })).status).toBe(200);
});

test.each(['rebind.evil.test', '127.0.0.1.evil.test', 'localhost.evil.test:80', 'localhost@evil.test', '10.0.0.1', '0.0.0.0'])(
  'refuses the Host header "%s"',
  async (host) => {
    const answer = await ask('GET', '/api/edge/page', { host });
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ title: 'Refused', errors: [{ field: 'Host' }] });
  },
);

test.each([
  [{ origin: 'https://evil.test' }],
  [{ origin: 'null' }],
  [{ origin: 'http://localhost:3000' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
])('X13: refuses a change that another site sends, and whatever its scripts ask: %j', async (headers) => {
  const answer = await post('/api/edge/body', '{"config":{}}', headers);
  expect(answer.status).toBe(403);
  expect(answer.json).toMatchObject({ errors: [{ field: 'Origin' }] });
  // A link from another site says no origin.
  expect((await ask('GET', '/api/edge/page', headers)).status).toBe('origin' in headers ? 403 : 200);
});

test('takes a change from its own pages and from programs', async () => {
  const own = { host: `localhost:${port}`, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' };
  expect((await post('/api/edge/body', '{"config":{}}', own)).status).toBe(201);
  expect((await post('/api/edge/body', '{"config":{}}')).status).toBe(201);
});

test('X20: unknown keys are named, __proto__ among them', async () => {
  const answer = await post('/api/edge/body', '{"config":{},"extra":1,"__proto__":{"polluted":true},"constructor":2}');
  expect(answer.status).toBe(400);
  expect(answer.type).toContain('application/problem+json');
  expect(answer.json['errors']).toEqual(
    ['extra', '__proto__', 'constructor'].map((field) => ({ field, message: 'Is not known here. Known: config.' })),
  );
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('the settings reach the connector exactly as they were sent', async () => {
  const answer = await post('/api/edge/body', '{"config":{"__proto__":{"a":1},"b":2}}');
  expect(answer.json).toEqual({ keys: ['__proto__', 'b'] });
});

test.each([
  ['{', 400, 'The body is not valid JSON.'],
  ['[]', 400, 'JSON object'],
  ['{}', 400, 'config: Is required'],
  [JSON.stringify({ config: 'x'.repeat(1_100_000) }), 413, 'larger than 1 MB'],
])('says what is wrong with a body', async (body, status, detail) => {
  const answer = await post('/api/edge/body', body);
  expect(answer).toMatchObject({ status, json: { status, detail: expect.stringContaining(detail) } });
});

test('a form is not taken for JSON', async () => {
  expect((await ask('POST', '/api/edge/body', { 'content-type': 'text/plain' }, '{"config":{}}')).status).toBe(415);
});

test.each([
  ['limit=0', 'limit'],
  ['limit=201', 'limit'],
  ['limit=1000000000', 'limit'],
  ['limit=1e9', 'limit'],
  ['limit=1e2', 'limit'],
  ['limit=-1', 'limit'],
  ['limit=1&limit=2', 'limit'],
  ['cursor=abc', 'cursor'],
  [`cursor=${writeCursor('another list', 'a')}`, 'cursor'],
  [`cursor=${writeCursor('list', 'bad')}`, 'cursor'],
  [`cursor=${writeCursor('list', 'nul \0')}`, 'cursor'],
  ['page=2', 'page'],
])('refuses the query %s by name', async (query, field) => {
  const answer = await ask('GET', `/api/edge/page?${query}`);
  expect(answer).toMatchObject({ status: 400, json: { errors: [{ field }] } });
});

test('X37: a page that is too large is told the largest', async () => {
  const answer = await ask('GET', '/api/edge/page?limit=1000000000');
  expect(answer.json['errors']).toEqual([{ field: 'limit', message: 'Must be a whole number from 1 to 200.' }]);
});

test('a cursor comes back as it was given', async () => {
  const answer = await ask('GET', `/api/edge/page?limit=200&cursor=${writeCursor('list', 'a|b ü')}`);
  expect(answer.json).toEqual({ limit: 200, cursor: 'a|b ü' });
});

test.each([
  ['config', 422, 'Wrong.', [{ field: 'config.domain', message: 'Wrong.' }]],
  ['auth', 422, 'Refused.', undefined],
  [
    'permission',
    422,
    'Missing.',
    [expect.objectContaining({ field: 'scope.a' }), expect.objectContaining({ field: 'scope.b' })],
  ],
  ['rate_limit', 503, 'Later.', undefined],
  ['transient', 502, 'Away.', undefined],
])('a connector error of kind %s has its status', async (kind, status, detail, errors) => {
  const answer = await ask('GET', `/api/edge/throw/${kind}`);
  expect(answer).toMatchObject({ status, json: { type: expect.stringMatching(/^urn:castellan:problem:/), status, detail } });
  expect(answer.json['errors']).toEqual(errors);
  if (kind === 'rate_limit') expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
});

test.each(['internal', 'unknown'])('X41: an error of our own shows a reference and nothing else: %s', async (kind) => {
  const answer = await ask('GET', `/api/edge/throw/${kind}`);
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.json)).not.toContain('secret');
  expect(lines.some((line) => line.includes(String(answer.json['reference'])) && line.includes('secret'))).toBe(true);
});

test('an unknown path is a problem too', async () => {
  for (const path of ['/api/nothing', '/', '/api/edge/%FF']) {
    const answer = await ask('GET', path);
    expect(answer.type).toContain('application/problem+json');
    expect([400, 404]).toContain(answer.status);
  }
});

test.each([
  ['PUT', '/api/edge/page?cursor=person%40acme.test', ['GET, HEAD']],
  ['DELETE', '/api/edge/throw/internal', ['GET, HEAD']],
])('%s %s: the path is right, and the answer says how it can be asked', async (method, path, [allow]) => {
  const answer = await ask(method, path);
  expect(answer).toMatchObject({ status: 405, json: { type: 'urn:castellan:problem:method-not-allowed' } });
  expect(answer.headers['allow']).toBe(allow);
  expect(JSON.stringify(answer.json)).not.toContain('acme.test');
});

test('the request log has no query strings', async () => {
  await ask('GET', '/api/edge/page?cursor=person%40acme.test');
  const line = lines.find((candidate) => candidate.includes('"request"') && candidate.includes('/api/edge/page'));
  expect(line).toBeDefined();
  expect(lines.filter((candidate) => candidate.includes('"msg":"request"')).join('')).not.toContain('acme.test');
});
