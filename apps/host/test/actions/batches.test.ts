import type { ActionBatchView, Page } from '@castellan/api';
import pg from 'pg';
import { ownDatabase, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';
import { auditedOf, Batches } from './batch-fixture.js';

const MANAGE = ['okta.users.manage', 'okta.groups.manage', 'okta.apps.manage'];
const SUSPENDED = 'user.lifecycle.suspend';
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let database: pg.Client;
let batches: Batches;
let analyst: Person;
let second: Person;
let viewer: Person;

beforeAll(async () => {
  simulator = await startSimulator({ users: 8, groups: 3, apps: 3, events: 10, grantedScopes: [...DEFAULT_SCOPES, ...MANAGE] });
  const databaseUrl = await ownDatabase();
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  host = await TestHost.start(settingsFor(folder, { databaseUrl }));
  batches = new Batches((await host.api.create({ ...simulator.config, actions: true })).id, simulator);
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  second = await person(host.api, 'bo@castellan.test', 'analyst');
  viewer = await person(host.api, 'vi@castellan.test', 'viewer');
}, 60_000);
afterEach(() => {
  simulator.setFaults([]);
  simulator.setGrantedScopes([...DEFAULT_SCOPES, ...MANAGE]);
});
afterAll(async () => {
  await host.close();
  await database.end();
  await simulator.close();
}, 30_000);

test('each object is looked at, and those that are refused are named beside the others', async () => {
  const [one = {}, two = {}] = batches.accounts(2);
  const planned = await batches.plan(analyst.api, 'suspend-account', [one, { account: '00uNobody' }, two]);
  expect(planned.status).toBe(200);
  expect(planned.body).toMatchObject({
    needsApproval: false,
    items: [
      { input: one, planned: { plan: { state: 'open' }, access: null }, problem: null },
      { input: { account: '00uNobody' }, planned: null, problem: { kind: 'config', field: 'account' } },
      { input: two, planned: { plan: { state: 'open' } } },
    ],
  });
});

test('to more than ten nobody does it alone', async () => {
  const inputs = batches.accounts(11);
  expect((await batches.plan(analyst.api, 'suspend-account', inputs)).body.needsApproval).toBe(true);
  expect((await batches.plan(analyst.api, 'suspend-account', inputs.slice(1))).body.needsApproval).toBe(false);
  const asked = await batches.ask(analyst.api, 'suspend-account', inputs);
  expect(asked.body).toMatchObject({ state: 'proposed', effect: 'write', counts: { proposed: 11 } });
  expect(await analyst.api.post(`/action-batches/${asked.body.id}/approve`)).toMatchObject({ status: 403 });
  expect(inputs.map(({ account }) => batches.statusOf(account))).toEqual(Array(11).fill('ACTIVE'));
  expect(await analyst.api.post(`/action-batches/${asked.body.id}/withdraw`)).toMatchObject({ status: 200 });
}, 60_000);

test('429 and 500, before and after it was done, in the middle of twenty: each is done once', async () => {
  const inputs = batches.accounts(20);
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  const match = (index: number) => new RegExp(`${inputs[index]?.account}/lifecycle`);
  simulator.setFaults([
    { kind: 'retry-429', match: match(3), times: 1, delayMs: 100 },
    { kind: 'status', match: match(5), times: 1 },
    { kind: 'status-after', match: match(8), times: 1 },
    { kind: 'reset-after', match: match(11), times: 1 },
    { kind: 'retry-429', match: match(12), times: 1, delayMs: 100 },
  ]);
  const asked = await batches.send(analyst.api, 'suspend-account', items, { reason: 'Sold passwords.' });
  expect(asked).toMatchObject({ status: 201, body: { size: 20, refused: [], reason: 'Sold passwords.' } });
  expect(await second.api.post(`/action-batches/${asked.body.id}/approve`)).toMatchObject({ status: 200 });
  const view = await batches.ended(analyst.api, asked.body.id);
  expect(view).toMatchObject({ state: 'ended', counts: { verified: 20, failed: 0 }, stop: null });
  expect(inputs.map(({ account }) => batches.statusOf(account))).toEqual(Array(20).fill('SUSPENDED'));
  expect(inputs.map(({ account }) => batches.events(SUSPENDED, account))).toEqual(Array(20).fill(1));
  const objects = await batches.objects(analyst.api, view.id);
  expect(objects.map(({ input }) => input).toReversed()).toEqual(inputs);
  expect(await auditedOf(host.api, view.id)).toEqual([
    'action-batch.approve done bo@castellan.test',
    'action-batch.request done ana@castellan.test',
  ]);
}, 90_000);

test('of what is gone, or has changed, it is told for that object only', async () => {
  const inputs = batches.accounts(5);
  const [, gone, old, later] = inputs.map(({ account }) => account);
  const items = await batches.agreed(analyst.api, 'deactivate-account', inputs);
  simulator.org.setStatus(old ?? '', 'SUSPENDED');
  const asked = await batches.send(analyst.api, 'deactivate-account', items);
  expect(asked.body).toMatchObject({
    state: 'proposed',
    size: 4,
    refused: [{ input: { account: old }, problem: { kind: 'outdated', outdated: { state: 'open' } } }],
  });
  simulator.org.deleteUser(gone ?? '');
  simulator.org.setStatus(later ?? '', 'SUSPENDED');
  expect(await second.api.post(`/action-batches/${asked.body.id}/approve`)).toMatchObject({ status: 200 });
  const view = await batches.ended(analyst.api, asked.body.id);
  expect(view).toMatchObject({ state: 'ended', counts: { verified: 2, failed: 2 }, decidedBy: { name: 'bo@castellan.test' } });
  const objects = await batches.objects(analyst.api, view.id);
  const problemOf = (account: string | undefined) =>
    objects.find(({ input }) => input['account'] === account)?.problem?.kind ?? null;
  expect(inputs.map(({ account }) => problemOf(account))).toEqual([null, 'config', null, 'outdated', null]);
});

test('what is stopped in the middle is not begun any more, and what runs ends', async () => {
  const inputs = batches.accounts(10);
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  const fourth = inputs[3]?.account ?? '';
  simulator.setFaults([{ kind: 'slow-after', match: new RegExp(`${fourth}/lifecycle`), delayMs: 6_000, times: 1 }]);
  const asked = await batches.send(analyst.api, 'suspend-account', items);
  await until(() => batches.events(SUSPENDED, fourth) === 1, 20_000);
  expect(await viewer.api.post(`/action-batches/${asked.body.id}/stop`)).toMatchObject({ status: 403 });
  const stopped = await second.api.post<ActionBatchView>(`/action-batches/${asked.body.id}/stop`);
  expect(stopped).toMatchObject({
    status: 200,
    body: {
      state: 'stopped',
      endedAt: null,
      counts: { running: 1, verified: 3, withdrawn: 6 },
      stop: { by: { name: 'bo@castellan.test' } },
    },
  });
  expect(await batches.ended(analyst.api, asked.body.id)).toMatchObject({
    state: 'stopped',
    counts: { verified: 4, withdrawn: 6 },
  });
  expect(inputs.map(({ account }) => batches.statusOf(account))).toEqual([
    ...Array(4).fill('SUSPENDED'),
    ...Array(6).fill('ACTIVE'),
  ]);
  const [last] = await batches.objects(analyst.api, asked.body.id);
  expect(last?.problem?.message).toBe('bo@castellan.test stopped the batch before this had begun.');
  expect(await second.api.post(`/action-batches/${asked.body.id}/stop`)).toMatchObject({
    status: 409,
    body: { type: 'urn:castellan:problem:batch-over' },
  });
  expect(await auditedOf(host.api, asked.body.id)).toEqual([
    'action-batch.stop refused bo@castellan.test',
    'action-batch.stop done bo@castellan.test',
    'action-batch.request done ana@castellan.test',
  ]);
});

/** What waits for its next try waits no longer. */
const later = () => database.query(`UPDATE action_requests SET due_at = now() WHERE state = 'approved' AND due_at > now()`);

test('what waits for its next try when it is stopped is looked at, and not tried again', async () => {
  const inputs = batches.accounts(2);
  const [done = '', open = ''] = inputs.map(({ account }) => account);
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  simulator.setFaults([{ kind: 'status', match: new RegExp(`(${done}|${open})/lifecycle`) }]);
  const asked = await batches.send(analyst.api, 'suspend-account', items);
  await until(async () => {
    const objects = await batches.objects(analyst.api, asked.body.id);
    return objects.every(({ state, problem }) => state === 'approved' && problem !== null);
  }, 60_000);
  // Of one the request has arrived after all.
  simulator.org.setStatus(done, 'SUSPENDED');
  await second.api.post(`/action-batches/${asked.body.id}/stop`);
  expect(await batches.ended(analyst.api, asked.body.id)).toMatchObject({
    state: 'stopped',
    counts: { verified: 1, failed: 1 },
  });
  const objects = await batches.objects(analyst.api, asked.body.id);
  expect(objects.map(({ state, problem }) => [state, problem?.kind])).toEqual([
    ['failed', 'stopped'],
    ['verified', undefined],
  ]);
  expect(batches.statusOf(open)).toBe('ACTIVE');
}, 120_000);

test('a permission that is missing by now stops it by itself, and is named', async () => {
  const inputs = batches.accounts(6);
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  simulator.setFaults([
    { kind: 'status', status: 403, code: 'E0000006', match: new RegExp(`${inputs[2]?.account}/lifecycle`) },
  ]);
  const asked = await batches.send(analyst.api, 'suspend-account', items);
  const view = await batches.ended(analyst.api, asked.body.id);
  expect(view).toMatchObject({
    state: 'stopped',
    counts: { verified: 2, failed: 1, withdrawn: 3 },
    stop: {
      by: null,
      missing: [expect.stringMatching(/^admin role: Organization Administrator/)],
      why: expect.stringContaining('does not let this connection change people'),
    },
  });
  expect(await auditedOf(host.api, view.id)).toContain('action-batch.stop done host');
});

test('without the scope nothing is asked for, and after three failures in a row nothing more is tried', async () => {
  const inputs = batches.accounts(7);
  const items = await batches.agreed(analyst.api, 'suspend-account', inputs);
  simulator.setGrantedScopes(DEFAULT_SCOPES);
  const without = await batches.send(analyst.api, 'suspend-account', items);
  expect(without.body.type).toBe('urn:castellan:problem:connector-permission');
  simulator.setGrantedScopes([...DEFAULT_SCOPES, ...MANAGE]);
  const broken = inputs.slice(1).map(({ account }) => account);
  simulator.setFaults([{ kind: 'status', match: new RegExp(`(${broken.join('|')})/lifecycle`) }]);
  const asked = await batches.send(analyst.api, 'suspend-account', items);
  let view: ActionBatchView | undefined;
  await until(async () => {
    view = (await analyst.api.get<ActionBatchView>(`/action-batches/${asked.body.id}`)).body;
    await later();
    return view.endedAt !== null;
  }, 100_000);
  expect(view).toMatchObject({
    state: 'stopped',
    stop: { by: null, missing: [], why: expect.stringMatching(/^3 failed one after another/) },
  });
  const objects = await batches.objects(analyst.api, asked.body.id);
  expect(objects.filter(({ problem }) => problem?.kind === 'transient')).toHaveLength(3);
  // One more is begun for each that has failed; what comes after those is left alone.
  expect(objects.filter(({ startedAt }) => startedAt !== null).length).toBeLessThanOrEqual(6);
  expect(objects[0]).toMatchObject({ state: 'withdrawn', startedAt: null, problem: { kind: 'stopped' } });
}, 120_000);

test('a second person agrees to all of it: not the first, nor a key, nor to one object alone', async () => {
  const asked = await batches.ask(analyst.api, 'deactivate-account', batches.accounts(2));
  const { id } = asked.body;
  expect(asked.body).toMatchObject({ state: 'proposed', counts: { proposed: 2 } });
  expect(await analyst.api.post(`/action-batches/${id}/approve`)).toMatchObject({
    status: 403,
    body: { type: 'urn:castellan:problem:own-approval' },
  });
  const key = await apiKey(host.api, ['actions:approve', 'actions:request', 'actions:read']);
  expect(await key.post(`/action-batches/${id}/approve`)).toMatchObject({ status: 403 });
  expect(await viewer.api.post(`/action-batches/${id}/approve`)).toMatchObject({ status: 403 });
  const [object] = await batches.objects(analyst.api, id);
  for (const decision of ['approve', 'reject', 'withdraw'])
    expect(await second.api.post(`/actions/${object?.id}/${decision}`)).toMatchObject({
      status: 409,
      body: { type: 'urn:castellan:problem:action-in-batch' },
    });
  expect(await second.api.post(`/action-batches/${id}/withdraw`)).toMatchObject({
    status: 403,
    body: { type: 'urn:castellan:problem:action-of-another' },
  });
  expect(await second.api.post(`/action-batches/${id}/stop`)).toMatchObject({ status: 409 });
  expect(await second.api.post(`/action-batches/${id}/reject`)).toMatchObject({
    status: 200,
    body: { state: 'rejected', counts: { rejected: 2 } },
  });
  expect(await second.api.post(`/action-batches/${id}/approve`)).toMatchObject({ status: 409 });
  expect(await auditedOf(host.api, id)).toEqual([
    'action-batch.approve refused bo@castellan.test',
    'action-batch.reject done bo@castellan.test',
    'action-batch.stop refused bo@castellan.test',
    'action-batch.withdraw refused bo@castellan.test',
    'action-batch.approve refused actions:approve, actions:request, actions:read',
    'action-batch.approve refused ana@castellan.test',
    'action-batch.request done ana@castellan.test',
  ]);
});

test('one wish is one batch; a second click, too many, and what is none are refused', async () => {
  const inputs = batches.accounts(2);
  const items = await batches.agreed(analyst.api, 'deactivate-account', inputs);
  const send = (more: object) => batches.send(analyst.api, 'deactivate-account', items, more);
  const [first, same] = await Promise.all([send({ wish: 'dialog 7' }), send({ wish: 'dialog 7' })]);
  expect([first.status, same.status, same.body.id]).toEqual([201, 201, first.body.id]);
  expect(await send({})).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:action-under-way' } });
  const [extra = {}] = batches.accounts(1);
  const overlapping = await batches.ask(analyst.api, 'deactivate-account', [...inputs, extra]);
  expect(overlapping.body).toMatchObject({
    size: 1,
    refused: [{ problem: { kind: 'under-way' } }, { problem: { kind: 'under-way' } }],
  });
  const many = Array.from({ length: 101 }, (_, index) => ({ input: { account: `u${index}` }, fingerprint: 'f' }));
  expect(await batches.send(analyst.api, 'suspend-account', many)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'items' }] },
  });
  const wrong = [
    { input: {}, fingerprint: 'f' },
    { input: 7, fingerprint: 'f' },
  ];
  expect(await batches.send(analyst.api, 'suspend-account', wrong)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'items.1.input' }] },
  });
  expect(
    await batches.send(analyst.api, 'suspend-account', [{ input: { account: '00uNobody' }, fingerprint: 'f' }]),
  ).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'items.0' }] },
  });
});

test('a viewer sees and does nothing of it, another workspace has none of it', async () => {
  const asked = await batches.ask(analyst.api, 'deactivate-account', batches.accounts(1));
  expect(await viewer.api.get('/action-batches')).toMatchObject({ status: 403 });
  expect(await batches.send(viewer.api, 'suspend-account', [{ input: {}, fingerprint: 'f' }])).toMatchObject({ status: 403 });
  const stranger = await otherWorkspace(host, 'globex');
  expect((await stranger.api.get<Page<object>>('/action-batches')).body.items).toEqual([]);
  expect((await stranger.api.get<Page<object>>(`/actions?batch=${asked.body.id}`)).body.items).toEqual([]);
  for (const path of ['', '/approve', '/reject', '/withdraw', '/stop'])
    expect((await stranger.api.send(path === '' ? 'GET' : 'POST', `/action-batches/${asked.body.id}${path}`)).status).toBe(404);
  expect(await batches.plan(stranger.api, 'suspend-account', [{}])).toMatchObject({ status: 404 });
  const listed = await analyst.api.get<Page<ActionBatchView>>('/action-batches?state=proposed');
  expect(listed.body.items.map(({ id }) => id)).toContain(asked.body.id);
});
