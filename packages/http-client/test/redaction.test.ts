import { redacting } from '../src/index.js';
import { json } from './support/server.js';
import { closeAll, FAST, failure, recordingLogger, serve } from './support/setup.js';

afterEach(closeAll);

const SECRET = 'p@ss/wörd+"42"\\=x';

describe('redaction', () => {
  const spellings: readonly [string, string][] = [
    ['raw', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    ['form-encoded', new URLSearchParams({ s: SECRET }).toString().slice(2)],
    ['JSON', JSON.stringify({ x: SECRET })],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ x: SECRET }))],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ...['', 'a', 'ab', 'abc'].map((id): [string, string] => [
      `Basic ${id}:`,
      Buffer.from(`${id}:${SECRET}`).toString('base64'),
    ]),
  ];

  test.each(spellings)('%s', (_name, text) => {
    const logger = recordingLogger();
    const log = redacting(logger, [SECRET]);
    log.warn(`before ${text} after`, {
      plain: text,
      deep: [{ [text]: { text } }],
      error: new Error(text, { cause: { text } }),
      map: new Map([['k', text]]),
    });
    const line = JSON.stringify(logger.lines);
    for (const [, spelling] of spellings.slice(0, 3)) expect(line).not.toContain(spelling);
    expect(line).not.toContain(JSON.stringify(text).slice(1, -1));
    expect(line).toContain('before ');
    expect(line).toContain('[redacted]');
  });

  test('a PEM key is gone line by line', () => {
    const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'];
    const pem = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', ''].join('\n');
    const logger = recordingLogger();
    redacting(logger, [pem]).error('bad key', { line: `near ${body[1]}`, whole: pem });
    expect(JSON.stringify(logger.lines)).not.toMatch(/MIIE|BKcw/);
  });

  test('fields that are secret by name, and those that only sound like it', () => {
    const logger = recordingLogger();
    redacting(logger, []).info('m', {
      Authorization: 'Bearer x1',
      headers: { 'set-cookie': ['sid=x2'], 'x-ok': 'ok' },
      client_secret: 'x3',
      accessToken: { value: 'x4' },
      password: '',
      passwordChanged: '2026-01-01',
      tokenUrl: 'https://a.test/token',
      token: undefined,
      count: 3,
    });
    expect(logger.lines[0]?.fields).toEqual({
      Authorization: '[redacted]',
      headers: { 'set-cookie': '[redacted]', 'x-ok': 'ok' },
      client_secret: '[redacted]',
      accessToken: '[redacted]',
      password: '',
      passwordChanged: '2026-01-01',
      tokenUrl: 'https://a.test/token',
      count: 3,
    });
  });

  test('circles, depth, getters that throw and odd values do no harm', () => {
    const logger = recordingLogger();
    const circle: Record<string, unknown> = { big: 10n, buffer: Buffer.from(SECRET), url: new URL('https://a.test/?x=1') };
    circle['self'] = circle;
    Object.defineProperty(circle, 'boom', {
      enumerable: true,
      get: () => {
        throw new Error(SECRET);
      },
    });
    let deep: unknown = SECRET;
    for (let depth = 0; depth < 50; depth += 1) deep = { deep };
    redacting(logger, [SECRET]).debug('m', { circle, deep, many: Array.from({ length: 10_000 }, (_, index) => index) });
    const line = JSON.stringify(logger.lines);
    expect(line).toContain('[circular]');
    expect(line.length).toBeLessThan(3_000);
    expect(line).not.toContain('p@ss');
  });
});

describe('a canary in every secret place', () => {
  const CANARY = 'canary-7f3a9c';

  test.each([401, 403, 404, 429, 500, 302, 200])('X1: is in no error and no log line (%i)', async (status) => {
    const { client, lines } = await serve(
      (request, response) => {
        // A provider that quotes everything it was sent, in a good status as half a token answer.
        const quoted = JSON.stringify({ headers: request.headers, url: request.url, access_token: CANARY });
        response.writeHead(status, { location: `/x?${CANARY}`, 'content-type': 'application/json' });
        response.end(status === 200 ? quoted.slice(0, -2) : quoted);
      },
      {
        authorize: () => ({
          authorization: `Basic ${Buffer.from(`client:${CANARY}`).toString('base64')}`,
          dpop: `proof-${CANARY}`,
        }),
      },
      { limits: { ...FAST, maxWaitMs: 50 } },
    );
    for (const form of [undefined, { client_secret: CANARY, client_assertion: `x.${CANARY}` }]) {
      const request =
        form === undefined ? { url: `/api?q=${CANARY}` } : { method: 'POST' as const, url: `/api?q=${CANARY}`, form };
      const error = await failure(client.send(request));
      const told = JSON.stringify([error, String(error['cause'] ?? ''), lines]);
      expect(told).toContain('/api');
      expect(told).not.toContain(CANARY);
      expect(told).not.toContain(Buffer.from(`client:${CANARY}`).toString('base64').slice(8, 20));
    }
  });

  test('the debug line of an attempt says what, not with what', async () => {
    const { client, lines } = await serve((_request, response) => json(response, {}));
    await client.send({ url: '/api', query: { q: CANARY } });
    expect(lines).toEqual([
      {
        level: 'debug',
        message: 'http attempt',
        fields: { method: 'GET', path: '/api', status: 200, ms: expect.any(Number), attempt: 1 },
      },
    ]);
  });
});
