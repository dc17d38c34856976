import type { ActionPlanView, ActionRequestView } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { type Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// Whatever is tried at a provider and refused stands in the audit log, once, with what it was about.
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integrationId: string;
let analyst: Person;
let second: Person;
let viewer: Person;

beforeAll(async () => {
  const grantedScopes = [...DEFAULT_SCOPES, 'okta.users.manage'];
  simulator = await startSimulator({ users: 6, groups: 2, apps: 2, events: 5, grantedScopes });
  host = await TestHost.start(settingsFor(folder));
  integrationId = (await host.api.create({ ...simulator.config, actions: true })).id;
  analyst = await person(host.api, 'ana@castellan.test', 'analyst');
  second = await person(host.api, 'bo@castellan.test', 'analyst');
  viewer = await person(host.api, 'vi@castellan.test', 'viewer');
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function fingerprintOf(account: string, api: Api = analyst.api): Promise<string> {
  const wanted = { action: 'deactivate-account', input: { account } };
  return (await api.post<ActionPlanView>(`/integrations/${integrationId}/actions/plan`, wanted)).body.plan.fingerprint;
}

const ask = (account: string, more: object, api: Api = analyst.api) =>
  api.post<ActionRequestView>('/actions', { integrationId, action: 'deactivate-account', input: { account }, ...more });

interface Row {
  readonly action: string;
  readonly target: string | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** What the log has of refusals that `work` comes to, oldest first. */
async function refusalsOf(work: () => Promise<unknown>, api: Api = host.api): Promise<readonly Row[]> {
  const rows = async () =>
    (await api.get<AuditLogPage>('/audit-log?limit=200')).body.items.filter(({ outcome }) => outcome === 'refused');
  const before = (await rows()).length;
  await work();
  const after = await rows();
  return after
    .slice(0, after.length - before)
    .toReversed()
    .map(({ action, target, after: noted }) => ({ action, target: target?.id ?? null, after: { ...noted } }));
}

const problem = (name: string): string => `urn:castellan:problem:${name}`;

test('an old page, a second click, and what cannot be done', async () => {
  const { id: account } = simulator.org.addUser();
  const old = await fingerprintOf(account);
  simulator.org.setStatus(account, 'SUSPENDED');
  const about = { action: 'action.request', target: integrationId };
  const input = { action: 'deactivate-account', input: { account } };
  expect(await refusalsOf(() => ask(account, { fingerprint: old }))).toEqual([
    { ...about, after: { ...input, problem: problem('action-outdated'), detail: expect.stringContaining('not as it was') } },
  ]);
  const fingerprint = await fingerprintOf(account);
  const first = await ask(account, { fingerprint });
  expect(await refusalsOf(() => ask(account, { fingerprint }))).toEqual([
    { ...about, after: { ...input, problem: problem('action-under-way'), detail: expect.stringContaining(first.body.id) } },
  ]);
  expect(await refusalsOf(() => ask('00uNobody', { fingerprint }))).toMatchObject([
    { ...about, after: { input: { account: '00uNobody' }, problem: problem('action-refused') } },
  ]);
  expect(await refusalsOf(() => ask(account, { fingerprint, undoOf: first.body.id }))).toMatchObject([
    { ...about, after: { problem: problem('action-not-undoable') } },
  ]);
});

test("one's own approval, what somebody else has asked for, and what was decided already", async () => {
  const { id: account } = simulator.org.addUser();
  const { id } = (await ask(account, { fingerprint: await fingerprintOf(account) })).body;
  const decide = (api: Api, decision: string) => () => api.post(`/actions/${id}/${decision}`);
  const noted = async (api: Api, decision: string) => {
    const [row, ...more] = await refusalsOf(decide(api, decision));
    return [row?.action, row?.target, row?.after?.['problem'], more.length];
  };
  expect(await noted(analyst.api, 'approve')).toEqual(['action.approve', id, problem('own-approval'), 0]);
  expect(await noted(second.api, 'withdraw')).toEqual(['action.withdraw', id, problem('action-of-another'), 0]);
  expect(await refusalsOf(decide(second.api, 'reject'))).toEqual([]);
  for (const [api, decision] of [
    [second.api, 'approve'],
    [second.api, 'reject'],
    [analyst.api, 'withdraw'],
  ] as const)
    expect(await noted(api, decision)).toEqual([`action.${decision}`, id, problem('action-decided'), 0]);
});

test('a key that ended long ago is its maker all the same, and so is a playbook that it has switched on', async () => {
  const { id: account } = simulator.org.addUser();
  const key = await apiKey(host.api, ['actions:request']);
  const asked = await ask(account, { fingerprint: await fingerprintOf(account) }, key);
  expect(asked.status).toBe(201);
  const { id, requestedBy } = asked.body;
  await host.query(`UPDATE api_keys SET created_at = now() - interval '1 year', expires_at = now() - interval '100 days'`);
  expect(await host.api.post(`/actions/${id}/approve`)).toMatchObject({ status: 403, body: { type: problem('own-approval') } });
  const playbook = JSON.stringify({ kind: 'playbook', id: null, name: 'Playbook', userId: requestedBy.userId });
  await host.query(`UPDATE action_requests SET requested_by = '${playbook}' WHERE id = '${id}'`);
  expect(await host.api.post(`/actions/${id}/approve`)).toMatchObject({ status: 403, body: { type: problem('own-approval') } });
  expect(await analyst.api.post(`/actions/${id}/approve`)).toMatchObject({ status: 200 });
});

test('a viewer, and somebody of another workspace, each in the log of their own', async () => {
  const { id: account } = simulator.org.addUser();
  const fingerprint = await fingerprintOf(account);
  expect(await refusalsOf(() => ask(account, { fingerprint }, viewer.api))).toMatchObject([
    { action: 'access.denied', target: 'POST /api/actions', after: { permission: 'actions:request' } },
  ]);
  const { id } = (await ask(account, { fingerprint })).body;
  const stranger = await otherWorkspace(host, 'globex');
  const own = await refusalsOf(async () => {
    await ask(account, { fingerprint }, stranger.api);
    await stranger.api.post(`/actions/${id}/approve`);
  }, stranger.api);
  expect(own).toMatchObject([
    { action: 'action.request', target: integrationId, after: { problem: problem('not-found') } },
    { action: 'change.refused', target: `POST /api/actions/${id}/approve`, after: { problem: problem('not-found') } },
  ]);
  expect(await refusalsOf(() => ask(account, { fingerprint }, stranger.api))).toEqual([]);
});

test('nobody fills the log with refusals', async () => {
  const { id: account } = simulator.org.addUser();
  const flood = await person(host.api, 'flo@castellan.test', 'analyst');
  const { id } = (await ask(account, { fingerprint: await fingerprintOf(account) }, flood.api)).body;
  const rows = await refusalsOf(async () => {
    for (let n = 0; n < 70; n += 1) await flood.api.post(`/actions/${id}/approve`);
  });
  expect(rows).toHaveLength(60);
  expect(rows.at(-1)?.after).toMatchObject({ further: 'not written for the rest of this minute' });
}, 60_000);
