import { type Simulator, startSimulator } from '@castellan/okta-simulator';
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
  const rows = (found: Awaited<ReturnType<typeof report>>, status: string): readonly string[] =>
    found.checks.filter((check) => check.status === status).map(({ name }) => name);

  it('is good throughout when everything is granted', async () => {
    const found = await report();
    expect(rows(found, 'ok')).toHaveLength(14);
    expect(found.tenant).toEqual({ id: simulator.org.id, displayName: expect.any(String) });
  });

  it('has a row for each scope, and does not try what lacks one', async () => {
    simulator.setGrantedScopes(SCOPES.filter((scope) => scope !== 'okta.roles.read'));
    const found = await report();
    expect(rows(found, 'failed')).toEqual(['scope okta.roles.read']);
    expect(rows(found, 'skipped')).toEqual(['read roles']);
    expect(found.checks.find(({ status }) => status === 'failed')).toMatchObject({
      blocks: 'stream',
      error: { kind: 'permission', missing: ['okta.roles.read'], message: expect.stringMatching(/Okta API Scopes/) },
    });
  });

  it('says that the admin role is missing', async () => {
    simulator.setAdminRole(false);
    const found = await report();
    expect(found.checks.find(({ name }) => name === 'read users')).toMatchObject({
      status: 'failed',
      error: { kind: 'permission', message: expect.stringMatching(/admin role/i) },
    });
  });

  it('stops at a credential that does not work, and names the field', async () => {
    const found = await report({ ...simulator.credentials.clientSecret, clientSecret: 'wrong-CANARY' });
    expect(rows(found, 'failed')).toEqual(['credential']);
    expect(found.checks.find(({ status }) => status === 'failed')).toMatchObject({
      blocks: 'connection',
      error: { kind: 'auth', field: 'auth.clientSecret' },
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

  it('leaves scopes out for a token', async () => {
    const found = await report(simulator.credentials.apiToken);
    expect(rows(found, 'skipped')).toEqual(SCOPES.map((scope) => `scope ${scope}`));
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
});
