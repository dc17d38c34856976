import { json, listenTcp } from './support/server.js';
import { closeAll, failure, keep, serve, setUp } from './support/setup.js';

afterEach(closeAll);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Aborts after a moment, and expects everything to be over at once. */
async function ends(work: readonly Promise<unknown>[], stop: () => void): Promise<void> {
  const failures = work.map(failure);
  await sleep(60);
  const start = Date.now();
  stop();
  for (const error of await Promise.all(failures)) expect(error).toMatchObject({ kind: 'aborted' });
  expect(Date.now() - start).toBeLessThan(200);
}

describe('abort', () => {
  test('before anything is sent', async () => {
    const { client, server, abort } = await serve((_request, response) => json(response, {}));
    abort.abort();
    expect(await failure(client.send({ url: '/' }))).toMatchObject({ kind: 'aborted' });
    expect(server.connections()).toBe(0);
  });

  test.each([
    ['the answer', ''],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n['],
    ['the rest of an error', 'HTTP/1.1 500 Oops\r\ncontent-length: 100\r\n\r\n['],
  ])('while waiting for %s', async (_name, head) => {
    const server = keep(await listenTcp((socket) => void socket.write(head)));
    const { http, abort } = setUp();
    const client = http.factory({ origin: server.origin });
    await ends([client.send({ url: '/' }), client.send({ url: '/' })], () => abort.abort());
    await sleep(30);
    expect([http.openSockets(), server.open()]).toEqual([0, 0]);
  });

  test('while connecting to nobody', async () => {
    // A resolver that never answers keeps the socket connecting for ever.
    const { http, abort } = setUp({ allowedHosts: [], resolve: () => undefined });
    await ends([http.factory({ origin: 'https://acme.example.com' }).send({ url: '/' })], () => abort.abort());
    await sleep(30);
    expect(http.openSockets()).toBe(0);
  });

  test('while waiting between tries', async () => {
    const { client, abort, http } = await serve(
      (_request, response) => json(response, {}, { 'retry-after': '60' }, 503),
      {},
      { limits: {} },
    );
    await ends([client.send({ url: '/' })], () => abort.abort());
    await sleep(30);
    expect(http.openSockets()).toBe(0);
  });

  test('while waiting for a rate limit, with a crowd in the queue', async () => {
    const { client, abort, server } = await serve(
      (_request, response) => json(response, {}, { 'retry-after': '60' }, 429),
      {},
      { limits: {} },
    );
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    await ends(
      Array.from({ length: 50 }, () => client.send({ url: '/' })),
      () => abort.abort(),
    );
    process.off('warning', onWarning);
    expect(server.seen).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  test('close ends everything as well, idle sockets included', async () => {
    const { client, http, server } = await serve((request, response) => (request.url === '/' ? json(response, {}) : undefined));
    await client.send({ url: '/' });
    expect(http.openSockets()).toBe(1);
    await ends([client.send({ url: '/hang' })], () => void http.close());
    await sleep(30);
    expect([http.openSockets(), server.open()]).toEqual([0, 0]);
  });
});
