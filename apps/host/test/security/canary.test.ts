import type { DeliveryView, InvitedUser, NewApiKeyView, WebhookWithSecret } from '@castellan/api';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '@castellan/storage';
import { Api, lastRunOf, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { loadStorage } from '../loaded-once.js';
import { query } from '../query.js';
import { Receiver } from '../webhook-harness.js';
import { Canaries } from './canaries.js';
import { MaliciousProvider } from './malicious-provider.js';
import { RecordedAnswers } from './recorded-answers.js';
import { dumpOf } from './table-dump.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// Every secret is made up here or caught as it is shown; then everything that a host says or keeps is searched for it.

/** The answers that show a secret, and which: everything else is a leak. */
const SHOWN = [
  'POST /api/api-keys: API key',
  'POST /api/connectors/okta/keys: new private key',
  'POST /api/invitations/accept: session',
  'POST /api/session: session',
  'POST /api/session/password: session',
  'POST /api/oidc: sign-in under way',
  'POST /api/set-up: session',
  'GET /api/oidc/callback: session',
  'POST /api/users/ID/invitation: invitation',
  'POST /api/users: invitation',
  'POST /api/webhooks/ID/secret: signing secret',
  'POST /api/webhooks: signing secret',
];

const secret = (name: string): string => `${name} canary "${randomBytes(9).toString('hex')}" ä/+?`;
const pem = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
/** Whole lines: what a log might cut a key into. */
const linesOf = (key: string): readonly string[] => key.split('\n').slice(2, 6);

const folder = temporaryFolder();
const canaries = new Canaries();
const passwords = {
  setUpToken: secret('set-up'),
  first: secret('password'),
  wrong: secret('wrong password'),
  next: secret('new password'),
};
const database = secret('database').replaceAll(/\W/g, '');
const key = randomBytes(32);
let answers: RecordedAnswers;
let simulator: Simulator;
let receiver: Receiver;
let provider: MaliciousProvider;
let postgres: EmbeddedPostgres;
let host: TestHost;
let events = '';

function rememberCookie(cookie: string): void {
  const [, name, token] = /^([\w-]+)=([\w-]{43});/.exec(cookie) ?? [];
  if (token !== undefined) canaries.add(name === '__Host-castellan' ? 'session' : 'sign-in under way', token);
}

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  simulator = await startSimulator({ users: 6, groups: 2, apps: 1, events: 5, seed: 41 });
  receiver = await Receiver.start();
  provider = await MaliciousProvider.start();
  const { startEmbeddedPostgres } = await loadStorage();
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const clientSecret = secret('oidc');
  const oidc = { issuer: provider.issuer, clientId: 'castellan', clientSecret, name: 'SSO', role: 'viewer' } as const;
  const settings = settingsFor(join(folder, 'host'), {
    // The embedded server asks for none, and so takes it.
    databaseUrl: postgres.url.replace('castellan@', `castellan:${database}@`),
    key: key.toString('base64'),
    logLevel: 'trace',
    setupToken: passwords.setUpToken,
    oidc,
  });
  expect(settings.databaseUrl).toContain(database);
  for (const [name, text] of Object.entries({ ...passwords, database, oidc: clientSecret })) canaries.add(name, text);
  canaries.add('key', key.toString('base64'), key);
  host = await TestHost.start(settings, { setUp: false });
  answers = new RecordedAnswers(host.host.url, rememberCookie);
}, 60_000);

afterAll(async () => {
  answers.end();
  await host.close();
  await postgres.stop();
  await receiver.close();
  await provider.close();
  await simulator.close();
}, 30_000);

async function signInAndOut(): Promise<Api> {
  const nobody = new Api(host.host.url);
  const first = { email: 'first@castellan.test', name: 'First', password: passwords.first };
  await nobody.post('/set-up', { ...first, token: passwords.wrong });
  await nobody.post('/set-up', { ...first, token: passwords.setUpToken });
  await nobody.post('/session', { email: first.email, password: passwords.wrong });
  await nobody.post('/session', { email: 'nobody@castellan.test', password: passwords.wrong });
  // What people type into the wrong field.
  await nobody.post('/session', { email: passwords.first, password: passwords.first });
  await nobody.post('/session', { email: `${passwords.wrong.replaceAll(/\W/g, '')}@castellan.test`, password: 'x' });
  const gone = await nobody.signIn(first.email, passwords.first);
  await gone.ask('DELETE', '/session');
  await gone.get('/session');
  const api = await nobody.signIn(first.email, passwords.first);
  const changed = await api.send('POST', '/session/password', {
    currentPassword: passwords.first,
    newPassword: passwords.next,
  });
  expect(changed.status).toBe(200);
  return nobody.withCookieOf(changed);
}

async function invite(api: Api): Promise<void> {
  const user = await api.post<InvitedUser>('/users', { email: 'ben@castellan.test', name: 'Ben', role: 'viewer' });
  canaries.add('invitation', user.body.invitation.token);
  const again = await api.post<{ readonly token: string }>(`/users/${user.body.id}/invitation`);
  canaries.add('invitation', again.body.token);
  const taken = { token: again.body.token, password: passwords.first };
  expect((await api.anonymous().post('/invitations/accept', taken)).status).toBe(201);
  expect((await api.anonymous().post('/invitations/accept', taken)).status).toBe(403);
}

async function makeKey(api: Api): Promise<void> {
  const made = await api.post<NewApiKeyView>('/api-keys', { name: 'canary', scopes: ['integrations:read'] });
  canaries.add('API key', made.body.key);
  const program = api.anonymous().withKey(made.body.key);
  await program.get('/integrations');
  await program.post('/integrations', {});
  await program.get(`/integrations?key=${made.body.key}`);
  await api.ask('DELETE', `/api-keys/${made.body.id}`);
  await program.get('/integrations');
}

async function connect(api: Api): Promise<void> {
  const { credentials, config, url } = simulator;
  canaries.add('client secret', credentials.clientSecret.clientSecret);
  canaries.add('API token', credentials.apiToken.token);
  canaries.add('private key', ...linesOf(credentials.privateKey.privateKey));
  const wrongSecret = secret('wrong client secret').replaceAll(/\W/g, '');
  const wrongKey = pem();
  canaries.add('wrong client secret', wrongSecret);
  canaries.add('wrong private key', ...linesOf(wrongKey));
  const refused = [
    { ...credentials.clientSecret, clientSecret: wrongSecret },
    { ...credentials.privateKey, privateKey: wrongKey },
    { ...credentials.privateKey, privateKey: wrongKey.slice(0, 400) },
    { method: 'api_token', token: `00${wrongSecret}` },
    { method: wrongSecret },
  ];
  for (const auth of refused) {
    await api.post('/connectors/okta/test', { config: { domain: url, auth } });
    expect((await api.refused({ connector: 'okta', config: { domain: url, auth } })).status).toBe(422);
  }
  const generated = await api.post<{ readonly privateKey: string }>('/connectors/okta/keys', {});
  canaries.add('new private key', String(JSON.parse(generated.body.privateKey).d));
  for (const auth of [credentials.privateKey, credentials.apiToken]) {
    const { id } = await api.create({ domain: url, auth }, { acceptIncomplete: true });
    await api.ask('DELETE', `/integrations/${id}`);
  }
  const integration = await api.synced(config);
  const path = `/integrations/${integration.id}`;
  await api.ask('PATCH', path, { config: { ...config, activityDays: 3 } });
  await api.ask('PATCH', path, { config: { ...config, auth: { ...config.auth, clientSecret: wrongSecret } } });
  await api.ask('PATCH', path, {
    config: { domain: 'https://other.okta.com', auth: { ...config.auth, clientSecret: wrongSecret } },
    revision: 1,
  });
  await api.post(`${path}/test`);
  simulator.setGrantedScopes([]);
  await api.syncAgain(integration.id);
  simulator.setGrantedScopes(DEFAULT_SCOPES);
  const reader = await api.watch('/progress');
  await reader.untilEvent('integration');
  const again = await api.post(`${path}/reconnect`, { config });
  expect(again.status).toBe(200);
  await api.untilRun(integration.id, lastRunOf(await api.detail(integration.id)).id);
  events = JSON.stringify(reader.events);
  reader.close();
}

async function hook(api: Api): Promise<void> {
  const made = await api.post<WebhookWithSecret>('/webhooks', { url: receiver.url });
  const path = `/webhooks/${made.body.id}`;
  const delivered = async (count: number): Promise<void> => until(() => receiver.received.length >= count);
  const remember = (signingSecret: string) =>
    canaries.add('signing secret', signingSecret, Buffer.from(signingSecret.replace('whsec_', ''), 'base64'));
  remember(made.body.signingSecret);
  await api.post(`${path}/test`);
  await delivered(1);
  receiver.answer = (response) => void response.writeHead(500).end('no');
  const failing = await api.post<DeliveryView>(`${path}/test`);
  await delivered(2);
  remember((await api.post<WebhookWithSecret>(`${path}/secret`)).body.signingSecret);
  await api.post(`${path}/deliveries/${failing.body.id}/redeliver`);
  await delivered(3);
  await api.ask('PATCH', path, { url: 'http://10.0.0.1/' });
}

async function signInElsewhere(): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const begun = await fetch(`${host.host.url}/api/oidc`, { method: 'POST', headers, body: '{}' });
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const { searchParams } = new URL(((await begun.json()) as { readonly url: string }).url);
  provider.nonce = String(searchParams.get('nonce'));
  const back = async (forgery: MaliciousProvider['forgery']): Promise<number> => {
    provider.forgery = forgery;
    const search = new URLSearchParams({ code: 'any', state: String(searchParams.get('state')), iss: provider.issuer });
    return (await fetch(`${host.host.url}/api/oidc/callback?${search}`, { headers: { cookie }, redirect: 'manual' })).status;
  };
  const claims = { email: 'oidc@castellan.test', email_verified: true };
  expect(await back({ claims })).toBe(303);
  expect(await back({ claims, sign: 'none' })).toBe(403);
}

/** Requests that fail in every way, with a secret in them. */
async function fail(api: Api): Promise<void> {
  const { config } = simulator;
  const { clientSecret } = config.auth;
  const raw = (path: string, body: string, type = 'application/json') =>
    fetch(`${host.host.url}/api${path}`, { method: 'POST', headers: { ...api.credentials, 'content-type': type }, body });
  const statuses = [
    (await raw('/integrations', `{"connector":"okta","config":{"auth":{"clientSecret":"${clientSecret}"`)).status,
    (await raw('/session', `{"email":"first@castellan.test","password":${JSON.stringify(passwords.next)}`)).status,
    (await raw('/session', `${passwords.next.slice(0, 5)}`)).status,
    (await raw('/integrations', clientSecret, 'text/plain')).status,
    (await raw('/integrations', JSON.stringify({ connector: 'okta', config, more: 'x'.repeat(1_100_000) }))).status,
    (await api.post('/integrations', { connector: 'none', config })).status,
    (await api.post('/integrations', { connector: 'okta', config, secret: clientSecret })).status,
    (await api.post('/integrations', { connector: 'okta', config: { ...config, clientSecret } })).status,
    (
      await api.post('/integrations', {
        connector: 'okta',
        config: { ...config, domain: `https://u:${clientSecret}@acme.okta.com` },
      })
    ).status,
    (await api.post('/webhooks', { url: `https://u:${clientSecret}@hooks.example.com/` })).status,
    (await api.post('/users', { email: 'ben@castellan.test', name: 'Ben', role: 'viewer', password: passwords.next })).status,
  ];
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
  const broken: readonly (readonly [table: string, work: () => Promise<{ readonly status: number }>])[] = [
    ['secrets', () => api.post('/integrations', { connector: 'okta', config })],
    ['webhook_secrets', () => api.post('/webhooks', { url: receiver.url })],
    ['sessions', () => api.anonymous().post('/session', { email: 'first@castellan.test', password: passwords.next })],
    ['sessions', () => api.get('/session')],
    ['api_keys', () => api.post('/api-keys', { name: 'broken', scopes: ['records:read'] })],
    ['invitations', () => api.post('/users', { email: 'cy@castellan.test', name: 'Cy', role: 'viewer' })],
    ['users', () => api.anonymous().post('/session', { email: 'first@castellan.test', password: passwords.next })],
  ];
  for (const [table, work] of broken) {
    await query(postgres.url, `ALTER TABLE ${table} RENAME TO ${table}_away`);
    expect([table, (await work()).status]).toEqual([table, 500]);
    await query(postgres.url, `ALTER TABLE ${table}_away RENAME TO ${table}`);
  }
}

async function readEverything(api: Api): Promise<void> {
  for (const { method, path } of host.host.routes)
    if (method === 'GET' && !path.includes(':') && !path.endsWith('/progress')) await api.get(path.slice('/api'.length));
  const { body } = await api.get<{ readonly items: readonly { readonly id: string }[] }>('/integrations');
  for (const { id } of body.items)
    for (const below of ['', '/runs', '/holds', '/records/account']) await api.get(`/integrations/${id}${below}`);
  const hooks = await api.get<typeof body>('/webhooks');
  for (const { id } of hooks.body.items) await api.get(`/webhooks/${id}/deliveries`);
}

test('X1: no secret is in any answer, log line, metric, event, delivery, row or file, in any spelling', async () => {
  const api = await signInAndOut();
  await invite(api);
  await makeKey(api);
  await connect(api);
  await hook(api);
  await signInElsewhere();
  await fail(api);
  await readEverything(api);

  expect(canaries.names).toHaveLength(18);
  // That the search finds what is there: it finds exactly what may be shown.
  const found = new Set(answers.items.flatMap(({ route, text }) => canaries.foundIn(text).map((name) => `${route}: ${name}`)));
  expect([...found].toSorted()).toEqual(SHOWN.toSorted());
  expect(host.lines.length).toBeGreaterThan(100);
  expect(host.lines.filter((line) => canaries.foundIn(line).length > 0)).toEqual([]);
  expect([host.told, events, JSON.stringify(receiver.received)].flatMap((text) => canaries.foundIn(text))).toEqual([]);
  const rows = await dumpOf(postgres.url);
  expect(rows).toContain('integration.create');
  expect(canaries.foundIn(rows)).toEqual([]);
  await query(postgres.url, 'CHECKPOINT');
  expect(canaries.foundBelow(folder)).toEqual([]);
}, 120_000);
