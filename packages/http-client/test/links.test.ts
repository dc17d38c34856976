import { parseLinks } from '../src/link-header.js';
import { json, listen } from './support/server.js';
import { closeAll, failure, keep, serve } from './support/setup.js';

afterEach(closeAll);

const next = async (link: string | string[] | ((port: number) => string | string[]), options = {}) => {
  const service = await serve(
    (_request, response) => json(response, [1], { link: typeof link === 'function' ? link(service.server.port) : link }),
    options,
  );
  return service;
};

describe('next links', () => {
  test.each<[string, string | string[]]>([
    ['one line, quoted', '</api?after=2>; rel="next"'],
    ['one line, not quoted', '</api?after=2>; rel=next'],
    ['several lines', ['</api>; rel="self"', '</api?after=2>; rel="next"']],
    ['one line with commas', '</api>; rel="self", </api?after=2>; rel="next"'],
    ['other parameters and cases', '</api?after=2>; title="a, b; c"; REL="prev Next"'],
  ])('%s', async (_name, link) => {
    const { client, server } = await next(link);
    await expect(client.send({ url: '/api' })).resolves.toMatchObject({ next: `${server.origin}/api?after=2` });
  });

  test('commas and semicolons inside the target', () => {
    expect(parseLinks(['<https://a.test/x?q=1,2;3>; rel="next", <b>; rel=self'])).toEqual([
      { target: 'https://a.test/x?q=1,2;3', rels: ['next'] },
      { target: 'b', rels: ['self'] },
    ]);
    expect(parseLinks(['nonsense'])).toBeUndefined();
    expect(parseLinks([])).toEqual([]);
  });

  test('no link, no next', async () => {
    const { client } = await next('</api>; rel="self"');
    expect((await client.send({ url: '/api' })).next).toBeUndefined();
  });

  test.each([
    'https://evil.test/api',
    '//evil.test/api',
    'https://127.0.0.1.evil.test/',
    'https://user@127.0.0.1/',
    'ftp://127.0.0.1/',
  ])('X8: a link to %s is refused and recorded', async (target) => {
    const { client, lines } = await next(`<${target}?secret=canary>; rel="next"`);
    const error = await failure(client.send({ url: '/api' }));
    expect(error).toMatchObject({ kind: 'upstream', detail: expect.stringMatching(/^security: foreign link/) });
    expect(JSON.stringify([error, lines])).not.toContain('canary');
    expect(lines.some(({ level, message }) => level === 'warn' && message.startsWith('security:'))).toBe(true);
  });

  test('a link to one of the linkHosts is followed', async () => {
    const { client } = await next('<https://alias.example.com/api?after=2>; rel="next"', { linkHosts: ['alias.example.com'] });
    expect((await client.send({ url: '/api' })).next).toBe('https://alias.example.com/api?after=2');
  });

  test('a link that cannot be read is an error and not the end of the list', async () => {
    const { client } = await next('/api?after=2; rel="next"');
    expect(await failure(client.send({ url: '/api' }))).toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('cut short'),
    });
  });

  test('a full page that points to itself is a loop', async () => {
    const { client } = await next('</api?after=1>; rel="next"');
    expect(await failure(client.send({ url: '/api?after=1' }))).toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('itself'),
    });
  });

  test('an empty page that points to itself is the end of a polled log', async () => {
    const { client, server } = await serve((_request, response) => json(response, [], { link: '</log?after=1>; rel="next"' }));
    expect(await client.send({ url: '/log?after=1' })).toMatchObject({ body: [], next: `${server.origin}/log?after=1` });
  });
});

describe('requests', () => {
  test.each(['https://evil.test/x', '//evil.test/x', '/\\evil.test/x', 'https://127.0.0.1@evil.test/'])(
    'X8: %s is not sent',
    async (url) => {
      const { client, server } = await serve((_request, response) => json(response, {}));
      expect(await failure(client.send({ url }))).toMatchObject({
        kind: 'upstream',
        detail: expect.stringContaining('security: foreign request'),
      });
      expect(server.connections()).toBe(0);
    },
  );

  test('query, form and headers arrive as given', async () => {
    const bodies: string[] = [];
    const { client, server } = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => json(response, {}));
    });
    await client.send({ url: '/x?a=1', query: { q: 'status eq "A+B"' }, headers: { 'X-Thing': 'y' } });
    await client.send({
      method: 'POST',
      url: '/token',
      form: { grant_type: 'client_credentials', scope: 'a b' },
      authorized: false,
    });
    expect(server.seen[0]?.url).toBe('/x?a=1&q=status%20eq%20%22A%2BB%22');
    expect(server.seen[0]?.headers).toMatchObject({
      'x-thing': 'y',
      accept: 'application/json',
      'user-agent': expect.stringMatching(/^castellan\/\d/),
    });
    expect(server.seen[1]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(bodies).toEqual(['grant_type=client_credentials&scope=a+b']);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('X8: %i is refused, and nothing is sent to its target', async (status) => {
    const other = keep(await listen((_request, response) => json(response, {})));
    const { client } = await serve(
      (_request, response) => json(response, {}, { location: `http://127.0.0.1:${other.port}/x?code=canary` }, status),
      { authorize: () => ({ authorization: 'Bearer canary-token' }) },
    );
    const error = await failure(client.send({ url: '/api' }));
    expect(error).toMatchObject({ kind: 'upstream', message: expect.stringContaining(`127.0.0.1:${other.port}`) });
    expect(JSON.stringify(error)).not.toContain('canary');
    expect(other.connections()).toBe(0);
  });
});

test('a 304 that nobody asked for is no redirect', async () => {
  const { client } = await serve((_request, response) => response.writeHead(304).end());
  expect(await failure(client.send({ url: '/api' }))).toMatchObject({
    kind: 'upstream',
    message: expect.stringContaining('status 304'),
  });
});
