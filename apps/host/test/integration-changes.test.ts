import type { IntegrationDetail, IntegrationView, ProblemBody } from '@castellan/api';
import { type Answer, lastRunOf, until } from './host-harness.js';
import { formsOf, Listener, OpenHost, temporaryFolder } from './integration-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let other: Simulator;
let open: OpenHost;
let listener: Listener;
let before: IntegrationDetail;

const path = (more = ''): string => `/integrations/${before.id}${more}`;
const edit = <T = IntegrationDetail>(body: unknown): Promise<Answer<T>> => open.host.api.ask('PATCH', path(), body);
const reconnect = <T = IntegrationDetail>(body: unknown): Promise<Answer<T>> => open.host.api.post(path('/reconnect'), body);
const detail = (): Promise<IntegrationDetail> => open.host.api.detail(before.id);
const untilSynced = async (): Promise<IntegrationDetail> => {
  await open.host.api.untilRun(before.id, lastRunOf(await detail()).id);
  return detail();
};
/** As a form sends it: without the secret. */
const kept = (more: object = {}): object => {
  const { method, clientId } = simulator.config.auth;
  return { domain: simulator.config.domain, auth: { method, clientId }, ...more };
};
const problem = (status: number, code: string, fields: readonly string[] = []) => ({
  status,
  body: {
    type: `urn:castellan:problem:${code}`,
    ...(fields.length > 0 && { errors: fields.map((field) => expect.objectContaining({ field })) }),
  },
});

beforeAll(async () => {
  simulator = await startSimulator({ users: 10, groups: 3, apps: 2, events: 15, seed: 11 });
  other = await startSimulator({ users: 5, groups: 2, apps: 1, events: 5, seed: 12 });
  listener = await Listener.start();
  open = await OpenHost.start(folder);
  before = await open.host.api.synced(simulator.config);
}, 60_000);

afterAll(async () => {
  await open.close();
  await Promise.all([simulator.close(), other.close(), listener.close()]);
}, 30_000);

beforeEach(async () => {
  before = await detail();
  listener.connections = 0;
  simulator.requests.reset();
  other.requests.reset();
});
afterEach(() => simulator.setFaults([]));

/** Neither stored nor tried: nobody was asked, and everything is as it was. */
async function nothingHappened(): Promise<void> {
  expect([listener.connections, simulator.requests.total, other.requests.total]).toEqual([0, 0, 0]);
  expect(await detail()).toEqual(before);
}

test('X2: an integration shows that a secret is set and since when, and nothing else of it', async () => {
  const { clientSecret } = simulator.credentials.clientSecret;
  expect(before.config['auth']).toEqual({
    method: 'client_secret',
    clientId: simulator.config.auth.clientId,
    clientSecret: { isSet: true, changedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
  });
  const answers = await Promise.all(['', '/deletion', '/runs', '/holds'].map((more) => open.host.api.get(path(more))));
  const list = await open.host.api.get('/integrations');
  const [sealed] = await open.rows<Record<'ciphertext' | 'wrapped_key' | 'iv' | 'tag', Buffer>>(
    'SELECT ciphertext, wrapped_key, iv, tag FROM secrets',
  );
  const audit = await open.rows(`SELECT before, after FROM audit_log WHERE action = 'integration.create'`);
  const text = JSON.stringify([answers, list, audit]);
  for (const form of formsOf(clientSecret)) expect(text).not.toContain(form);
  for (const bytes of Object.values(sealed ?? {})) {
    expect(text).not.toContain(bytes.toString('base64'));
    expect(text).not.toContain(bytes.toString('hex'));
  }
  expect(audit).toHaveLength(1);
});

test.each([
  ['absent', undefined],
  ['empty', ' '],
  ['null', null],
  ['keep', 'keep'],
  ['stars', '********'],
  ['the shown placeholder', { isSet: true, changedAt: '2026-11-20T09:00:00.000Z' }],
])('X3: a new domain with the secret %s is refused, and nothing is sent there', async (_, clientSecret) => {
  const config = kept({ domain: listener.url, auth: { ...simulator.config.auth, clientSecret } });
  const answer = await edit<ProblemBody>({ config });
  expect(answer).toMatchObject(problem(422, 'invalid-config', ['config.auth.clientSecret']));
  expect(answer.body.errors?.[0]?.message).toMatch(/enter the secret again/i);
  await nothingHappened();
});

test('X3: the secret of one way to sign in is not used for another', async () => {
  const { clientId } = simulator.config.auth;
  const answer = await edit<ProblemBody>({ config: kept({ auth: { method: 'private_key', clientId } }) });
  expect(answer).toMatchObject(problem(422, 'invalid-config', ['config.auth.privateKey']));
  await nothingHappened();
});

test('a wrong domain is named beside the secret that it would need', async () => {
  const answer = await edit<ProblemBody>({ config: kept({ domain: 'https://10.0.0.1' }) });
  expect(answer).toMatchObject(problem(422, 'invalid-config', ['config.auth.clientSecret', 'config.domain']));
  await nothingHappened();
});

test('a placeholder is no secret at the old address either, nor for a new integration or a test', async () => {
  const config = kept({ auth: { ...simulator.config.auth, clientSecret: { isSet: true } } });
  const refused = problem(422, 'invalid-config', ['config.auth.clientSecret']);
  expect(await edit({ config })).toMatchObject(refused);
  expect(await reconnect({ config })).toMatchObject(refused);
  expect(await open.host.api.refused({ connector: 'okta', config })).toMatchObject(refused);
  expect(await open.host.api.post('/connectors/okta/test', { config })).toMatchObject(refused);
  await nothingHappened();
});

test('X4: a test uses all that is stored or all that is given', async () => {
  for (const body of [{ config: { domain: listener.url } }, { domain: listener.url }, { config: kept() }]) {
    expect(await open.host.api.post(path('/test'), body)).toMatchObject(problem(400, 'invalid-request', Object.keys(body)));
  }
  const config = kept({ domain: listener.url });
  expect(await open.host.api.post('/connectors/okta/test', { config })).toMatchObject(
    problem(422, 'invalid-config', ['config.auth.clientSecret']),
  );
  expect(await open.host.api.post('/connectors/okta/test', { config, integration: before.id })).toMatchObject(
    problem(400, 'invalid-request', ['integration']),
  );
  await nothingHappened();
  expect(await open.host.api.post(path('/test'))).toMatchObject({ status: 200, body: { ok: true } });
});

const FOREIGN = ['workspaceId', 'workspace_id', 'tenantId', 'tenant', 'id', 'status', 'role', 'paused', 'secrets', 'nextRunAt'];
test.each(FOREIGN)('X21: %s cannot be written', async (key) => {
  const refused = problem(400, 'invalid-request', [key]);
  expect(await edit({ name: 'Taken over', [key]: 'x' })).toMatchObject(refused);
  expect(await reconnect({ config: simulator.config, [key]: 'x' })).toMatchObject(refused);
  expect(await open.host.api.refused({ connector: 'okta', config: simulator.config, [key]: 'x' })).toMatchObject(refused);
  await nothingHappened();
});

test.each([
  [{}, ''],
  [{ name: null }, ''],
  [{ name: ' ' }, 'name'],
  [{ revision: 'two' }, 'revision'],
  [{ schedule: { everySeconds: 899 } }, 'schedule.everySeconds'],
  [{ schedule: { everySeconds: 2_592_001 } }, 'schedule.everySeconds'],
  [{ schedule: { everySeconds: '3600' } }, 'schedule.everySeconds'],
  [{ schedule: { pollSeconds: 9 } }, 'schedule.pollSeconds'],
  [{ schedule: { pollSeconds: 86_401 } }, 'schedule.pollSeconds'],
  [{ schedule: { pollSeconds: -1 } }, 'schedule.pollSeconds'],
  [{ schedule: { hourly: true } }, 'schedule.hourly'],
  [{ schedule: [] }, 'schedule'],
])('%j is refused by name', async (body, field) => {
  const answer = await edit<ProblemBody>(body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  await nothingHappened();
});

test('a setting that is no address is changed, tried and synced with the secret that is stored', async () => {
  const answer = await edit({ config: kept({ skipFactors: true }) });
  expect(answer).toMatchObject({ status: 200, body: { id: before.id, revision: before.revision + 1, hints: [] } });
  expect(answer.body.config).toEqual({ ...before.config, skipFactors: true });
  expect(simulator.requests.total).toBeGreaterThan(0);
  const run = lastRunOf(answer.body);
  expect(run).toMatchObject({ cause: 'edited' });
  expect(run.id).not.toBe(lastRunOf(before).id);
  const after = await untilSynced();
  expect(after.status.state).toBe('healthy');
  expect(after.streams.map(({ name }) => name)).not.toContain('authenticators');
  // Back again, by leaving it out: what is sent is the whole.
  expect((await edit({ config: kept() })).body.config).toEqual(before.config);
  await untilSynced();
}, 40_000);

test('the same settings again change nothing and ask nobody', async () => {
  expect((await edit({ config: kept() })).status).toBe(200);
  // Another spelling of the same address is no new address.
  expect((await edit({ config: kept({ domain: `${simulator.url}/` }) })).status).toBe(200);
  await nothingHappened();
});

test('a new secret is tried before it is stored', async () => {
  const config = (clientSecret: unknown) => kept({ auth: { ...simulator.config.auth, clientSecret } });
  expect(await edit({ config: config('not-the-secret') })).toMatchObject(problem(422, 'connection-refused'));
  expect(await edit({ config: config(null) })).toMatchObject(problem(422, 'invalid-config', ['config.auth.clientSecret']));
  expect(await detail()).toEqual(before);
  const good = await edit({ config: config(simulator.credentials.clientSecret.clientSecret) });
  const changedAt = (of: IntegrationView) => JSON.stringify(of.config['auth']);
  expect([good.status, changedAt(good.body) === changedAt(before)]).toEqual([200, false]);
  expect((await untilSynced()).status.state).toBe('healthy');
}, 30_000);

test('another organisation is refused, by an edit and by a reconnect, and the data stays as it is', async () => {
  for (const answer of [
    await edit<ProblemBody>({ config: other.config }),
    await reconnect<ProblemBody>({ config: other.config }),
  ]) {
    expect(answer).toMatchObject(problem(409, 'other-organisation'));
    expect(answer.body.detail).toContain(simulator.org.id);
    expect(answer.body.detail).toContain(other.org.id);
  }
  expect(await detail()).toEqual(before);
});

test('reconnect: with everything anew, id, data and history stay', async () => {
  simulator.setClientsActive(false);
  await open.host.api.syncAgain(before.id);
  expect((await detail()).status).toMatchObject({ state: 'needs_reconnect', next: { action: 'reconnect' } });
  expect(await reconnect({ config: simulator.config })).toMatchObject(problem(422, 'connection-refused'));
  simulator.setClientsActive(true);
  expect(await reconnect({ config: kept() })).toMatchObject(problem(422, 'invalid-config', ['config.auth.clientSecret']));
  // As after a poll that was refused.
  await open.rows('UPDATE integrations SET next_poll_at = NULL, poll_failures = 3');
  const answer = await reconnect({ config: simulator.config });
  expect(answer).toMatchObject({ status: 200, body: { id: before.id, counts: before.counts, status: { state: 'syncing' } } });
  const [polls] = await open.rows('SELECT next_poll_at IS NOT NULL AS again, poll_failures FROM integrations');
  expect(polls).toEqual({ again: true, poll_failures: 0 });
  expect((await untilSynced()).status.state).toBe('healthy');
  const runs = await open.host.api.get<{ readonly items: readonly { readonly id: string }[] }>(path('/runs'));
  expect(runs.body.items.map(({ id }) => id)).toContain(lastRunOf(before).id);
}, 40_000);

test('of two who edit at once one is told, and the settings are those of the other', async () => {
  // Both have read before the first one stores.
  simulator.setFaults([{ kind: 'slow', delayMs: 400, match: '/oauth2/v1/token' }]);
  const answers = await Promise.all([20, 30].map((activityDays) => edit({ config: kept({ activityDays }) })));
  simulator.setFaults([]);
  const good = answers.filter(({ status }) => status === 200);
  expect(answers.filter(({ status }) => status === 409)).toEqual([expect.objectContaining(problemType('changed-meanwhile'))]);
  expect((await detail()).config).toEqual(good[0]?.body.config);
  expect(await edit({ config: kept(), revision: before.revision })).toMatchObject(problem(409, 'changed-meanwhile'));
  expect((await edit({ config: kept(), revision: before.revision + 1 })).status).toBe(200);
  await untilSynced();
}, 30_000);

function problemType(code: string) {
  return { body: expect.objectContaining({ type: `urn:castellan:problem:${code}` }) };
}

test('an edit ends a run under way, whose rows stay, and begins another', async () => {
  // The run reads the log first: only that request is slow, not those of the connection's test.
  simulator.setFaults([{ kind: 'slow', delayMs: 15_000, match: '/api/v1/logs', times: 1 }]);
  const logs = simulator.requests.count('/api/v1/logs');
  const old = await open.host.api.sync(before.id);
  await until(() => simulator.requests.count('/api/v1/logs') > logs);
  const answer = await edit({ config: kept({ rateLimitShare: 70 }) });
  expect(answer.status).toBe(200);
  expect(lastRunOf(answer.body).id).not.toBe(old.id);
  expect((await open.host.api.untilRun(before.id, old.id)).state).toBe('cancelled');
  simulator.setFaults([]);
  expect(await untilSynced()).toMatchObject({ status: { state: 'healthy' }, counts: before.counts });
}, 40_000);

test('a name that is chosen is kept or refused, a default one is numbered', async () => {
  const second = await open.host.api.create(other.config);
  expect(second.name).toBe('Okta 2');
  expect(await edit({ name: 'Okta 2' })).toMatchObject(problem(409, 'name-taken', ['name']));
  const taken = await open.host.api.refused({ connector: 'okta', config: other.config, name: 'Okta 2' });
  expect(taken).toMatchObject(problem(409, 'name-taken', ['name']));
  expect((await open.host.api.get<{ items: unknown[] }>('/integrations')).body.items).toHaveLength(2);
  const renamed = await edit({ name: '  Okta of Acme ' });
  expect(renamed).toMatchObject({ status: 200, body: { name: 'Okta of Acme', revision: before.revision } });
  expect(lastRunOf(renamed.body).id).toBe(lastRunOf(before).id);
  await open.host.api.ask('DELETE', `/integrations/${second.id}`);
}, 30_000);

test('the owner is a user of the workspace who may sign in, or nobody', async () => {
  const OTHER = '00000000-0000-4000-8000-0000000000bb';
  await open.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Other')`, [OTHER]);
  const user = async (name: string, workspace: string, disabled = false): Promise<string> => {
    const [row] = await open.rows<{ readonly id: string }>(
      `INSERT INTO users (workspace_id, email, email_key, name, role, disabled_at)
       VALUES ($1, $2::text, $2::text, $2::text, 'viewer', CASE WHEN $3 THEN now() END) RETURNING id`,
      [workspace, name, disabled],
    );
    return row?.id ?? '';
  };
  const ana = await user('Ana', '00000000-0000-4000-8000-000000000001');
  const gone = await user('Gone', '00000000-0000-4000-8000-000000000001', true);
  const stranger = await user('Stranger', OTHER);
  expect(await edit({ owner: ana })).toMatchObject({ status: 200, body: { owner: { id: ana, name: 'Ana' } } });
  const unknown = '00000000-0000-4000-8000-00000000dead';
  for (const owner of [gone, stranger, unknown]) {
    expect(await edit({ owner })).toMatchObject(problem(422, 'not-an-owner', ['owner']));
    const input = { connector: 'okta', config: other.config, owner };
    expect(await open.host.api.refused(input)).toMatchObject(problem(422, 'not-an-owner', ['owner']));
  }
  expect(other.requests.total).toBe(0);
  // Somebody of another workspace is as absent as an unknown one.
  const [one, two] = [await edit({ owner: stranger }), await edit({ owner: unknown })];
  expect(one.body).toEqual(two.body);
  expect((await edit({ owner: null })).body.owner).toBeNull();
});

test('each change is in the audit log with what was and what is, secrets masked', async () => {
  await edit({ name: 'Audited', schedule: { everySeconds: 3_600, pollSeconds: 0 } });
  const rows = await open.rows<{ readonly before: object; readonly after: object }>(
    `SELECT target, before, after FROM audit_log WHERE action = 'integration.update' ORDER BY seq DESC LIMIT 1`,
  );
  expect(rows).toMatchObject([
    {
      target: { kind: 'integration', id: before.id, name: 'Audited' },
      before: { name: before.name, config: before.config, schedule: { everySeconds: 86_400, pollSeconds: null } },
      after: { name: 'Audited', config: before.config, schedule: { everySeconds: 3_600, pollSeconds: 0 } },
    },
  ]);
  const refused = await open.rows(
    `SELECT FROM audit_log WHERE action = 'integration.update' AND after->>'name' = 'Taken over'`,
  );
  expect(refused).toEqual([]);
});
