import { ConfigError, InternalError, TransientError } from '@castellan/connector-sdk';
import { problemRow } from '../src/probe/problem-row.js';
import { Directory } from './support/directory.js';
import { error, FakeScim, type Manners } from './support/fake-scim.js';
import { TestHost } from './support/test-host.js';

let fake: FakeScim;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(12, 4));
});
afterEach(() => fake.close());

async function rows(settings: object = {}): Promise<Readonly<Record<string, object>>> {
  const host = await TestHost.of(fake.url, { settings });
  const { checks } = await host.test();
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

const NAMES = [
  'service',
  'credential',
  'stream accounts',
  'stream groups',
  'stream memberships',
  'stream roles',
  'stream role-assignments',
  'filter',
  'patch',
];

test('a good service: every row is good, the tenant is the base URL, nothing is changed, few calls', async () => {
  const host = await TestHost.of(fake.url);
  const { tenant, checks } = await host.test();
  expect(tenant).toEqual({ id: fake.url, displayName: new URL(fake.url).host });
  expect(checks.map(({ name }) => name)).toEqual(NAMES);
  expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(fake.asked.every(({ method }) => method === 'GET')).toBe(true);
  expect(fake.asked.length).toBeLessThanOrEqual(9);
});

test('documents that are missing are said and cost nothing', async () => {
  Object.assign(fake.manners, { config: 404, types: 403, schemas: 501 });
  fake.manners.types = undefined;
  fake.manners.instead = ({ path }) => {
    if (path === '/ResourceTypes') return error(403, undefined, 'No');
    return path === '/Schemas' ? { body: '<html>not here</html>' } : undefined;
  };
  const checks = await rows();
  expect(checks['service']).toMatchObject({
    status: 'ok',
    message: expect.stringMatching(
      /ServiceProviderConfig is not told \(status 404\).*ResourceTypes is not told \(not allowed\).*Schemas is not told \(not readable\).*usual is assumed/,
    ),
  });
  expect(checks['patch']).toMatchObject({ status: 'skipped', message: expect.stringContaining('does not say') });
  const host = await TestHost.of(fake.url);
  await host.run();
  expect(host.stopped).toEqual([]);
  expect(host.keys('account')).toHaveLength(12);
});

const TROUBLES: readonly (readonly [string, Partial<Manners>, object])[] = [
  [
    'a refused credential',
    { instead: () => error(401, undefined, 'No') },
    { credential: { status: 'failed', blocks: 'connection', turn: 'you', error: { kind: 'auth', field: 'auth.token' } } },
  ],
  [
    'another page at the address',
    { instead: () => ({ headers: { 'content-type': 'text/html' }, body: '<html></html>' }) },
    { service: { status: 'failed', blocks: 'connection', turn: 'you', error: { kind: 'upstream', field: 'url' } } },
  ],
  [
    'nothing at the address',
    { instead: () => error(404, undefined, 'Nothing here') },
    {
      service: {
        status: 'failed',
        blocks: 'connection',
        error: { kind: 'upstream', field: 'url', message: expect.stringContaining('Check the base URL') },
      },
    },
  ],
  [
    'a service in trouble',
    { instead: () => ({ status: 503, body: {} }) },
    { service: { status: 'failed', blocks: 'connection', error: { kind: 'transient', field: 'url' } } },
  ],
  [
    'no right to read anything',
    { instead: () => error(403, undefined, 'No') },
    { 'stream accounts': { status: 'failed', blocks: 'connection', error: { kind: 'permission', missing: ['read Users'] } } },
  ],
  [
    'no right to read groups',
    { instead: ({ path }) => (path.startsWith('/Groups') ? error(403, undefined, 'No') : undefined) },
    {
      'stream accounts': { status: 'ok' },
      'stream groups': {
        status: 'failed',
        blocks: 'stream',
        turn: 'you',
        error: { kind: 'permission', missing: ['read Groups'] },
      },
      'stream memberships': { status: 'skipped' },
      filter: { status: 'ok' },
    },
  ],
  [
    'no right to read users',
    { instead: ({ path }) => (path.startsWith('/Users') ? error(403, undefined, 'No') : undefined) },
    {
      'stream accounts': { status: 'failed', blocks: 'stream', error: { kind: 'permission' } },
      'stream groups': { status: 'ok' },
      'stream roles': { status: 'skipped' },
      filter: { status: 'skipped' },
    },
  ],
  [
    'no PATCH',
    { config: { patch: { supported: false } } },
    { patch: { status: 'skipped', message: expect.stringContaining('no actions') } },
  ],
  [
    'a service without groups',
    {
      types: {
        Resources: [
          { name: 'User', endpoint: '/Users' },
          { name: 'Device', endpoint: '/Devices' },
        ],
      },
    },
    {
      service: { message: expect.stringContaining('Not read: Device.') },
      'stream groups': { status: 'ok', message: 'The service has no groups.' },
    },
  ],
  [
    'groups that show no members',
    { members: 'hidden' },
    { 'stream memberships': { status: 'ok', message: expect.stringContaining('shows no members') } },
  ],
];

test.each(TROUBLES)('%s', async (_, manners, expected) => {
  Object.assign(fake.manners, manners);
  const checks = await rows();
  expect(Object.keys(checks).toSorted()).toEqual(NAMES.toSorted());
  expect(checks).toMatchObject(expected);
  for (const check of Object.values(checks)) {
    if ('status' in check && check.status === 'failed')
      expect(check).toMatchObject({ turn: expect.any(String), todo: expect.stringMatching(/\.$/) });
  }
});

test('a service that must be asked at a later time says when', async () => {
  fake.manners.instead = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: {} });
  expect(await rows()).toMatchObject({
    service: { status: 'failed', error: { kind: 'rate_limit', retryAt: expect.any(String) } },
  });
});

test('stopped while nobody answers, the test lets go', async () => {
  fake.manners.instead = () => new Promise(() => undefined);
  const host = await TestHost.of(fake.url);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const began = Date.now();
  await expect(host.test(stop.signal)).rejects.toMatchObject({ kind: 'aborted' });
  // Not how fast it is, but that it does not wait for the service (5 s here).
  expect(Date.now() - began).toBeLessThan(2_000);
});

test('stopped while a list hangs, a run lets go', async () => {
  fake.manners.instead = ({ path }) => (path.startsWith('/Users') ? new Promise(() => undefined) : undefined);
  const host = await TestHost.of(fake.url);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  const began = Date.now();
  await host.run({ signal: stop.signal });
  expect(host.stopped).toContainEqual(expect.objectContaining({ error: expect.objectContaining({ kind: 'aborted' }) }));
  expect(Date.now() - began).toBeLessThan(2_300);
});

test('a mistake of ours is ours, also where a setting is named', () => {
  const row = problemRow('service', new InternalError({ message: 'Something broke.' }), 'connection', 'url');
  expect(row).toMatchObject({ turn: 'castellan', error: { field: 'url' } });
  expect(problemRow('service', new TransientError({ message: 'Nobody answers.' }), 'connection', 'url').turn).toBe('you');
});

test('an error of which nobody knows the setting leaves the one that is to be looked at', () => {
  const nameless = new ConfigError({ message: 'Must be https.', field: '' });
  expect(problemRow('service', nameless, 'connection', 'url')).toMatchObject({
    error: { field: 'url' },
    todo: 'Correct the setting url, then test again.',
  });
  expect(problemRow('service', nameless, 'connection').todo).toBe('Correct the settings, then test again.');
});
