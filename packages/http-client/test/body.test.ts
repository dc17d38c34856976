import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { json, listenTcp } from './support/server.js';
import { eventually } from './support/eventually.js';
import { closeAll, FAST, failure, keep, serve, setUp } from './support/setup.js';

afterEach(closeAll);

const SMALL = { limits: { ...FAST, bodyBytes: 1_000_000, idleMs: 150, totalMs: 500 } };

describe('bodies', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['identity', (body: Buffer) => body],
  ])('%s', async (encoding, pack) => {
    const people = Array.from({ length: 500 }, (_, id) => ({ id, name: 'Zoë 京' }));
    const { client } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(pack(Buffer.from(JSON.stringify(people))));
    });
    expect((await client.send({ url: '/' })).body).toEqual(people);
  });

  test.each([
    [200, ''],
    [204, undefined],
    [200, ' \n'],
  ])('an empty %i is undefined', async (status, body) => {
    const { client } = await serve((_request, response) => response.writeHead(status).end(body));
    expect(await client.send({ url: '/' })).toMatchObject({ status, body: undefined });
  });

  const bad: readonly [string, (socket: { end: (text: string | Buffer) => void }) => void, string][] = [
    ['HTML', (socket) => socket.end(answer('<html>Sorry</html>')), 'upstream'],
    ['JSON cut short', (socket) => socket.end(answer('[{"id":1},{"id"')), 'upstream'],
    ['fewer bytes than announced', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,2'), 'transient'],
    [
      'chunks without an end',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n[1,2\r\n'),
      'transient',
    ],
    [
      'gzip cut short',
      (socket) => socket.end(answer(gzipSync('[1,2,3,4,5,6]').subarray(0, 15), 'content-encoding: gzip\r\n')),
      'transient',
    ],
  ];

  test.each(bad)('%s: three tries, then an error without the body', async (_name, reply, kind) => {
    let requests = 0;
    const server = keep(
      await listenTcp((socket) =>
        socket.on('data', () => {
          requests += 1;
          reply(socket);
        }),
      ),
    );
    const { http, lines } = setUp(SMALL);
    const error = await failure(http.factory({ origin: server.origin }).send({ url: '/api?q=canary' }));
    expect(error['kind']).toBe(kind);
    expect(requests).toBe(3);
    expect(JSON.stringify([error, lines])).not.toMatch(/canary|Sorry|"id/);
  });

  test('a bad body once is no harm', async () => {
    const { client } = await serve((_request, response, number) =>
      number === 1 ? response.end('<html>') : json(response, [1]),
    );
    await expect(client.send({ url: '/' })).resolves.toMatchObject({ body: [1] });
  });

  test('an endless body ends at the cap, once', async () => {
    let sent = 0;
    const { client, server, http } = await serve(
      (_request, response) => {
        const chunk = Buffer.alloc(65_536, ' ');
        const more = (): void => {
          sent += chunk.length;
          if (!response.destroyed && response.write(chunk)) setImmediate(more);
        };
        response.on('drain', more);
        more();
      },
      {},
      { limits: { ...FAST, bodyBytes: 1_000_000, idleMs: 5_000 } },
    );
    expect(await failure(client.send({ url: '/' }))).toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('more than 1 MB'),
    });
    expect(server.seen).toHaveLength(1);
    expect(sent).toBeLessThan(20_000_000);
    expect(await eventually(() => http.openSockets(), 0)).toBe(0);
  });

  test.each([
    // Packed in a hurry: blanks need no search.
    ['gzip', (text: Buffer) => gzipSync(text, { level: 1 })],
    ['br', (text: Buffer) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('a %s bomb ends at the cap', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(60_000_000, ' '));
    const { client } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(bomb);
    });
    const before = process.memoryUsage().rss;
    expect(await failure(client.send({ url: '/' }))).toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('more than 32 MB'),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('an announced length beyond the cap is not read at all', async () => {
    const { client } = await serve(
      (_request, response) => response.writeHead(200, { 'content-length': '2000000000' }).write('['),
      {},
      SMALL,
    );
    const start = Date.now();
    expect(await failure(client.send({ url: '/' }))).toMatchObject({ kind: 'upstream' });
    expect(Date.now() - start).toBeLessThan(140);
  });
});

describe('time-outs', () => {
  const slow: readonly [string, string, number][] = [
    ['no byte at all', '', 150],
    ['a head without an end', 'HTTP/1.1 200 OK\r\n', 150],
    ['a head and no body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', 150],
  ];

  test.each(slow)('%s: given up when idle, three times, no socket left', async (_name, head, idleMs) => {
    const server = keep(await listenTcp((socket) => void socket.write(head)));
    const { http } = setUp(SMALL);
    const start = Date.now();
    expect(await failure(http.factory({ origin: server.origin }).send({ url: '/' }))).toMatchObject({
      kind: 'transient',
      detail: expect.stringContaining('idle'),
    });
    expect(Date.now() - start).toBeGreaterThanOrEqual(3 * idleMs - 10);
    expect(Date.now() - start).toBeLessThan(3 * idleMs + 400);
    expect(await eventually(() => [http.openSockets(), server.open()], [0, 0])).toEqual([0, 0]);
  });

  test('a connection that never comes about is given up when idle as well', async () => {
    const { http } = setUp({ ...SMALL, allowedHosts: [], resolve: () => undefined });
    const start = Date.now();
    const error = await failure(http.factory({ origin: 'https://acme.example.com' }).send({ url: '/' }));
    expect(error).toMatchObject({ kind: 'transient', detail: expect.stringContaining('idle') });
    expect(Date.now() - start).toBeLessThan(850);
    // undici ends what still connects by a clock of its own that ticks in seconds.
    for (let waited = 0; http.openSockets() > 0 && waited < 3_000; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(http.openSockets()).toBe(0);
  });

  test('a byte now and then: given up in total', async () => {
    const server = keep(
      await listenTcp((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        const timer = setInterval(() => socket.write(' '), 40);
        socket.once('close', () => clearInterval(timer));
      }),
    );
    const { http } = setUp(SMALL);
    const start = Date.now();
    const error = await failure(http.factory({ origin: server.origin }).send({ url: '/', attempts: 1 }));
    expect(error).toMatchObject({ kind: 'transient', detail: expect.stringContaining('total') });
    expect(Date.now() - start).toBeGreaterThanOrEqual(490);
    expect(Date.now() - start).toBeLessThan(800);
    expect(await eventually(() => server.open(), 0)).toBe(0);
  });

  test('an error answer whose body hangs still counts by its status', async () => {
    const { client } = await serve(
      (_request, response) => response.writeHead(403, { 'content-length': '10' }).write('x'),
      {},
      SMALL,
    );
    expect(await failure(client.send({ url: '/' }))).toMatchObject({ kind: 'permission' });
  });
});

function answer(body: string | Buffer, headers = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`),
    Buffer.from(body),
  ]);
}
