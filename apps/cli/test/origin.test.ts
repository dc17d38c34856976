import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveFixtures } from '@castellan/connector-testkit/replay';
import type { HttpClient } from '@castellan/connector-sdk';
import { createHttpFactory, type GuardedHttp } from '@castellan/http-client';
import { type OriginSubstitute, parseSubstitute } from '../src/origin/substitute.js';
import { substituting } from '../src/origin/substituting.js';
import type { SessionOptions } from '../src/session.js';
import type { SyncOptions } from '../src/sync/sync.js';
import { commands, type Ended, inProcess } from './castellan.js';
import { type Lantern, LanternCommand, ORIGIN, startLantern, TOKEN } from './lantern/lantern.js';

const KEYS = ['/v1/groups-1', '/v1/groups-2', '/v1/groups?page=2-1', '/v1/groups?page=2-2'].concat([
  '/v1/users-1',
  '/v1/users-2',
  '/v1/users?page=2-1',
  '/v1/users?page=2-2',
]);

let command: LanternCommand;
let lantern: Lantern;
let settings: string;
/** What `--origin ORIGIN=URL` is parsed into. */
let toLantern: OriginSubstitute;
beforeAll(async () => {
  command = await LanternCommand.install();
  lantern = await startLantern();
  settings = await command.write('settings.json', { token: TOKEN });
  toLantern = { origin: ORIGIN, url: lantern.url };
});
beforeEach(() => {
  lantern.seen.length = 0;
  lantern.refused.clear();
  lantern.leadsTo = ORIGIN;
});
afterAll(async () => {
  await lantern.close();
  await command.remove();
});

interface Line {
  readonly records?: readonly { readonly key: string }[];
}
const keysOf = ({ lines }: Ended): readonly string[] =>
  (lines as readonly Line[]).flatMap(({ records = [] }) => records.map(({ key }) => key)).toSorted();

const check = (options: SessionOptions) =>
  command.here((lanterns, output, signal) => lanterns.check('lantern', options, output, signal));
const sync = (options: SyncOptions) =>
  command.here((lanterns, output, signal) => lanterns.sync('lantern', options, output, signal));

describe('a provider with one address for everybody', () => {
  test('--origin: sync reads it all from the server on this machine, along links that name the real address', async () => {
    const ended = await command.run('sync', 'lantern', '--config', settings, '--origin', `${ORIGIN}=${lantern.url}`);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('Complete: 8 records.') });
    expect(ended.stderr).not.toContain('Note:');
    expect(keysOf(ended)).toEqual(KEYS);
    expect(lantern.seen.map(({ path }) => path).toSorted()).toEqual([
      '/v1/groups',
      '/v1/groups?page=2',
      '/v1/users',
      '/v1/users?page=2',
    ]);
  });

  test('the line of a simulator that names the origin does the same', async () => {
    const line = await command.write('line.json', { url: lantern.url, origin: ORIGIN, config: { token: TOKEN } });
    expect(await check({ config: line })).toMatchObject({ code: 0, lines: [{ ok: true }] });
    expect(keysOf(await sync({ config: line }))).toEqual(KEYS);
  });

  test('check, when one of two streams may not be read', async () => {
    lantern.refused.add('/v1/groups');
    const { code, stderr } = await check({ config: settings, origin: toLantern });
    expect(code).toBe(1);
    expect(stderr).toContain('Partly ready: 1 of 2 streams can be read; 1 of 2 checks failed.');
  });

  test('check says once what is wrong; its log is for --verbose', async () => {
    const wrong = await command.write('wrong-token.json', { token: 'canary-of-somebody-else' });
    const { code, stderr } = await check({ config: wrong, origin: toLantern });
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nNot ready: 1 of 1 check failed\.\nRun it again with --verbose to see the log\.\n$/);
    expect(stderr).toMatch(/^CHECK /);
    expect(stderr).not.toContain('warn:');
    const { stderr: all } = await check({ config: wrong, origin: toLantern, verbose: true });
    expect(all).toContain('warn: connection test failed');
    expect(all).toMatch(/Not ready: 1 of 1 check failed\.\n$/);
  });

  test('a recording is of the provider, and can be read again in its place', async () => {
    const out = join(command.folder, 'fixtures');
    const recorded = await command.here((lanterns, output, signal) =>
      lanterns.record('lantern', { config: settings, origin: toLantern, out }, output, signal),
    );
    expect(recorded).toMatchObject({ code: 0, lines: [{ requests: 4 }] });
    const names = await readdir(join(out, 'requests'));
    const files = await Promise.all(names.map((name) => readFile(join(out, 'requests', name), 'utf8')));
    expect(files.join('')).not.toContain('lantern.example');
    const replay = await serveFixtures(out);
    try {
      const again = await sync({ config: settings, origin: { origin: ORIGIN, url: replay.url } });
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Complete: 8 records.') });
      expect(replay.missing).toEqual([]);
    } finally {
      await replay.close();
    }
  });

  test('a position of the one is none of the other', async () => {
    const state = join(command.folder, 'position.json');
    expect(await sync({ config: settings, state, origin: toLantern })).toMatchObject({ code: 0 });
    expect(await sync({ config: settings, state })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('belongs to another organisation'),
    });
  });
});

describe('what cannot be meant', () => {
  test.each([
    ['https://api.lantern.example', 'Use ORIGIN=URL'],
    ['api.lantern.example=http://127.0.0.1:1', 'ORIGIN: Must be https:// and a host'],
  ])('--origin %s', async (origin, part) => {
    const { code, stdout, stderr } = await command.run('check', 'lantern', '--config', settings, '--origin', origin);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("option '--origin <origin=url>'");
    expect(stderr).toContain(part);
  });

  test.each([
    ['http://api.lantern.example', 'http://127.0.0.1:1', 'origin'],
    ['https://api.lantern.example/v1', 'http://127.0.0.1:1', 'origin'],
    ['https://api.lantern.example?', 'http://127.0.0.1:1', 'origin'],
    ['', 'http://127.0.0.1:1', 'origin'],
    [ORIGIN, '127.0.0.1:1', 'url'],
    [ORIGIN, 'http://127.example', 'url'],
    [ORIGIN, 'http://localhost.example', 'url'],
    [ORIGIN, 'http://127.0.0.1:1/v1', 'url'],
    [ORIGIN, 'http://u:p@127.0.0.1:1', 'url'],
    [ORIGIN, 'file:///etc', 'url'],
  ])('%s=%s', (origin, url, part) => expect(parseSubstitute(origin, url)).toMatchObject({ part }));

  test('a server that is not on this machine', () => {
    const message = expect.stringContaining('Must be http:// and this machine');
    expect(parseSubstitute(ORIGIN, 'http://192.0.2.1')).toMatchObject({ part: 'url', message });
  });

  test.each([
    ['https://api.lantern.example/', 'http://127.0.0.1:4010/', 'https://api.lantern.example', 'http://127.0.0.1:4010'],
    ['https://API.lantern.example:443', 'http://[::1]:4010', 'https://api.lantern.example', 'http://[::1]:4010'],
    [ORIGIN, 'http://localhost:4010', ORIGIN, 'http://localhost:4010'],
    [ORIGIN, 'https://staging.lantern.example', ORIGIN, 'https://staging.lantern.example'],
  ])('%s=%s can be', (given, to, origin, url) => expect(parseSubstitute(given, to)).toEqual({ origin, url }));

  const config = { domain: 'http://127.0.0.1:1', auth: { method: 'api_token', token: TOKEN } };
  const substitute = { origin: ORIGIN, url: 'http://127.0.0.1:2' };
  test.each([
    [{ url: 'http://127.0.0.1:1', config, orign: ORIGIN }, {}, 'orign: Unknown key. Use url, config and, if needed, origin.'],
    [{ url: '127.0.0.1', config }, {}, 'url: Must be the address of a server'],
    [{ url: 'http://127.0.0.1:1', config, origin: 4 }, {}, 'origin: Must be https:// and a host'],
    [{ url: 'http://192.0.2.1', config, origin: ORIGIN }, {}, 'url: Must be http:// and this machine'],
    [{ url: 'http://127.0.0.1:1', config, origin: ORIGIN }, { origin: substitute }, 'origin: Is given here and with --origin.'],
  ])('the line %j with %j', async (line, options, part) => {
    const file = await command.write('wrong.json', line);
    const { code, stdout, stderr, lines } = await inProcess((output, signal) =>
      commands.check('okta', { config: file, ...options }, output, signal),
    );
    expect(code).toBe(2);
    expect(lines).toMatchObject([{ ok: false, issues: [{ field: part.slice(0, part.indexOf(':')) }] }]);
    expect(stderr).toContain(part);
    expect(stdout + stderr).not.toContain(TOKEN);
  });
});

describe('where credentials go', () => {
  let guarded: GuardedHttp;
  let others: string[];
  let refused: string[];
  const open = (origin: string, linkHosts: readonly string[] = []): HttpClient => {
    const substitute = { origin: ORIGIN, url: lantern.url };
    const notes = { onOther: (other: string) => others.push(other), onRefused: (host: string) => refused.push(host) };
    const factory = substituting(guarded.factory, substitute, notes);
    return factory({ origin, linkHosts, authorize: () => ({ authorization: `Bearer ${TOKEN}` }) });
  };
  /** Names that were looked up, in place of being reached. */
  let lookedUp: string[];
  beforeEach(() => {
    others = [];
    refused = [];
    lookedUp = [];
    guarded = createHttpFactory({
      allowedHosts: [new URL(lantern.url).host],
      signal: new AbortController().signal,
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      limits: { retryBaseMs: 1, retryCapMs: 1 },
      resolve: (name, _options, callback) => {
        lookedUp.push(name);
        callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
      },
    });
  });
  afterEach(() => guarded.close());
  const ask = (client: HttpClient, url: string): Promise<unknown> =>
    client.send({ url, attempts: 1 }).then(
      ({ status }) => status,
      (error: { readonly message: string }) => error.message,
    );

  test.each(['/v1/users', `${ORIGIN}/v1/users`, '//api.lantern.example/v1/users', 'HTTPS://API.lantern.example:443/v1/users'])(
    '%s: to the server, by whichever client',
    async (url) => {
      expect(await ask(open(ORIGIN), url)).toBe(200);
      if (!url.startsWith('/v1')) expect(await ask(open('https://eu.lantern.example', ['api.lantern.example']), url)).toBe(200);
      expect(new Set(lantern.seen.map(({ path }) => path))).toEqual(new Set(['/v1/users']));
      expect(lookedUp).toEqual([]);
    },
  );

  test.each([
    'http://api.lantern.example/v1/users',
    'https://api.lantern.example:8443/v1/users',
    'https://user@api.lantern.example/v1/users',
    'https://elsewhere.example/v1/users',
    'http://eu.lantern.example/v1/users',
  ])('%s: nowhere, as at the provider', async (url) => {
    expect(await ask(open(ORIGIN, ['eu.lantern.example']), url)).toContain('was not sent');
    expect({ lookedUp, seen: lantern.seen }).toEqual({ lookedUp: [], seen: [] });
  });

  test('another address of the connector is reached as it is, and told of', async () => {
    expect(await ask(open('https://login.lantern.example'), '/token')).toContain('its name is unknown');
    expect(lookedUp).toEqual(['login.lantern.example']);
    expect({ others, refused, seen: lantern.seen }).toEqual({
      others: ['https://login.lantern.example'],
      refused: [],
      seen: [],
    });
  });

  // Who would name such a host is the server on this machine, and with the link would go the credential.
  test.each([
    [ORIGIN, ['eu.lantern.example'], []],
    ['https://login.lantern.example', ['api.lantern.example', 'eu.lantern.example'], ['https://login.lantern.example']],
  ])('%s: a link to another host of the provider is refused, and told of', async (origin, linkHosts, told) => {
    const client = open(origin, linkHosts);
    expect(await ask(client, 'https://eu.lantern.example/v1/users')).toContain('(eu.lantern.example) than');
    for (const host of ['eu.lantern.example', 'login.lantern.example']) {
      lantern.leadsTo = `https://${host}`;
      expect(await ask(client, `${ORIGIN}/v1/users`)).toContain(`(${host}). It was not followed`);
    }
    expect(lookedUp).toEqual([]);
    expect({ others, refused }).toEqual({ others: told, refused: ['eu.lantern.example'] });
    expect(lantern.seen.map(({ path }) => path)).toEqual(['/v1/users', '/v1/users']);
  });

  test('a link of the server to its own address is followed', async () => {
    expect(await ask(open(ORIGIN), `${lantern.url}/v1/users?page=2`)).toBe(200);
    expect(lantern.seen).toMatchObject([{ path: '/v1/users?page=2', authorization: `Bearer ${TOKEN}` }]);
  });
});
