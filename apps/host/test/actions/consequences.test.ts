import type { ActionPlanView } from '@castellan/api';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from '../simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: string;
/** Ana is in Engineering, which gives the wiki, and has the payroll by herself; she and Bo are super administrators. */
const people = { ana: '', bo: '', group: '', wiki: '', payroll: '', assignment: '' };

beforeAll(async () => {
  const grantedScopes = [...DEFAULT_SCOPES, 'okta.users.manage', 'okta.groups.manage', 'okta.apps.manage', 'okta.roles.manage'];
  simulator = await startSimulator({ users: 6, groups: 2, apps: 3, events: 5, grantedScopes });
  const { org } = simulator;
  for (const kind of ['user', 'group', 'client'] as const)
    for (const id of org.administration.holders(kind)) org.administration.forget({ kind, id });
  const [wiki = '', payroll = '', other = ''] = org.applications.apps.keys();
  for (const app of [wiki, payroll, other]) org.applications.apps.get(app);
  Object.assign(people, {
    ana: org.addUser().id,
    bo: org.addUser().id,
    group: org.addGroup({ name: 'Engineering' }).id,
    wiki,
    payroll,
  });
  org.addMember(people.group, people.ana);
  org.assignGroup(wiki, people.group);
  org.assignUser(payroll, people.ana);
  people.assignment = org.grantRole({ kind: 'user', id: people.ana }, { type: 'SUPER_ADMIN' });
  org.grantRole({ kind: 'user', id: people.bo }, { type: 'SUPER_ADMIN' });
  host = await TestHost.start(settingsFor(folder));
  integration = (await host.api.synced({ ...simulator.config, actions: true })).id;
}, 120_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function planned(action: string, input: object): Promise<ActionPlanView> {
  const { status, body } = await host.api.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, { action, input });
  expect(status).toBe(200);
  return body;
}

const namesOf = (keys: readonly string[]) =>
  keys.map((key) => ({ key, name: simulator.org.applications.apps.get(key)?.['label'] }));
const SUPER = { key: 'SUPER_ADMIN', name: 'Super Administrator' };

test('of an account all that it reaches, and who is left with its roles', async () => {
  for (const action of ['suspend-account', 'deactivate-account']) {
    const { access, administrators } = await planned(action, { account: people.ana });
    expect(access).toMatchObject({ accounts: 1, lost: 2, complete: true, asOf: expect.any(String) });
    expect(access?.applications).toEqual(expect.arrayContaining(namesOf([people.wiki, people.payroll])));
    expect(administrators).toEqual({ roles: [{ ...SUPER, left: 1 }], asOf: access?.asOf });
  }
});

test('of a membership what comes through it only, of an assignment the application, of a role the role', async () => {
  expect(await planned('remove-from-group', { group: people.group, member: people.ana })).toMatchObject({
    access: { accounts: 1, lost: 1, applications: namesOf([people.wiki]) },
    administrators: null,
  });
  const unassign = { application: people.payroll, principalKind: 'account', principal: people.ana };
  expect(await planned('unassign-application', unassign)).toMatchObject({
    access: { lost: 1, applications: namesOf([people.payroll]) },
    administrators: null,
  });
  const role = { role: 'SUPER_ADMIN', principalKind: 'account', principal: people.ana, assignment: people.assignment };
  expect(await planned('remove-role', role)).toMatchObject({
    access: { lost: 0, applications: [] },
    administrators: { roles: [{ ...SUPER, left: 1 }] },
  });
});

test('of what a group gives, those who have no other way', async () => {
  const { org } = simulator;
  const [desk, others] = [org.addGroup({ name: 'Desk' }).id, org.addGroup({ name: 'Others' }).id];
  const [only, own, twice, gone] = [org.addUser().id, org.addUser().id, org.addUser().id, org.addUser().id];
  for (const one of [only, own, twice, gone]) org.addMember(desk, one);
  org.addMember(others, twice);
  org.setStatus(gone, 'DEPROVISIONED');
  for (const group of [desk, others]) org.assignGroup(people.payroll, group);
  org.assignUser(people.payroll, own);
  const HELP = { type: 'HELP_DESK_ADMIN' };
  const assignment = org.grantRole({ kind: 'group', id: desk }, HELP);
  org.grantRole({ kind: 'user', id: own }, HELP);
  org.grantRole({ kind: 'group', id: others }, HELP);
  await host.api.syncAgain(integration);
  const unassign = { application: people.payroll, principalKind: 'group', principal: desk };
  expect(await planned('unassign-application', unassign)).toMatchObject({
    access: { accounts: 1, lost: 1, applications: namesOf([people.payroll]), complete: true },
    administrators: null,
  });
  const role = { role: 'HELP_DESK_ADMIN', principalKind: 'group', principal: desk, assignment };
  expect(await planned('remove-role', role)).toMatchObject({
    access: null,
    // The one who has it by themselves, and the one of the other group.
    administrators: { roles: [{ key: 'HELP_DESK_ADMIN', left: 2 }] },
  });
});

test('of an account that was read and has nothing: nothing', async () => {
  const { id: account } = simulator.org.addUser();
  await host.api.syncAgain(integration);
  await host.query(`DELETE FROM memberships WHERE member = '${account}'`);
  expect(await planned('suspend-account', { account })).toMatchObject({
    access: { accounts: 1, lost: 0, applications: [] },
    administrators: null,
  });
});

test('of an application everybody who reaches it', async () => {
  const { access } = await planned('deactivate-application', { application: people.wiki });
  expect(access).toMatchObject({ lost: 1, applications: namesOf([people.wiki]) });
  expect(access?.accounts).toBeGreaterThanOrEqual(1);
});

test('nothing is said of what takes nothing away, nor of whom no sync has seen', async () => {
  const NOTHING = { access: null, administrators: null };
  for (const action of ['clear-sessions', 'expire-password'])
    expect(await planned(action, { account: people.ana })).toMatchObject(NOTHING);
  const { id: account } = simulator.org.addUser();
  expect(await planned('suspend-account', { account })).toMatchObject(NOTHING);
  expect(await planned('add-to-group', { group: people.group, member: people.bo })).toMatchObject(NOTHING);
});
