import { closeAll, failure, serve } from './support/setup.js';
import { json } from './support/server.js';

afterEach(closeAll);

/** What came in on the wire. */
async function bodyOf(request: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk.toString();
  return text;
}

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s carries a JSON body', async (method) => {
  const got: unknown[] = [];
  const { client } = await serve((request, response) => {
    const answer = async (): Promise<void> => {
      got.push([request.method, request.headers['content-type'], JSON.parse(await bodyOf(request))]);
      json(response, { ok: true });
    };
    void answer();
  });
  await client.send({ method, url: '/x', json: { active: false } });
  expect(got).toEqual([[method, 'application/json', { active: false }]]);
});

test('the media type is the one that the caller names', async () => {
  const types: unknown[] = [];
  const { client } = await serve((request, response) => {
    types.push(request.headers['content-type'], request.headers['accept']);
    json(response, {});
  });
  const headers = { 'Content-Type': 'application/merge-patch+json', Accept: 'application/problem+json' };
  await client.send({ method: 'PATCH', url: '/x', json: {}, headers });
  expect(types).toEqual(['application/merge-patch+json', 'application/problem+json']);
});

test('a write is tried once after a fault, one that may be repeated like a read', async () => {
  const { client, server } = await serve((_, response, number) =>
    json(response, {}, {}, number === 1 || number === 2 ? 500 : 200),
  );
  expect(await failure(client.send({ method: 'PATCH', url: '/x', json: {} }))).toMatchObject({ kind: 'transient' });
  expect(server.seen).toHaveLength(1);
  await client.send({ method: 'PATCH', url: '/x', json: {}, repeatable: true });
  expect(server.seen).toHaveLength(3);
});

test('what was refused for its rate has not taken effect, and is sent again', async () => {
  const { client, server } = await serve((_, response, number) =>
    json(response, {}, number === 1 ? { 'retry-after': '0' } : {}, number === 1 ? 429 : 200),
  );
  expect(await client.send({ method: 'DELETE', url: '/x' })).toMatchObject({ status: 200 });
  expect(server.seen).toHaveLength(2);
});

test('an answer without a body is one', async () => {
  const { client } = await serve((_, response) => void response.writeHead(204).end());
  expect(await client.send({ method: 'DELETE', url: '/x' })).toMatchObject({ status: 204, body: undefined });
});

test('a provider that quotes a secret of the body does not bring it into the error', async () => {
  const { client, lines } = await serve((request, response) => {
    const answer = async (): Promise<void> => json(response, { detail: `not accepted: ${await bodyOf(request)}` }, {}, 400);
    void answer();
  });
  const error = await failure(
    client.send({ method: 'PUT', url: '/x', json: { user: { newName: 'Ana', password: 'Winter2026!secret' } } }),
  );
  expect(error).toMatchObject({ kind: 'upstream', detail: expect.stringContaining('Ana') });
  expect(JSON.stringify([error, lines])).not.toContain('Winter2026!secret');
});
