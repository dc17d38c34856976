import type { IntegrationDetail, NewApiKeyView, ProblemBody } from '@castellan/api';
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OpenApiDocument } from '../../src/docs/open-api.js';
import { DEFAULT_LIMITS } from '../../src/throttle/limits.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { loadHost, loadLogging, loadStorage } from '../loaded-once.js';
import { Canaries } from './canaries.js';
import { apiKey, person, PASSWORD } from './workspace-people.js';
import { type Simulator, startSimulator } from '../simulator.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const folder = temporaryFolder();
const dataDir = join(folder, 'answers');
let simulator: Simulator;
let host: TestHost;
let integration: IntegrationDetail;
beforeAll(async () => {
  simulator = await startSimulator({ users: 10, groups: 3, apps: 2, events: 10, seed: 61 });
  host = await TestHost.start(settingsFor(dataDir));
  integration = await host.api.synced(simulator.config);
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

describe('X42: without a session', () => {
  test('the open routes tell nothing of this host', async () => {
    const nobody = host.api.anonymous();
    const open = host.host.routes.filter(({ method, access }) => method === 'GET' && access === 'public');
    const answers = await Promise.all(open.map(async ({ path }) => [path, (await nobody.get(path.slice(4))).body]));
    expect(Object.fromEntries(answers)).toEqual({
      '/api/health/live': { status: 'ok' },
      '/api/health/ready': { status: 'ok' },
      '/api/sign-in': { needsSetUp: false, oidc: null },
      '/api/oidc/callback': expect.objectContaining({ status: expect.any(Number) }),
    });
  });

  test.each(['/metrics', '/docs', '/docs/openapi.json', '/integrations', '/audit-log'])(
    '%s says that one must sign in',
    async (path) => {
      const response = await fetch(`${host.host.url}/api${path}`);
      expect(response.status).toBe(401);
      const text = await response.text();
      expect(JSON.parse(text)).toEqual({
        type: 'urn:castellan:problem:not-signed-in',
        title: 'Not signed in',
        status: 401,
        detail: expect.any(String),
      });
      expect([...response.headers.keys()]).not.toEqual(expect.arrayContaining(['server', 'x-powered-by', 'etag']));
      expect(text + [...response.headers].join()).not.toMatch(/\d+\.\d+\.\d+|express|nest|node/i);
    },
  );
});

describe('X34: event hooks of Okta', () => {
  const PATHS = [
    'hooks',
    'hooks/okta',
    'event-hooks',
    'webhooks/okta',
    `integrations/${UNKNOWN}/events`,
    `integrations/${UNKNOWN}/hooks`,
  ];
  const challenge = { 'x-okta-verification-challenge': 'the challenge that is to come back' };

  test.each(PATHS)('%s does not exist, with or without a key', async (path) => {
    const key = await apiKey(host.api, ['integrations:read', 'integrations:manage', 'webhooks:manage']);
    for (const { credentials } of [host.api.anonymous(), key]) {
      const url = `${host.host.url}/api/${path}`;
      const body = JSON.stringify({ eventType: 'com.okta.event_hook', data: { events: [{ uuid: UNKNOWN }] } });
      const posted = await fetch(url, {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json' },
        body,
      });
      // `webhooks/okta` reads as `webhooks/:id`, which nobody posts to.
      expect([404, 405]).toContain(posted.status);
      const verified = await fetch(url, { headers: { ...credentials, ...challenge } });
      expect([401, 404]).toContain(verified.status);
      expect(await verified.text()).not.toContain('challenge that is');
    }
  });
});

describe('X38: a live stream', () => {
  test('is not opened without a session, without the permission, or for another site', async () => {
    const key = await apiKey(host.api, ['records:read']);
    for (const path of ['/progress', `/integrations/${integration.id}/progress`]) {
      const [nobody, other, foreign, sister] = [
        await host.api.anonymous().watch(path),
        await key.watch(path),
        await host.api.watch(path, { origin: 'https://evil.test' }),
        await host.api.watch(path, { origin: 'http://localhost:1' }),
      ];
      expect([nobody.status, other.status, foreign.status, sister.status]).toEqual([401, 403, 403, 403]);
    }
  });

  test('is closed within 5 seconds after a sign-out, a revoked key and a disabled user', async () => {
    const signedOut = await person(host.api, 'olga@castellan.test', 'viewer');
    const disabled = await person(host.api, 'dora@castellan.test', 'viewer');
    const made = await host.api.post<NewApiKeyView>('/api-keys', { name: 'watch', scopes: ['integrations:read'] });
    const key = host.api.anonymous().withKey(made.body.key);
    const readers = await Promise.all([signedOut.api, disabled.api, key, host.api].map((api) => api.watch('/progress')));
    await Promise.all(readers.map((reader) => reader.untilEvent('integration')));
    const began = performance.now();
    expect((await signedOut.api.send('DELETE', '/session')).status).toBe(204);
    expect((await host.api.ask('PATCH', `/users/${disabled.id}`, { disabled: true })).status).toBe(200);
    expect((await host.api.ask('DELETE', `/api-keys/${made.body.id}`)).status).toBe(204);
    const own = readers.pop();
    await until(() => readers.every(({ isClosed }) => isClosed));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(readers.map(({ events }) => events.at(-1)?.data)).toEqual(readers.map(() => ({ reason: 'signed_out' })));
    expect(own?.isClosed).toBe(false);
    own?.close();
  });
});

test('X31: nobody else of this machine reads the data folder', async () => {
  // With the host's own database, whose folder is in it.
  const own = join(folder, 'own');
  const [{ startHost }, { rootLogger }] = await Promise.all([loadHost(), loadLogging()]);
  const alone = await startHost(settingsFor(own), {
    logger: rootLogger('warn', { write: () => undefined }),
    limits: DEFAULT_LIMITS,
    tell: () => undefined,
  });
  try {
    // Others may pass through to the database's own folder, and see no name in it.
    expect((statSync(own).mode & 0o777).toString(8)).toBe('711');
    const below = readdirSync(own, { recursive: true, encoding: 'utf8' })
      .map((name) => join(own, name))
      // The programs of the server, which come with the package.
      .filter((path) => !path.includes('/runtime-'));
    expect(below.length).toBeGreaterThan(500);
    const open = below.filter((path) => {
      const stat = statSync(path);
      // A socket is as closed as its folder.
      return !stat.isSocket() && (stat.mode & 0o077) !== 0;
    });
    expect(open).toEqual([]);
    const sockets = below.filter((path) => statSync(path).isSocket());
    expect(sockets.map((path) => basename(path))).toEqual([expect.stringMatching(/^\.s\.PGSQL/)]);
    for (const path of sockets) expect((statSync(dirname(path)).mode & 0o777).toString(8)).toBe('700');
  } finally {
    await alone.close();
  }
}, 30_000);

test('X43: the dump of what was collected has no secret, and no hash of a session, key or password', async () => {
  const { keyFromFile, openStorage } = await loadStorage();
  const storage = await openStorage({
    url: host.host.databaseUrl,
    dataDir: '',
    key: keyFromFile(join(dataDir, 'castellan.key'), { create: false }),
    logger: SILENT,
  });
  try {
    const canaries = new Canaries();
    canaries.add('client secret', simulator.config.auth.clientSecret);
    canaries.add('session', String(host.api.credentials['cookie']).split('=')[1] ?? '');
    canaries.add('password', PASSWORD);
    for (const sql of [
      'SELECT token_hash AS hash FROM sessions',
      'SELECT token_hash AS hash FROM api_keys',
      'SELECT password_hash AS hash FROM users',
    ])
      for (const { hash } of await host.query(sql))
        if (hash !== null) canaries.add(sql, hash instanceof Buffer ? hash : String(hash));
    expect(canaries.names).toHaveLength(6);
    const lines: string[] = [];
    const { rows } = await storage.canonicalDump(integration.id, (line) => lines.push(line));
    expect(rows).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(15);
    expect(canaries.foundIn(lines.join('\n'))).toEqual([]);
  } finally {
    await storage.close();
  }
});

// Last: it takes the tables away.
test('X41: where the database fails, every route shows a general text and a number', async () => {
  const document = (await host.api.get<OpenApiDocument>('/docs/openapi.json')).body;
  const kept = ['users', 'workspaces', 'sessions', 'api_keys'];
  const tables = (await host.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`))
    .map(({ name }) => String(name))
    .filter((name) => !kept.includes(name) && !name.startsWith('activity_'));
  const rename = (from: string, to: string): Promise<unknown> =>
    host.query(tables.map((name) => `ALTER TABLE "${name}${from}" RENAME TO "${name}${to}"`).join('; '));
  await rename('', '_away');
  const failed: string[] = [];
  try {
    for (const { method, path } of host.host.routes.filter((route) => !route.path.endsWith('/progress'))) {
      const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      const [example] = Object.values(operation?.requestBody?.content['application/json']?.examples ?? {});
      const body = example !== undefined && 'value' in example ? example.value : undefined;
      const at = path.slice('/api'.length).replace('connectors/:id', 'connectors/okta').replace(':kind', 'account');
      const answer = await host.api.ask<ProblemBody>(method, at.replaceAll(/:\w+/g, UNKNOWN), body);
      if (answer.status < 400) continue;
      expect([path, JSON.stringify(answer.body)]).toEqual([
        path,
        expect.not.stringMatching(/relation|SELECT|INSERT|UPDATE |_away|node_modules|\.[jt]s:|\/tmp\/|\/dev\/shm\//),
      ]);
      if (answer.status < 500) continue;
      failed.push(`${method} ${path}`);
      const { reference = '', ...rest } = answer.body;
      expect([path, rest]).toEqual([
        path,
        {
          type: 'urn:castellan:problem:internal',
          title: 'Internal error',
          status: 500,
          detail: `Something went wrong inside Castellan. The log has the details under reference ${reference}.`,
        },
      ]);
      expect(reference).toMatch(/^[0-9a-f-]{36}$/);
    }
  } finally {
    await rename('_away', '');
  }
  expect(failed.length).toBeGreaterThan(35);
}, 60_000);
