import type { ActionBatchPlanView, ActionPlanView, HintedReport, IntegrationDetail, OfferedActions } from '@castellan/api';
import { lastRunOf, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

// What is known beforehand of the permissions that actions need: shown, never trusted.
const folder = temporaryFolder();
const USERS = 'okta.users.manage';
const GROUPS = 'okta.groups.manage';
let simulator: Simulator;
let host: TestHost;
let id: string;
let first: OfferedActions;

const grant = (...scopes: readonly string[]): void => simulator.setGrantedScopes([...DEFAULT_SCOPES, ...scopes]);
const offered = async (of = id): Promise<OfferedActions> =>
  (await host.api.get<OfferedActions>(`/integrations/${of}/actions`)).body;
/** By action what is known not to be granted. */
const missing = async (...names: readonly string[]): Promise<readonly (readonly string[] | undefined)[]> => {
  const { items } = await offered();
  return names.map((name) => items.find((one) => one.name === name)?.notGranted);
};
const plan = (action: string, input: object) =>
  host.api.post<ActionPlanView>(`/integrations/${id}/actions/plan`, { action, input });
const someone = (): string => simulator.org.addUser().id;
const tokens = (): number => simulator.requests.count('/oauth2/v1/token');

beforeAll(async () => {
  simulator = await startSimulator({ users: 6, groups: 2, apps: 2, events: 5, grantedScopes: [...DEFAULT_SCOPES, USERS] });
  host = await TestHost.start(settingsFor(folder));
  const created = await host.api.create({ ...simulator.config, actions: true });
  id = created.id;
  // Before the first sync is through.
  first = await offered();
  await host.api.untilRun(id, lastRunOf(created).id);
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

test('known from the connection test of the first moment on, with when it was seen and where it is granted', async () => {
  const { grants, items } = first;
  expect(items.find(({ name }) => name === 'remove-from-group')?.notGranted).toEqual([GROUPS]);
  expect(grants?.where).toMatch(/Okta API Scopes/);
  expect(Math.abs(Date.parse(grants?.seenAt ?? '') - Date.now())).toBeLessThan(30_000);
  expect(await missing('suspend-account', 'remove-from-group')).toEqual([[], [GROUPS]]);
});

test('granted later: a test of the connection sees it, and so it does what is not granted any more', async () => {
  grant(USERS, GROUPS);
  expect(await missing('remove-from-group')).toEqual([[GROUPS]]);
  const { body } = await host.api.post<HintedReport>(`/integrations/${id}/test`);
  expect(body.actionGrants).toMatchObject({ granted: [USERS, GROUPS], where: expect.stringContaining('Okta API Scopes') });
  expect(await missing('suspend-account', 'remove-from-group', 'remove-role')).toEqual([[], [], ['okta.roles.manage']]);
  grant(USERS);
  await host.api.post(`/integrations/${id}/test`);
  expect(await missing('remove-from-group')).toEqual([[GROUPS]]);
});

test('a sync sees it', async () => {
  grant(GROUPS);
  const { grants: before } = await offered();
  await host.api.syncAgain(id);
  expect(await missing('suspend-account', 'remove-from-group')).toEqual([[USERS], []]);
  expect(Date.parse((await offered()).grants?.seenAt ?? '')).toBeGreaterThan(Date.parse(before?.seenAt ?? ''));
});

test('never trusted: a plan decides, and where it finds it otherwise all of it is seen anew', async () => {
  grant(USERS, GROUPS);
  const account = someone();
  expect(await missing('suspend-account')).toEqual([[USERS]]);
  expect((await plan('suspend-account', { account })).body.canRun).toEqual({ ok: true });
  expect(await missing('suspend-account', 'remove-from-group')).toEqual([[], []]);
  // What it has found to be as known costs nothing more than the plan.
  const before = tokens();
  await plan('suspend-account', { account });
  expect(tokens() - before).toBe(1);
  grant(GROUPS);
  expect((await plan('suspend-account', { account })).body.canRun).toMatchObject({ ok: false, missing: [USERS] });
  expect(await missing('suspend-account', 'remove-from-group')).toEqual([[USERS], []]);
});

test('also by a look at many, and by one that may not even look', async () => {
  grant(USERS);
  const inputs = [{ account: someone() }, { account: '00uNobody' }];
  const looked = await host.api.post<ActionBatchPlanView>(`/integrations/${id}/actions/plan-batch`, {
    action: 'suspend-account',
    inputs,
  });
  expect(looked.body.items.map(({ planned }) => planned?.canRun)).toEqual([{ ok: true }, undefined]);
  expect(await missing('suspend-account', 'revoke-api-token')).toEqual([[], ['okta.apiTokens.manage']]);
  grant('okta.apiTokens.manage');
  // The list of tokens takes it as well, as a token of a sync has no right to it.
  await plan('revoke-api-token', { apiToken: '00Tnothing' });
  expect(await missing('suspend-account', 'revoke-api-token')).toEqual([[USERS], []]);
  grant(USERS);
  expect((await plan('revoke-api-token', { apiToken: '00Tnothing' })).status).toBe(422);
  expect(await missing('suspend-account', 'revoke-api-token')).toEqual([[], ['okta.apiTokens.manage']]);
});

test('new settings are what is known from then on; without the switch, or with a token, nothing is', async () => {
  grant(USERS, GROUPS);
  await host.api.post(`/integrations/${id}/reconnect`, { config: { ...simulator.config, actions: true } });
  expect(await missing('suspend-account', 'remove-from-group', 'remove-role')).toEqual([[], [], ['okta.roles.manage']]);
  const edit = (config: object) => host.api.ask<IntegrationDetail>('PATCH', `/integrations/${id}`, { config });
  await edit({ ...simulator.config, actions: false });
  expect((await offered()).grants).toBeNull();
  // A plan of what is switched off says what it would take, which is not what was looked for.
  await plan('suspend-account', { account: someone() });
  await edit({ ...simulator.config, auth: simulator.credentials.apiToken, actions: true });
  expect(await offered()).toMatchObject({ grants: null });
  await host.api.syncAgain(id);
  await host.api.post(`/integrations/${id}/test`);
  expect(await offered()).toMatchObject({ grants: null });
  expect(await missing('suspend-account', 'remove-role')).toEqual([[], []]);
});
