import { playScenario } from '@castellan/okta-simulator';
import type { ActionPlanView, OfferedActions, ResponsePart, ResponseSubjects, ResponseView } from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, hoursAgo, type Simulator, startSimulator } from '../simulator.js';

const MANAGE = ['okta.users.manage', 'okta.groups.manage', 'okta.apps.manage', 'okta.roles.manage', 'okta.networkZones.manage'];
const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;

beforeAll(async () => {
  simulator = await startSimulator({
    users: 8,
    groups: 3,
    apps: 3,
    events: 10,
    epoch: hoursAgo(2),
    grantedScopes: [...DEFAULT_SCOPES, ...MANAGE],
  });
  playScenario(simulator.org, 'push-bombing-accepted', { at: hoursAgo(1) });
  host = await TestHost.start(settingsFor(folder));
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
}, 90_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

const responseOf = async (kind: string, key: string): Promise<ResponseView> =>
  (await host.api.get<ResponseView>(`/integrations/${integration}/records/${kind}/${encodeURIComponent(key)}/response`)).body;
const partOf = async (kind: string, key: string, relation: string, query = ''): Promise<ResponsePart> =>
  (await host.api.get<ResponsePart>(`/integrations/${integration}/records/${kind}/${key}/response/${relation}${query}`)).body;

/** Somebody who is in more than one group, as the simulator has it. */
function memberOfSome(): { readonly account: string; readonly groups: readonly string[] } {
  const { directory } = simulator.org;
  const ids = [...directory.groups.keys()];
  const groupsOf = (account: string) => ids.filter((id) => [...directory.members(id).keys()].includes(account));
  const account = [...directory.users.keys()].find((id) => groupsOf(id).length > 1);
  if (account === undefined) throw new Error('nobody is in two groups');
  return { account, groups: groupsOf(account) };
}

test('of an account: what can be done to it, filled in, and what it could be given', async () => {
  const { account } = memberOfSome();
  const { actions, named } = await responseOf('account', account);
  expect(actions).toContainEqual({ action: 'suspend-account', input: { account }, open: [] });
  expect(actions).toContainEqual({ action: 'add-to-group', input: { member: account }, open: ['group'] });
  expect(actions).toContainEqual({
    action: 'assign-role',
    input: { principalKind: 'account', principal: account },
    open: ['role'],
  });
  // What is taken away is taken from something that it has.
  expect(actions.map(({ action }) => action)).not.toContain('remove-from-group');
  expect(named).toEqual([]);
});

test('what it has comes by relation, each with what can be done to it, and that can be planned', async () => {
  const { account, groups } = memberOfSome();
  const { parts } = await responseOf('account', account);
  expect(parts).toContainEqual({ relation: 'groups', title: 'Groups', count: groups.length });
  const { items, total } = await partOf('account', account, 'groups');
  expect(total).toBe(groups.length);
  expect(items.map(({ subject }) => subject.key)).toEqual(groups.map((group) => `${group}|${account}`).toSorted());
  const name = (id: string): unknown => Object(simulator.org.directory.groups.get(id)?.['profile'])['name'];
  expect(items.map(({ subject }) => subject.label)).toEqual(groups.toSorted().map(name));
  const removal = items[0]?.actions.find(({ action }) => action === 'remove-from-group');
  expect(removal).toEqual({ action: 'remove-from-group', input: { group: groups.toSorted()[0], member: account }, open: [] });
  const listed = (await host.api.get<OfferedActions>(`/integrations/${integration}/actions`)).body.items;
  expect(listed.map(({ name: one }) => one)).toContain('remove-from-group');
  const second = await partOf('account', account, 'groups', '?offset=1&limit=1');
  expect(second).toMatchObject({ total: groups.length, offset: 1, items: [items[1]] });
});

test('what can be planned of what is filled in is planned', async () => {
  const { account } = memberOfSome();
  const { actions } = await responseOf('account', account);
  const wanted = actions.find(({ action }) => action === 'suspend-account');
  const { status, body } = await host.api.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, {
    action: wanted?.action,
    input: wanted?.input,
  });
  expect(status).toBe(200);
  expect(body.plan.touches[0]).toMatchObject({ kind: 'account', key: account });
});

test('factors of one vendor are told apart by their kind', async () => {
  const { org } = simulator;
  const account = [...org.directory.users.keys()].find((id) => org.factorsOf(id).length > 1) ?? '';
  const { items } = await partOf('account', account, 'authenticators');
  const factorOf = (key: string) => org.factorsOf(account).find(({ id }) => key === `${account}|${id}`);
  expect(items).toHaveLength(org.factorsOf(account).length);
  expect(items.map(({ subject }) => subject.detail)).toEqual(items.map(({ subject }) => factorOf(subject.key)?.['factorType']));
});

test('a membership names its group and its member, an address can be blocked', async () => {
  const { account, groups } = memberOfSome();
  const { named } = await responseOf('membership', `${groups[0]}|${account}`);
  expect(named.map(({ kind, key }) => [kind, key])).toEqual([
    ['group', groups[0]],
    ['account', account],
  ]);
  expect(await responseOf('address', '203.0.113.9')).toEqual({
    actions: expect.arrayContaining([{ action: 'block-address', input: { address: '203.0.113.9' }, open: [] }]),
    parts: [],
    named: [],
  });
});

test('an incident names whom it is about, and where its events came from', async () => {
  let incident: { readonly id: string; readonly subject: { readonly kind: string; readonly key: string } } | undefined;
  await until(async () => {
    const { body } = await host.api.get<{ readonly items: readonly NonNullable<typeof incident>[] }>('/incidents');
    incident = body.items.find(({ subject }) => subject.kind === 'account');
    return incident !== undefined;
  }, 60_000);
  if (incident === undefined) throw new Error('no incident');
  const { items, integration: of } = (await host.api.get<ResponseSubjects>(`/incidents/${incident.id}/response`)).body;
  expect(of.id).toBe(integration);
  expect(items[0]).toMatchObject({ kind: 'account', key: incident.subject.key, role: 'subject' });
  const log = Array.from({ length: simulator.org.log.length }, (_, n) => simulator.org.log.eventAt(n));
  const of_pushes = log.filter((event) => JSON.stringify(event).includes(`"${incident?.subject.key}"`));
  const addresses = new Set(of_pushes.map((event) => Object(event['client'])['ipAddress']));
  const named = items.filter(({ role }) => role === 'address');
  expect(named.length).toBeGreaterThan(0);
  for (const { key } of named) expect(addresses).toContain(key);
  const finding = (await host.api.get<{ readonly found: readonly { readonly id: string }[] }>(`/incidents/${incident.id}`)).body
    .found[0];
  const ofFinding = (await host.api.get<ResponseSubjects>(`/findings/${finding?.id}/response`)).body;
  expect(ofFinding.items[0]).toMatchObject({ kind: 'account', key: incident.subject.key, role: 'subject' });
});

test('what is not there is not found', async () => {
  const { account } = memberOfSome();
  const base = `/integrations/${integration}/records`;
  expect(await host.api.get(`${base}/account/nobody/response`)).toMatchObject({ status: 404 });
  expect(await host.api.get(`${base}/account/${account}/response/reports`)).toMatchObject({ status: 404 });
  expect(await host.api.get(`${base}/nothing/${account}/response`)).toMatchObject({ status: 404 });
});
