import type { ObservedExchange } from '../src/index.js';
import { json, listenTcp } from './support/server.js';
import { closeAll, failure, FAST, keep, serve, setUp } from './support/setup.js';

afterEach(closeAll);

function observing(): { readonly seen: ObservedExchange[]; readonly onExchange: (exchange: ObservedExchange) => void } {
  const seen: ObservedExchange[] = [];
  return { seen, onExchange: (exchange) => void seen.push(exchange) };
}

describe('the observer', () => {
  test('sees each attempt with all that went over the wire', async () => {
    const { seen, onExchange } = observing();
    const { client, server } = await serve(
      (_, response, number) => json(response, { number }, { 'x-mark': 'a' }, number === 1 ? 503 : 200),
      { authorize: ({ number }) => ({ authorization: `Bearer token-${number}` }) },
      { onExchange },
    );
    await client.send({ method: 'POST', url: '/x', query: { q: '1' }, form: { grant_type: 'g', client_secret: 's3cret' } });
    expect(seen).toMatchObject([
      {
        attempt: 1,
        method: 'POST',
        requestHeaders: { authorization: 'Bearer token-1', 'content-type': 'application/x-www-form-urlencoded' },
        form: { grant_type: 'g', client_secret: 's3cret' },
        sentSecrets: expect.arrayContaining(['s3cret', 'token-1']),
        outcome: { kind: 'answer', status: 503, text: '{"number":1}' },
      },
      { attempt: 2, outcome: { kind: 'answer', status: 200, headers: { 'x-mark': ['a'] }, text: '{"number":2}' } },
    ]);
    for (const { url, askedAt, startedAt, answeredAt = 0, endedAt } of seen) {
      expect(url.href).toBe(`${server.origin}/x?q=1`);
      expect([askedAt, startedAt, answeredAt, endedAt].toSorted((a, b) => a - b)).toEqual([
        askedAt,
        startedAt,
        answeredAt,
        endedAt,
      ]);
    }
  });

  test('sees how an attempt broke, and one that was stopped', async () => {
    const cut = keep(await listenTcp((socket) => void socket.once('data', () => socket.destroy())));
    const silent = keep(await listenTcp(() => undefined));
    const { seen, onExchange } = observing();
    const { http, abort } = setUp({ limits: FAST, onExchange });
    await failure(http.factory({ origin: cut.origin }).send({ url: '/cut', attempts: 1 }));
    const waiting = failure(http.factory({ origin: silent.origin }).send({ url: '/silent' }));
    setTimeout(() => abort.abort(), 50);
    await waiting;
    expect(seen).toMatchObject([
      { url: expect.objectContaining({ pathname: '/cut' }), answeredAt: undefined, outcome: { kind: 'broken', phase: 'head' } },
      { url: expect.objectContaining({ pathname: '/silent' }), outcome: undefined },
    ]);
  });

  test('that fails ends nothing', async () => {
    const onExchange = (): never => {
      throw new Error('full');
    };
    const { client, lines } = await serve((_, response) => json(response, { ok: true }), {}, { onExchange });
    expect((await client.send({ url: '/' })).body).toEqual({ ok: true });
    expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'the observer of requests failed' }));
  });
});
