import type { ActionPlanView, ActionRequestView, OfferedActions, Page, ProblemBody } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

const MANAGE = ['okta.users.manage', 'okta.groups.manage', 'okta.apps.manage'];
const folder = temporaryFolder();
let simulator: Simulator;
let other: Simulator;
let host: TestHost;
let integration: string;
let analyst: Person;
let second: Person;
let viewer: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 3, events: 10, grantedScopes: [...DEFAULT_SCOPES, ...MANAGE] });
  other = await startSimulator({ users: 3, groups: 1, apps: 1, events: 3, seed: 9 });
  host = await TestHost.start(settingsFor(folder, { leaseMs: 1_500 }));
  integration = (await host.api.create({ ...simulator.config, actions: true })).id;
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  second = await person(host.api, 'bo@castellan.test', 'analyst');
  viewer = await person(host.api, 'vi@castellan.test', 'viewer');
}, 60_000);
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await host.close();
  await Promise.all([simulator.close(), other.close()]);
}, 30_000);

const statusOf = (account: string): unknown => simulator.org.directory.users.get(account)?.['status'];
const plan = (action: string, input: object, api: Api = analyst.api) =>
  api.post<ActionPlanView & ProblemBody>(`/integrations/${integration}/actions/plan`, { action, input });

/** Plans it, and agrees to the plan. */
async function ask(action: string, input: object, more: object = {}, api: Api = analyst.api) {
  const { fingerprint } = (await plan(action, input, api)).body.plan;
  return api.post<ActionRequestView & ProblemBody>('/actions', {
    integrationId: integration,
    action,
    input,
    fingerprint,
    ...more,
  });
}

async function ended(id: string): Promise<ActionRequestView> {
  let view: ActionRequestView | undefined;
  await until(async () => {
    view = (await analyst.api.get<ActionRequestView>(`/actions/${id}`)).body;
    return view.endedAt !== null;
  }, 30_000);
  if (view === undefined) throw new Error('it was never seen');
  return view;
}

const events = (type: string, account: string): number =>
  Array.from({ length: simulator.org.log.length }, (_, n) => JSON.stringify(simulator.org.log.eventAt(n))).filter(
    (event) => event.includes(`"${type}"`) && event.includes(account),
  ).length;

const audited = async (id: string): Promise<readonly string[]> =>
  (await host.api.get<AuditLogPage>(`/audit-log?target=${id}`)).body.items.map(
    ({ action, actor, outcome }) => `${action} ${outcome} ${actor.name}`,
  );

test('what can be done is listed with its forms, and what is switched off with the way by hand', async () => {
  const { body } = await analyst.api.get<OfferedActions>(`/integrations/${integration}/actions`);
  expect(body.items.every(({ isOffered }) => isOffered)).toBe(true);
  expect(body.items).toContainEqual(
    expect.objectContaining({ name: 'suspend-account', effect: 'write', form: expect.objectContaining({ secrets: [] }) }),
  );
  const off = (await host.api.create(other.config)).id;
  const none = (await analyst.api.get<OfferedActions>(`/integrations/${off}/actions`)).body;
  expect(none.items.map(({ name }) => name)).toEqual(body.items.map(({ name }) => name));
  expect(none.items.filter(({ isOffered, byHand }) => isOffered || byHand.length === 0)).toEqual([]);
});

test('an account is suspended as it was shown, seen to be so, and taken back', async () => {
  const { id: account } = simulator.org.addUser();
  const asked = await ask('suspend-account', { account }, { reason: 'Signed in from two countries.' });
  expect(asked).toMatchObject({ status: 201, body: { state: 'approved', requestedBy: { name: 'ana@castellan.test' } } });
  const done = await ended(asked.body.id);
  expect(done).toMatchObject({ state: 'verified', changed: true, problem: null, undoUntil: expect.any(String) });
  expect(statusOf(account)).toBe('SUSPENDED');
  expect(await audited(done.id)).toEqual(['action.verified done host', 'action.request done ana@castellan.test']);

  const { undo } = done.plan;
  if (undo === null) throw new Error('nothing takes it back');
  const back = await ask(undo.action, undo.input, { undoOf: done.id });
  expect(back.status).toBe(201);
  expect(await ended(back.body.id)).toMatchObject({ state: 'verified', undoOf: done.id });
  expect(statusOf(account)).toBe('ACTIVE');
  expect((await analyst.api.get<ActionRequestView>(`/actions/${done.id}`)).body).toMatchObject({
    state: 'undone',
    undoneBy: back.body.id,
    undoUntil: null,
  });
  const again = await ask('suspend-account', { account });
  await ended(again.body.id);
  const twice = await ask(undo.action, undo.input, { undoOf: done.id });
  expect(twice).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:action-not-undoable' } });
});

test('whose key has asked is no second person, and reads so before they try', async () => {
  const { id: account } = simulator.org.addUser();
  const key = await apiKey(host.api, ['actions:read', 'actions:request']);
  const asked = await ask('deactivate-account', { account }, {}, key);
  const maker = (await host.api.get<{ readonly user: { readonly id: string } }>('/session')).body.user.id;
  expect(asked.body).toMatchObject({ state: 'proposed', requestedBy: { kind: 'api_key', userId: maker } });
  const path = `/actions/${asked.body.id}`;
  expect(await host.api.post(`${path}/approve`)).toMatchObject({ status: 403 });
  // It is theirs to take back as well.
  expect(await host.api.post(`${path}/withdraw`)).toMatchObject({ status: 200 });
});

test('what destroys something waits for a second person, who is not the first, nor a key', async () => {
  const { id: account } = simulator.org.addUser();
  const asked = await ask('deactivate-account', { account });
  expect(asked.body).toMatchObject({ state: 'proposed', decidedBy: null });
  const { id } = asked.body;
  const own = await analyst.api.post<ProblemBody>(`/actions/${id}/approve`);
  expect(own).toMatchObject({ status: 403, body: { type: 'urn:castellan:problem:own-approval' } });
  const key = await apiKey(host.api, ['actions:approve', 'actions:request', 'actions:read']);
  expect(await key.post(`/actions/${id}/approve`)).toMatchObject({ status: 403 });
  expect(await viewer.api.post(`/actions/${id}/approve`)).toMatchObject({ status: 403 });
  expect(statusOf(account)).toBe('ACTIVE');
  expect(await second.api.post(`/actions/${id}/approve`)).toMatchObject({
    status: 200,
    body: { decidedBy: { name: 'bo@castellan.test' } },
  });
  expect(await ended(id)).toMatchObject({ state: 'verified', undoUntil: null });
  expect(statusOf(account)).toBe('DEPROVISIONED');
  expect(await second.api.post(`/actions/${id}/approve`)).toMatchObject({ status: 409 });
  expect(await audited(id)).toEqual([
    'action.approve refused bo@castellan.test',
    'action.verified done host',
    'action.approve done bo@castellan.test',
    expect.stringMatching(/^action.approve refused /),
    'action.approve refused ana@castellan.test',
    'action.request done ana@castellan.test',
  ]);
});

test('whoever asks by a key of theirs is the first person, too', async () => {
  const administrator = await person(host.api, 'kim@castellan.test', 'administrator');
  const key = await apiKey(administrator.api, ['actions:request', 'actions:read']);
  const { id: account } = simulator.org.addUser();
  const asked = await ask('deactivate-account', { account }, {}, key);
  expect(await administrator.api.post(`/actions/${asked.body.id}/approve`)).toMatchObject({ status: 403 });
  expect(await second.api.post(`/actions/${asked.body.id}/reject`)).toMatchObject({ status: 200, body: { state: 'rejected' } });
  expect(statusOf(account)).toBe('ACTIVE');
});

test('an old page, a second click and the same wish again do nothing twice', async () => {
  const { id: account } = simulator.org.addUser();
  const shown = (await plan('deactivate-account', { account })).body.plan;
  simulator.org.setStatus(account, 'SUSPENDED');
  const body = { integrationId: integration, action: 'deactivate-account', input: { account } };
  const old = await analyst.api.post('/actions', { ...body, fingerprint: shown.fingerprint });
  expect(old).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:action-outdated' } });
  const first = await ask('deactivate-account', { account }, { wish: 'dialog 1' });
  const same = await ask('deactivate-account', { account }, { wish: 'dialog 1' });
  expect([first.status, same.status, same.body.id]).toEqual([201, 201, first.body.id]);
  const click = await ask('deactivate-account', { account });
  expect(click).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:action-under-way', detail: expect.stringContaining(first.body.id) },
  });
  expect(await analyst.api.post(`/actions/${first.body.id}/withdraw`)).toMatchObject({
    status: 200,
    body: { state: 'withdrawn' },
  });
  expect(await second.api.post(`/actions/${first.body.id}/approve`)).toMatchObject({ status: 409 });
});

test('what has changed after the approval is not done, and what would be done now is told', async () => {
  const { id: account } = simulator.org.addUser();
  const asked = await ask('deactivate-account', { account });
  simulator.org.setStatus(account, 'SUSPENDED');
  await second.api.post(`/actions/${asked.body.id}/approve`);
  expect(await ended(asked.body.id)).toMatchObject({
    state: 'failed',
    problem: { kind: 'outdated', outdated: { state: 'open', calls: [{ method: 'POST' }] } },
  });
  expect(statusOf(account)).toBe('SUSPENDED');
});

test.each([
  ['500 although it was done', { kind: 'status-after', match: /suspend/, times: 1 }],
  ['a connection that was cut', { kind: 'reset-after', match: /suspend/, times: 1 }],
  ['429, and then not', { kind: 'retry-429', match: /suspend/, times: 1, delayMs: 100 }],
] as const)('%s: done once', async (_, fault) => {
  const { id: account } = simulator.org.addUser();
  const { fingerprint } = (await plan('suspend-account', { account })).body.plan;
  simulator.setFaults([fault]);
  const asked = await analyst.api.post<ActionRequestView>('/actions', {
    integrationId: integration,
    action: 'suspend-account',
    input: { account },
    fingerprint,
  });
  expect(await ended(asked.body.id)).toMatchObject({ state: 'verified', changed: true });
  expect(statusOf(account)).toBe('SUSPENDED');
  expect(events('user.lifecycle.suspend', account)).toBe(1);
});

test('a look that fails does not undo what was done: it is neither done again nor called failed', async () => {
  const { id: account } = simulator.org.addUser();
  const { fingerprint } = (await plan('suspend-account', { account })).body.plan;
  // The plan of the request and that of the action are answered, the look behind it is not.
  const refused = { kind: 'status', status: 403, code: 'E0000006', match: `/api/v1/users/${account}` } as const;
  simulator.setFaults([{ ...refused, after: 2, times: 1 }]);
  const body = { integrationId: integration, action: 'suspend-account', input: { account }, fingerprint };
  const asked = await analyst.api.post<ActionRequestView>('/actions', body);
  expect(await ended(asked.body.id)).toMatchObject({ state: 'verified', changed: true, problem: null });
  expect(events('user.lifecycle.suspend', account)).toBe(1);
}, 60_000);

test('what was done and is not seen within ten minutes is said to be so', async () => {
  const { id: account } = simulator.org.addUser();
  // The log, where it leaves its only trace, shows nothing.
  simulator.setFaults([{ kind: 'empty-list', match: /\/api\/v1\/logs/ }]);
  const asked = await ask('clear-sessions', { account });
  let state = '';
  await until(async () => {
    state = (await analyst.api.get<ActionRequestView>(`/actions/${asked.body.id}`)).body.state;
    return state === 'done' || state === 'verified';
  }, 30_000);
  expect(state).toBe('done');
  await host.query(
    `UPDATE action_requests SET started_at = now() - interval '10 minutes', due_at = now(), lease_until = NULL WHERE id = '${asked.body.id}'`,
  );
  expect(await ended(asked.body.id)).toMatchObject({
    state: 'done',
    changed: true,
    message: expect.stringMatching(/^Done, and not seen within 10 minutes: ./),
  });
  expect(await audited(asked.body.id)).toEqual(['action.done done host', 'action.request done ana@castellan.test']);
}, 60_000);

test('what cannot be done, and what may not be, is said with its reason', async () => {
  expect(await plan('suspend-account', { account: '00uNobody' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'input.account' }] },
  });
  expect(await plan('fly', {})).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:action-not-offered' } });
  const [idp] = simulator.org.identityProviders.idps.keys();
  const lacking = await plan('deactivate-identity-provider', { identityProvider: idp });
  expect(lacking).toMatchObject({
    status: 200,
    body: { canRun: { ok: false, because: 'permission', missing: ['okta.idps.manage'] } },
  });
  expect(lacking.body.plan).not.toHaveProperty('lacks');
  expect(await ask('deactivate-identity-provider', { identityProvider: idp })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('okta.idps.manage') },
  });
});

test('a viewer sees and does nothing of it, another workspace has none of it', async () => {
  const { id: account } = simulator.org.addUser();
  const asked = await ask('deactivate-account', { account });
  expect(await viewer.api.get('/actions')).toMatchObject({ status: 403 });
  expect(await plan('suspend-account', { account }, viewer.api)).toMatchObject({ status: 403 });
  const stranger = await otherWorkspace(host, 'globex');
  expect((await stranger.api.get<Page<object>>('/actions')).body.items).toEqual([]);
  expect(await stranger.api.get(`/actions/${asked.body.id}`)).toMatchObject({ status: 404 });
  expect(await stranger.api.post(`/actions/${asked.body.id}/approve`)).toMatchObject({ status: 404 });
  expect(await plan('suspend-account', { account }, stranger.api)).toMatchObject({ status: 404 });
  const list = (await analyst.api.get<Page<ActionRequestView>>('/actions?state=proposed')).body.items;
  expect(list.map(({ id }) => id)).toContain(asked.body.id);
});
