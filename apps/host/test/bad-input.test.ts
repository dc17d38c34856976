import type { IntegrationView, ProblemBody } from '@castellan/api';
import { lastRunOf, settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 2, events: 10, seed: 5 });
  host = await TestHost.start(settingsFor(folder));
}, 60_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

beforeEach(() => {
  simulator.setGrantedScopes(DEFAULT_SCOPES);
  simulator.setAdminRole(true);
  simulator.requests.reset();
});

/** Nothing of a refused connection may be left: neither the integration nor a run of it. */
afterEach(async () => {
  const { body } = await host.api.get<{ readonly items: readonly IntegrationView[] }>('/integrations');
  expect(body.items).toEqual([]);
});

function problem(status: number, fields: readonly string[], detail: RegExp) {
  return {
    status,
    type: expect.stringContaining('application/problem+json'),
    body: { status, detail: expect.stringMatching(detail), errors: fields.map((field) => expect.objectContaining({ field })) },
  };
}
test.each(['/api-keys', '/users', '/webhooks', '/workspaces', '/integrations', '/connectors/okta/test', '/session'])(
  'POST %s without anything says once of each field what is missing, and nothing else',
  async (path) => {
    const { status, body } = await host.api.post<ProblemBody>(path, {});
    expect(status).toBe(400);
    const said = body.errors?.map(({ field }) => field) ?? [];
    expect(said).toEqual([...new Set(said)]);
    expect(said.length).toBeGreaterThan(0);
    for (const { message } of body.errors ?? []) expect(message).toMatch(/^Is required(\.|: )/);
  },
);

test('a value of another kind is told so, and nothing that is not true of it', async () => {
  const { body } = await host.api.post<ProblemBody>('/api-keys', { name: 5, scopes: 'all' });
  expect(body.errors).toEqual([
    { field: 'name', message: expect.stringMatching(/text/) },
    { field: 'scopes', message: expect.stringMatching(/list/) },
  ]);
});

const withDomain = (domain: unknown): object => ({ connector: 'okta', config: { ...simulator.config, domain } });
const withAuth = (auth: object): object => ({ connector: 'okta', config: { ...simulator.config, auth } });

test.each([
  ['https://login-admin.okta.com', /site of Okta itself/],
  ['http://acme.okta.com', /https:\/\//],
  ['https://acme.okta.com.evil.test', /not an address of Okta/],
  ['https://acme.okta.com@evil.test', /user name/],
  ['https://10.1.2.3', /not an IP address/],
  ['https://[::ffff:a9fe:a9fe]', /not an IP address/],
  ['https://localhost', /host name|local machine/],
  ['https://acme.okta.com/api/v1', /remove "\/api\/v1"/],
  ['https://acme.okta.com\n', /not an address/],
  [['https://acme.okta.com'], /Must be text/],
  ['', /required/],
])('the domain %j is refused by name, and nobody is asked', async (domain, detail) => {
  expect(await host.api.refused(withDomain(domain))).toMatchObject(problem(422, ['config.domain'], detail));
  const test = await host.api.post<ProblemBody>('/connectors/okta/test', { config: { ...simulator.config, domain } });
  expect(test).toMatchObject(problem(422, ['config.domain'], detail));
  expect(simulator.requests.total).toBe(0);
});

test('unknown settings and unknown keys are named', async () => {
  const config = { ...simulator.config, domian: 'x', auth: { ...simulator.config.auth, secret: 'y' } };
  expect(await host.api.refused({ connector: 'okta', config })).toMatchObject(
    problem(422, ['config.domian', 'config.auth.secret'], /domian.*secret/),
  );
  expect(await host.api.refused({ connector: 'okta', config: simulator.config, colour: 'red' })).toMatchObject(
    problem(400, ['colour'], /Known:/),
  );
  expect(simulator.requests.total).toBe(0);
});

test('X20: __proto__ is a key like any other', async () => {
  const body = `{"connector":"okta","__proto__":{"acceptIncomplete":true},"config":{"__proto__":{"domain":"x"}}}`;
  for (const [text, field] of [
    [body, '__proto__'],
    [body.replace('"__proto__":{"acceptIncomplete":true},', ''), 'config.__proto__'],
  ] as const) {
    const response = await fetch(`${host.host.url}/api/integrations`, {
      method: 'POST',
      headers: { ...host.api.credentials, 'content-type': 'application/json' },
      body: text,
    });
    expect(await response.json()).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ field })]) });
  }
});

test.each([
  [{}, ['connector', 'config']],
  [{ connector: 'okta', config: {} }, ['config.domain', 'config.auth']],
  [{ connector: 'okta', config: 'text' }, ['config']],
  [{ connector: 'okta', config: { domain: 'https://a.okta.com', auth: { method: 'guess' } } }, ['config.auth.method']],
  [{ connector: 'none', config: {} }, ['connector']],
  [{ connector: 7, config: {} }, ['connector']],
  [{ connector: 'okta', config: {}, name: '' }, ['name']],
  [{ connector: 'okta', config: {}, name: 'a\0b' }, ['name']],
  [{ connector: 'okta', config: {}, owner: 3 }, ['owner']],
  [{ connector: 'okta', config: {}, owner: 'ana' }, ['owner']],
  [{ connector: 'okta', config: {}, schedule: 'daily' }, ['schedule']],
  [{ connector: 'okta', config: {}, acceptIncomplete: 'yes' }, ['acceptIncomplete']],
])('%j is refused by name', async (input, fields) => {
  const answer = await host.api.refused(input);
  expect([400, 404, 422]).toContain(answer.status);
  expect(answer.body.errors?.map(({ field }) => field)).toEqual(expect.arrayContaining([...fields]));
});

test('a NUL in a setting is refused before it reaches the database', async () => {
  const auth = { ...simulator.config.auth, clientId: 'a\0b' };
  expect(await host.api.refused(withAuth(auth))).toMatchObject(problem(422, ['config.auth.clientId'], /NUL/));
});

test('a wrong secret', async () => {
  const answer = await host.api.refused(withAuth({ ...simulator.config.auth, clientSecret: 'not-the-secret' }));
  expect(answer).toMatchObject(problem(422, ['config.auth.clientSecret'], /secret/i));
  expect(answer.body).toMatchObject({
    title: 'The connection was refused',
    checks: [{ name: 'credential', status: 'failed' }],
  });
  expect(JSON.stringify(answer.body)).not.toContain('not-the-secret');
});

test('the secret of a custom app: a key is needed', async () => {
  const answer = await host.api.refused(withAuth(simulator.credentials.customAppSecret));
  expect(answer).toMatchObject({
    status: 422,
    body: { detail: expect.stringMatching(/key/i), checks: [{ name: 'credential' }] },
  });
});

test('no scope granted', async () => {
  simulator.setGrantedScopes([]);
  const answer = await host.api.refused({ connector: 'okta', config: simulator.config, acceptIncomplete: true });
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain('okta.users.read');
});

test('one scope missing: refused by its name, unless it is accepted', async () => {
  simulator.setGrantedScopes(DEFAULT_SCOPES.filter((scope) => scope !== 'okta.roles.read'));
  const input = { connector: 'okta', config: simulator.config };
  const answer = await host.api.refused(input);
  expect(answer).toMatchObject(problem(422, ['okta.roles.read'], /okta\.roles\.read.*acceptIncomplete/s));
  const created = await host.api.create(simulator.config, { acceptIncomplete: true });
  await host.api.untilRun(created.id, lastRunOf(created).id);
  const { status, streams, counts } = await host.api.detail(created.id);
  expect(status).toMatchObject({ state: 'degraded', streams: expect.arrayContaining(['roles']) });
  expect(streams.find(({ name }) => name === 'roles')).toMatchObject({
    state: 'skipped',
    error: { missing: ['okta.roles.read'] },
  });
  expect(counts.account).toBe(8);
  await host.api.ask('DELETE', `/integrations/${created.id}`);
}, 40_000);

test('no role: users are listed empty, and that is said', async () => {
  simulator.setAdminRole(false);
  const answer = await host.api.refused({ connector: 'okta', config: simulator.config });
  expect(answer.status).toBe(422);
  expect(answer.body.checks).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'stream accounts', status: 'failed' })]),
  );
  expect(answer.body.detail).toMatch(/role/i);
});

test('nobody at the address', async () => {
  const answer = await host.api.refused(withDomain('http://127.0.0.1:9'));
  expect(answer).toMatchObject({ status: 422, body: { checks: [{ name: 'organisation', status: 'failed' }] } });
});

test('a test of given settings is answered with its report, good or bad', async () => {
  const { clientSecret } = simulator.credentials.customAppSecret;
  const auth = { ...simulator.config.auth, clientSecret };
  const answer = await host.api.post<object>('/connectors/okta/test', { config: { ...simulator.config, auth } });
  expect(answer).toMatchObject({
    status: 200,
    body: { ok: false, checks: expect.arrayContaining([expect.objectContaining({ status: 'failed' })]) },
  });
});
