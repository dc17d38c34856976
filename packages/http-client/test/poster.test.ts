import type { LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createPoster, type PosterOptions } from '../src/index.js';
import { listen, listenTcp } from './support/server.js';
import { closeAll, keep } from './support/setup.js';

afterEach(closeAll);

const BODY = '{"type":"x","data":{"name":"Zoë"}}';

function poster(options: Partial<PosterOptions> = {}) {
  return keep(createPoster({ allowedHosts: ['127.0.0.1'], signal: new AbortController().signal, ...options }));
}

/** The request is read here: the server of the other tests throws its body away. */
function received(request: IncomingMessage): Promise<string> {
  return text(request);
}

test('the body goes out byte by byte as given, with its headers, and the answer is its status and headers', async () => {
  let body: Promise<string> | undefined;
  const server = keep(
    await listen((request, response) => {
      body = received(request);
      response.writeHead(202, { 'retry-after': '7' }).end('thanks');
    }),
  );
  const posted = await poster().post(new URL(`${server.origin}/hook?a=1`), BODY, { 'webhook-id': 'evt_1' });
  expect(posted).toMatchObject({ kind: 'answer', status: 202, headers: { 'retry-after': ['7'] } });
  expect(await body).toBe(BODY);
  expect(server.seen[0]?.method).toBe('POST');
  expect(server.seen[0]?.url).toBe('/hook?a=1');
  expect(server.seen[0]?.headers).toMatchObject({ 'webhook-id': 'evt_1', 'content-length': String(Buffer.byteLength(BODY)) });
});

test.each([301, 302, 303, 307, 308])('X8: a %i is an answer like any other: nobody goes where it leads', async (status) => {
  const target = keep(await listen((_request, response) => response.end()));
  const server = keep(await listen((_request, response) => response.writeHead(status, { location: target.origin }).end()));
  expect(await poster().post(new URL(server.origin), BODY, {})).toMatchObject({ kind: 'answer', status });
  expect(target.connections()).toBe(0);
});

test('of an endless answer the status counts, and the connection is ended', async () => {
  const server = keep(
    await listen((_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(2_000)), 5);
      response.once('close', () => clearInterval(more));
    }),
  );
  expect(await poster().post(new URL(server.origin), BODY, {})).toMatchObject({ kind: 'answer', status: 200 });
  const end = Date.now() + 2_000;
  while (server.open() > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(server.open()).toBe(0);
});

test('who accepts and never answers is given up, in words without the path', async () => {
  const server = keep(await listenTcp(() => undefined));
  const posted = await poster({ totalMs: 200 }).post(new URL(`http://127.0.0.1:${server.port}/token-in-path`), BODY, {});
  expect(posted).toEqual({
    kind: 'none',
    reason: `127.0.0.1:${server.port} did not finish its answer to the request in time.`,
  });
});

test('an abort lets go at once, with its reason', async () => {
  const server = keep(await listenTcp(() => undefined));
  const stop = new AbortController();
  const posting = poster({ signal: stop.signal }).post(new URL(server.origin), BODY, {});
  stop.abort(new Error('the host stops'));
  await expect(posting).rejects.toThrow('the host stops');
});

const SPELLINGS = ['127.0.0.1', '169.254.169.254', '[::ffff:127.0.0.1]', '[::1]', '2130706433', 'localhost', '10.0.0.1'];
test.each(SPELLINGS)('X5: %s reaches nobody', async (host) => {
  const listener = keep(await listenTcp(() => undefined, '::').catch(() => listenTcp(() => undefined, '0.0.0.0')));
  const posted = await poster({ allowedHosts: [], totalMs: 500 }).post(new URL(`https://${host}:${listener.port}/`), BODY, {});
  expect(posted).toMatchObject({ kind: 'none', reason: expect.stringContaining('not an address on the public Internet') });
  expect(listener.connections()).toBe(0);
});

test('X7: a name that resolves to loopback, also beside a public address, reaches nobody', async () => {
  const listener = keep(await listenTcp(() => undefined));
  for (const addresses of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::ffff:127.0.0.1']]) {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const guarded = poster({ allowedHosts: [], resolve: (_name, _options, callback) => callback(null, found) });
    const posted = await guarded.post(new URL(`https://hooks.example.com:${listener.port}/`), BODY, {});
    expect(posted).toMatchObject({ kind: 'none', reason: expect.stringContaining('hooks.example.com') });
  }
  expect(listener.connections()).toBe(0);
});

test('plain http is for hosts that the operator allows', async () => {
  const posted = await poster({ allowedHosts: [] }).post(new URL('http://hooks.example.com/'), BODY, {});
  expect(posted).toEqual({ kind: 'none', reason: 'hooks.example.com must be reached over https.' });
});
