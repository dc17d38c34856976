import { ConfigError, type ConnectionCheck, InternalError, TransientError } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import type { OktaClient } from '../src/client/okta-client.js';
import { connector, POSTURE_SCOPES } from '../src/index.js';
import { problemRow } from '../src/probe/problem-row.js';
import { Probing } from '../src/probe/probing.js';
import { proofOf } from '../src/probe/proofs.js';
import { streamsToProbe } from '../src/probe/stream-rows.js';
import { TinyHost } from './support/tiny-host.js';

const SCOPES = ['okta.users.read', 'okta.groups.read', 'okta.apps.read', 'okta.roles.read', 'okta.idps.read', 'okta.logs.read'];

describe('the connection test', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 20, groups: 12, apps: 12 });
  });
  afterEach(() => {
    simulator.setFaults([]);
    simulator.setGrantedScopes(SCOPES);
    simulator.setAdminRole(true);
  });
  afterAll(() => simulator.close());

  const report = async (auth: unknown = simulator.credentials.clientSecret): Promise<Awaited<ReturnType<TinyHost['test']>>> =>
    (await TinyHost.create({ domain: simulator.url, auth })).test();
  const reportWith = async (more: object): ReturnType<typeof report> =>
    (await TinyHost.create({ ...simulator.config, ...more })).test();
  const row = (found: Awaited<ReturnType<typeof report>>, name: string): ConnectionCheck | undefined =>
    found.checks.find((check) => check.name === name);
  const rows = (found: Awaited<ReturnType<typeof report>>, status: string): readonly string[] =>
    found.checks.filter((check) => check.status === status).map(({ name }) => name);

  it('is good throughout when everything is granted', async () => {
    const found = await report();
    expect(rows(found, 'ok')).toEqual([
      'organisation',
      'clock',
      'credential',
      'DPoP',
      ...SCOPES.map((scope) => `scope ${scope}`),
      ...connector.streams.filter(({ pack }) => pack === undefined).map(({ name }) => `stream ${name}`),
      ...['users', 'groups', 'apps', 'iam', 'other', 'logs'].map((bucket) => expect.stringMatching(`rate limit ${bucket}`)),
    ]);
    expect(found.checks.filter(({ turn, todo }) => turn !== undefined || todo !== undefined)).toEqual([]);
    expect(found.tenant).toEqual({ id: simulator.org.id, displayName: expect.any(String) });
  });

  it('has a row for each scope, and does not try what lacks one', async () => {
    simulator.setGrantedScopes(SCOPES.filter((scope) => scope !== 'okta.roles.read'));
    const found = await report();
    expect(rows(found, 'failed')).toEqual(['scope okta.roles.read']);
    expect(rows(found, 'skipped')).toEqual(
      ['roles', 'user-role-assignments', 'group-role-assignments', 'client-role-assignments'].map((name) => `stream ${name}`),
    );
    expect(row(found, 'stream roles')?.message).toBe('Not readable: the scope okta.roles.read is not granted.');
    expect(found.checks.find(({ status }) => status === 'failed')).toMatchObject({
      blocks: 'stream',
      turn: 'you',
      todo: expect.stringMatching(/^Grant okta\.roles\.read in Okta/),
      error: { kind: 'permission', missing: ['okta.roles.read'], message: expect.stringMatching(/Okta API Scopes/) },
    });
  });

  it('says that the admin role is missing', async () => {
    simulator.setAdminRole(false);
    const found = await report();
    expect(row(found, 'stream accounts')).toMatchObject({
      status: 'failed',
      blocks: 'connection',
      turn: 'you',
      todo: expect.stringMatching(/^Assign the admin role.*Read-Only Administrator\.$/),
      error: { kind: 'permission', message: expect.stringMatching(/admin role/i) },
    });
  });

  it('stops at a credential that does not work, and names the field', async () => {
    const found = await report({ ...simulator.credentials.clientSecret, clientSecret: 'wrong-CANARY' });
    expect(rows(found, 'failed')).toEqual(['credential']);
    expect(found.checks.find(({ status }) => status === 'failed')).toMatchObject({
      blocks: 'connection',
      error: { kind: 'auth', field: 'auth.clientSecret' },
      turn: 'you',
      todo: expect.stringContaining('auth.clientSecret'),
    });
    expect(JSON.stringify(found)).not.toContain('CANARY');
  });

  it('tells the owner of a custom app that it needs a key', async () => {
    const found = await report(simulator.credentials.customAppSecret);
    expect(found.checks.find(({ status }) => status === 'failed')?.error?.message).toMatch(/key/);
  });

  it('names the token field', async () => {
    const found = await report({ method: 'api_token', token: '00wrong' });
    expect(found.checks.find(({ status }) => status === 'failed')).toMatchObject({
      name: 'credential',
      error: { kind: 'auth', field: 'auth.token' },
    });
  });

  it('takes a token with its scheme in front, as it stands in commands', async () => {
    const { token } = simulator.credentials.apiToken;
    expect(rows(await report({ method: 'api_token', token: `SSWS ${token}` }), 'failed')).toEqual([]);
  });

  it('leaves scopes out for a token', async () => {
    const found = await report(simulator.credentials.apiToken);
    expect(rows(found, 'skipped')).toEqual(['DPoP', ...SCOPES.map((scope) => `scope ${scope}`)]);
    expect(rows(found, 'failed')).toEqual([]);
  });

  it('names the domain when nobody answers there', async () => {
    simulator.setFaults([{ kind: 'reset', match: '/.well-known/okta-organization' }]);
    const found = await report();
    expect(found.tenant).toBeNull();
    expect(found.checks[0]).toMatchObject({
      name: 'organisation',
      status: 'failed',
      blocks: 'connection',
      error: { kind: 'transient', field: 'domain' },
      turn: 'you',
    });
  });

  it('sends no credential to a host that is no Okta organisation', async () => {
    simulator.setFaults([{ kind: 'html', match: '/.well-known/okta-organization' }]);
    const before = simulator.requests.byTemplate['/oauth2/v1/token'] ?? 0;
    const found = await report();
    expect(found.tenant).toBeNull();
    expect(found.checks[0]).toMatchObject({
      name: 'organisation',
      status: 'failed',
      blocks: 'connection',
      error: { kind: 'config', field: 'domain' },
    });
    expect(simulator.requests.byTemplate['/oauth2/v1/token'] ?? 0).toBe(before);
  });

  it('says which stream cannot be read, and which cannot without it', async () => {
    simulator.setFaults([
      { kind: 'forbidden', match: '/api/v1/groups/rules' },
      { kind: 'status', status: 501, match: '/api/v1/idps' },
      { kind: 'not-found', match: '/api/v1/users/{userId}/factors' },
    ]);
    const found = await report();
    expect(rows(found, 'failed')).toEqual(['stream group-rules', 'stream identity-providers']);
    expect(row(found, 'stream group-rules')).toMatchObject({ blocks: 'stream', turn: 'you', error: { kind: 'permission' } });
    expect(row(found, 'stream identity-providers')).toMatchObject({
      turn: 'provider',
      todo: expect.stringMatching(/^Ask Okta/),
    });
    expect(row(found, 'stream idp-links')).toMatchObject({
      status: 'skipped',
      message: 'Not readable without identity-providers.',
    });
  });

  it('asks little: 14 calls, those for a bound token included', async () => {
    const bound = await startSimulator({ users: 20, groups: 12, apps: 12, dpop: 'required', limits: 'on' });
    try {
      const host = await TinyHost.create({ domain: bound.url, auth: bound.credentials.privateKey, rateLimitShare: 50 });
      const found = await host.test();
      expect(rows(found, 'failed')).toEqual([]);
      expect(row(found, 'DPoP')?.message).toMatch(/^Needed/);
      expect(row(found, 'rate limit groups')?.message).toBe(
        '250 a minute, of which Castellan spends at most 125 (50 percent).',
      );
      const calls = Object.values(bound.requests.byTemplate).reduce((total, count) => total + count, 0);
      expect(calls).toBeLessThanOrEqual(14);
      const groupsLeft = bound.requests.byTemplate['/api/v1/groups'];
      expect(groupsLeft).toBe(1);
    } finally {
      await bound.close();
    }
  });

  it('has nothing to look into in an organisation of one person', async () => {
    const small = await startSimulator({ users: 1, groups: 1, apps: 0 });
    try {
      const found = await (await TinyHost.create(small.config)).test();
      expect(rows(found, 'failed')).toEqual([]);
      expect(row(found, 'stream app-user-assignments')).toMatchObject({
        status: 'ok',
        message: expect.stringMatching(/nothing yet/),
      });
    } finally {
      await small.close();
    }
  });

  it('shows what the settings leave out', async () => {
    const found = await reportWith({ excludeGroups: ['Test*'], skipFactors: true });
    expect(row(found, 'selection')?.message).toBe(
      `The groups whose name matches "Test*" are left out. People's factors are left out.`,
    );
    expect(row(found, 'stream authenticators')).toMatchObject({
      status: 'skipped',
      message: expect.stringContaining('skipFactors'),
    });
    expect(rows(found, 'failed')).toEqual([]);
  });

  describe('with the posture scopes', () => {
    it('has a row for each, and one that is missing blocks no more than its own data', async () => {
      simulator.setGrantedScopes([...SCOPES, ...POSTURE_SCOPES.filter((scope) => scope !== 'okta.policies.read')]);
      const found = await reportWith({ posture: true });
      expect(rows(found, 'failed')).toEqual(['scope okta.policies.read']);
      expect(row(found, 'scope okta.policies.read')).toMatchObject({
        blocks: 'stream',
        turn: 'you',
        message: expect.stringContaining('"not readable"'),
      });
      for (const scope of [...SCOPES, ...POSTURE_SCOPES].filter((name) => name !== 'okta.policies.read'))
        expect(row(found, `scope ${scope}`)?.status).toBe('ok');
    });

    it('says nothing of them when the switch is off', async () => {
      const found = await report();
      expect(found.checks.filter(({ name }) => name.includes('policies'))).toEqual([]);
      const policies = { name: 'policies', requires: ['okta.policies.read'], dependsOn: [], pack: 'posture' };
      const result = await connector.validateConfig({ domain: 'acme.okta.com', auth: { method: 'api_token', token: 'x' } });
      if (!result.ok) throw new Error('not valid');
      expect(streamsToProbe([policies], result.config)).toEqual([]);
      expect(streamsToProbe([policies], { ...result.config, posture: true })).toEqual([policies]);
    });

    it.each(POSTURE_SCOPES)('knows a read that shows %s', async (scope) => {
      const asked: string[] = [];
      const answer = (url: string) => {
        asked.push(url);
        return Promise.resolve({ status: 200, headers: {}, body: [{ id: 'x1' }], next: undefined, date: undefined });
      };
      // The two methods that proofs call.
      const client = { get: ({ url }) => answer(url), find: ({ url }) => answer(url) } as Pick<
        OktaClient,
        'get' | 'find'
      > as OktaClient;
      const proof = proofOf({ name: 'anything', requires: [scope] });
      if (proof === undefined) throw new Error('no proof');
      await new Probing(client).prove(proof);
      expect(asked.at(-1)).toMatch(/^\/api\/v1\//);
    });
  });

  describe('the clock', () => {
    const withClock = async (aheadMs: number, auth?: object) => {
      const ahead = () => new Date(Date.now() + aheadMs);
      const found = await (await TinyHost.create({ ...simulator.config, ...(auth && { auth }) }, ahead)).test();
      return { clock: row(found, 'clock'), failed: rows(found, 'failed') };
    };

    it.each([0, 50_000, -50_000])('%d ms off is well', async (ms) => {
      expect((await withClock(ms)).clock).toMatchObject({ status: 'ok', message: expect.stringMatching(/^Within \d+ s/) });
    });

    it('two minutes off is worth a word', async () => {
      expect((await withClock(120_000)).clock).toMatchObject({
        status: 'ok',
        message: expect.stringMatching(/2 min ahead of Okta's/),
        turn: 'you',
        todo: expect.stringContaining('NTP'),
      });
    });

    it('two hours off ends nothing while what is signed is corrected, and is named when Okta refuses it all the same', async () => {
      const { privateKey } = simulator.credentials;
      expect(await withClock(-7_200_000, privateKey)).toMatchObject({
        failed: [],
        clock: { message: expect.stringMatching(/2 h behind/) },
      });
      const refused = await withClock(-7_200_000, { ...privateKey, keyId: 'another' });
      expect(refused.failed).toEqual(['clock', 'credential']);
      expect(refused.clock).toMatchObject({ blocks: 'connection', turn: 'you', todo: expect.stringContaining('NTP') });
    });
  });
});

test('a mistake of ours is ours, also where a setting is named', () => {
  const row = problemRow('service', new InternalError({ message: 'Something broke.' }), 'connection', 'domain');
  expect(row).toMatchObject({ turn: 'castellan', error: { field: 'domain' } });
  expect(problemRow('service', new TransientError({ message: 'Nobody answers.' }), 'connection', 'domain').turn).toBe('you');
});

test('an error of which nobody knows the setting leaves the one that is to be looked at', () => {
  const nameless = new ConfigError({ message: 'Must be https.', field: '' });
  expect(problemRow('service', nameless, 'connection', 'domain')).toMatchObject({
    error: { field: 'domain' },
    todo: 'Correct the setting domain, then test again.',
  });
  expect(problemRow('service', nameless, 'connection').todo).toBe('Correct the settings, then test again.');
});
