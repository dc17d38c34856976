import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fileNameOf,
  type Fixture,
  keyOf,
  RECORDED_ORIGIN,
  requestOf,
  type Replay,
  serveFixtures,
} from '../src/replay/index.js';

let folder: string;
let replay: Replay | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-replay-'));
  await mkdir(join(folder, 'requests'));
  await writeFile(join(folder, 'fixtures.json'), '{"version":1,"connector":"acme"}');
});
afterEach(async () => {
  await replay?.close();
  replay = undefined;
  await rm(folder, { recursive: true });
});

async function put(fixture: Fixture): Promise<void> {
  await writeFile(join(folder, 'requests', fileNameOf(fixture.request)), JSON.stringify(fixture));
}

async function serve(...fixtures: readonly Fixture[]): Promise<Replay> {
  for (const fixture of fixtures) await put(fixture);
  replay = await serveFixtures(folder);
  return replay;
}

const ok = (body: unknown) => ({ status: 200, headers: {}, body });

test('answers in their order, and from the first again', async () => {
  const { url } = await serve({ request: requestOf('GET', '/a?x=1'), answers: [ok(1), { status: 404, headers: {} }, ok(3)] });
  const seen = [];
  for (let round = 0; round < 4; round += 1) seen.push((await fetch(`${url}/a?x=1`)).status);
  expect(seen).toEqual([200, 404, 200, 200]);
});

test('links lead to where it serves, in headers and bodies', async () => {
  const link = `<${RECORDED_ORIGIN}/a?page=2>; rel="next"`;
  const { url } = await serve({
    request: requestOf('GET', '/a'),
    answers: [{ status: 200, headers: { link: [link] }, body: { self: `${RECORDED_ORIGIN}/a` } }],
  });
  const answer = await fetch(`${url}/a`);
  expect(answer.headers.get('link')).toBe(`<${url}/a?page=2>; rel="next"`);
  expect(await answer.json()).toEqual({ self: `${url}/a` });
  expect(answer.headers.get('content-type')).toBe('application/json');
});

test('a request that is not recorded is refused, and named', async () => {
  const served = await serve({ request: requestOf('GET', '/a'), answers: [ok(1)] });
  expect((await fetch(`${served.url}/b?z=1&a=2`)).status).toBe(400);
  expect(served.missing).toEqual(['GET /b?a=2&z=1']);
});

test.each([
  ['the order of parameters', '/a?x=1&y=2', '/a?y=2&x=1'],
  ['a moment', '/a?since=2026-01-01T10:00:00.000Z', '/a?since=2027-02-03T00:00:00Z'],
  [
    'a moment as it is written in addresses',
    '/a?f=at%20gt%20%222026-01-01T10%3A00%3A00.000Z%22',
    '/a?f=at+gt+%222027-01-01T10%3A00%3A00.000Z%22',
  ],
  ['a day', '/a?from=2026-01-01', '/a?from=2026-01-02'],
  ['milliseconds', '/a?from=1767225600000', '/a?from=1798761600000'],
])('%s does not tell requests apart', (_, one, other) => {
  expect(keyOf(requestOf('GET', one))).toBe(keyOf(requestOf('GET', other)));
});

test.each([
  ['the path', ['GET', '/a', undefined], ['GET', '/b', undefined]],
  ['a parameter', ['GET', '/a?limit=1', undefined], ['GET', '/a?limit=2', undefined]],
  ['the method', ['GET', '/a', undefined], ['POST', '/a', undefined]],
  ['what a token is asked for', ['POST', '/t', 'grant_type=g&scope=a'], ['POST', '/t', 'grant_type=g&scope=b']],
] as const)('%s does', (_, one, other) => {
  expect(keyOf(requestOf(one[0], one[1], one[2]))).not.toBe(keyOf(requestOf(other[0], other[1], other[2])));
  expect(fileNameOf(requestOf(one[0], one[1], one[2]))).not.toBe(fileNameOf(requestOf(other[0], other[1], other[2])));
});

test('credentials tell no requests apart, and are not in the request of a file', () => {
  const one = requestOf('POST', '/t', 'client_secret=canary&scope=b+a&grant_type=g');
  expect(one).toEqual({ method: 'POST', url: '/t', form: { grant_type: 'g', scope: 'a b' } });
});

test('names of files are short, and fit every system', () => {
  const name = fileNameOf(requestOf('GET', `/a/${'x'.repeat(500)}?q=${encodeURIComponent('a "b": <c>|?*')}`));
  expect(name).toMatch(/^get-a-x[a-z0-9-]{1,90}\.json$/);
});

test.each([
  [
    'a folder without a recording',
    async () => rm(join(folder, 'fixtures.json')),
    'Name a folder that "castellan record" has made.',
  ],
  [
    'another version',
    async () => writeFile(join(folder, 'fixtures.json'), '{"version":2}'),
    'says version 2, and this reads 1',
  ],
  ['a broken file', async () => writeFile(join(folder, 'requests', 'x.json'), '{"request":'), 'x.json cannot be read'],
  [
    'a file of something else',
    async () => writeFile(join(folder, 'requests', 'x.json'), '{}'),
    'x.json is no recorded request',
  ],
])('%s is told with the way out', async (_, spoil, told) => {
  await spoil();
  await expect(serveFixtures(folder)).rejects.toThrow(told);
});
