import type { JsonObject, Org, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { customRole, zoneOf } from './administration-write-cases.js';
import { get, json, list, refusal, write } from './client.js';
import { eventTypesSince } from './write-case.js';

const USERS = '/api/v1/users';
const APPS = '/api/v1/apps';

describe("Okta's rules for writes to apps, roles and settings", () => {
  let simulator: Simulator;
  let org: Org;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 10, groups: 5, apps: 3, events: 0 });
    org = simulator.org;
  });
  afterAll(() => simulator.close());

  const post = (path: string, body?: JsonObject) => write(simulator, 'POST', path, body);
  const remove = (path: string) => write(simulator, 'DELETE', path);
  const read = async (path: string): Promise<JsonObject> => json(await get(simulator, path));

  it('refuses to take an app from somebody who has it by a group; an assignment besides gives way to the group’s', async () => {
    const [appId, groupId, id] = [org.addApp({ label: 'Both' }).id, org.addGroup({ name: 'Gives' }).id, org.addUser().id];
    org.assignGroup(appId, groupId);
    org.addMember(groupId, id);
    const path = `${APPS}/${appId}/users/${id}`;
    const forbidden = [
      403,
      'E0000046',
      'Deactivate application for user forbidden.',
      'The application cannot be unassigned from the user while their group memberships grant them access',
    ];
    expect(refusal(await remove(path))).toEqual(forbidden);
    expect((await post(`${APPS}/${appId}/users`, { id, profile: { team: 'Blue' } })).status).toBe(200);
    expect(await read(path)).toMatchObject({ scope: 'USER', profile: { team: 'Blue' } });
    expect((await remove(path)).status).toBe(204);
    expect(await read(path)).toMatchObject({ scope: 'GROUP' });
    expect((await remove(`${APPS}/${appId}/groups/${groupId}`)).status).toBe(204);
    expect((await get(simulator, path)).status).toBe(404);
    expect([(await remove(path)).status, (await remove(`${APPS}/${appId}/groups/${groupId}`)).status]).toEqual([404, 404]);
  });

  it('tells only a change of state, of apps and identity providers', async () => {
    const [appId, idpId] = [org.addApp({ label: 'Switched' }).id, org.addIdp({ name: 'Switched' }).id];
    const before = org.log.length;
    for (const path of [`${APPS}/${appId}`, `/api/v1/idps/${idpId}`]) {
      for (const action of ['deactivate', 'deactivate', 'activate', 'activate']) {
        expect((await post(`${path}/lifecycle/${action}`)).status).toBe(200);
        expect((await read(path))['status']).toBe(action === 'activate' ? 'ACTIVE' : 'INACTIVE');
      }
    }
    expect(eventTypesSince(org, before)).toEqual([
      'application.lifecycle.deactivate',
      'application.lifecycle.activate',
      'system.idp.lifecycle.deactivate',
      'system.idp.lifecycle.activate',
    ]);
  });

  it('switches the push of passwords off and on, and leaves the rest of the feature', async () => {
    const appId = org.addApp({ label: 'Pushed to' }).id;
    const path = `${APPS}/${appId}/features/USER_PROVISIONING`;
    expect((await get(simulator, path)).status).toBe(400);
    org.switchProvisioningOn(appId, 'https://accounts.example.com');
    org.setPasswordPush(appId, { status: 'ENABLED', seed: 'OKTA', change: 'CHANGE' });
    const before = await read(path);
    const put = (status: string) => write(simulator, 'PUT', path, { update: { password: { status } } });
    expect((await put('DISABLED')).status).toBe(200);
    expect(await read(path)).toMatchObject({
      capabilities: { update: { password: { status: 'DISABLED', seed: 'OKTA' }, profile: { status: 'ENABLED' } } },
    });
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({ outcome: { reason: 'Stop pushing user passwords' } });
    await put('ENABLED');
    expect(await read(path)).toEqual(before);
    const told = org.log.length;
    await put('ENABLED');
    await write(simulator, 'PUT', path, { update: { profile: { status: 'DISABLED' } } });
    expect(eventTypesSince(org, told)).toEqual(['application.lifecycle.update']);
    expect(await read(path)).toMatchObject({
      capabilities: { update: { password: { status: 'ENABLED' }, profile: { status: 'DISABLED' } } },
    });
  });

  it('keeps the last secret of a client', async () => {
    const appId = org.addApp({ label: 'Client', name: 'oidc_client', signOnMode: 'OPENID_CONNECT' }).id;
    const [first, second] = [org.addClientSecret(appId).id, org.addClientSecret(appId).id];
    const path = (id: string) => `${APPS}/${appId}/credentials/secrets/${id}`;
    expect(json(await post(`${path(first)}/lifecycle/deactivate`))).toMatchObject({ id: first, status: 'INACTIVE' });
    expect(refusal(await post(`${path(second)}/lifecycle/deactivate`))).toEqual([
      400,
      'E0000001',
      'Api validation failed: OAuth2ClientSecretMediated',
      "You can't deactivate the only active client secret.",
    ]);
    await post(`${path(first)}/lifecycle/activate`);
    expect(await read(path(first))).toMatchObject({ status: 'ACTIVE' });
    expect((await post(`${path(second)}/lifecycle/deactivate`)).status).toBe(200);
  });

  it('gives a role once, takes it once, and takes no role from a person that a group has', async () => {
    const [id, groupId] = [org.addUser().id, org.addGroup({ name: 'Administrators' }).id];
    org.addMember(groupId, id);
    const inherited = org.grantRole({ kind: 'group', id: groupId }, { type: 'READ_ONLY_ADMIN' });
    const roles = `${USERS}/${id}/roles`;
    const given = json(await post(roles, { type: 'HELP_DESK_ADMIN' }));
    expect(given).toMatchObject({ type: 'HELP_DESK_ADMIN', label: 'Help Desk Administrator', assignmentType: 'USER' });
    expect(refusal(await post(roles, { type: 'HELP_DESK_ADMIN' })).slice(0, 2)).toEqual([409, 'E0000090']);
    expect(refusal(await post(roles, { type: 'KING' })).slice(0, 2)).toEqual([400, 'E0000001']);
    expect(refusal(await remove(`${roles}/${inherited}`)).slice(0, 2)).toEqual([403, 'E0000006']);
    const path = `${roles}/${String(given['id'])}`;
    expect([(await remove(path)).status, (await remove(path)).status, (await get(simulator, path)).status]).toEqual([
      204, 404, 404,
    ]);
    expect((await remove(`/api/v1/groups/${groupId}/roles/${inherited}`)).status).toBe(204);
    expect(json(await get(simulator, roles))).toEqual([]);
  });

  it('narrows a role that is given back, of the kind that reaches such things', async () => {
    const [id, groupId] = [org.addUser().id, org.addGroup({ name: 'Reached' }).id];
    const role = async (type: string) => String(json(await post(`${USERS}/${id}/roles`, { type }))['id']);
    const desk = `${USERS}/${id}/roles/${await role('HELP_DESK_ADMIN')}/targets`;
    expect((await write(simulator, 'PUT', `${desk}/groups/${groupId}`)).status).toBe(204);
    expect((await list(simulator, `${desk}/groups`)).rows).toMatchObject([{ id: groupId }]);
    const everything = `${USERS}/${id}/roles/${await role('READ_ONLY_ADMIN')}/targets`;
    expect(refusal(await write(simulator, 'PUT', `${everything}/groups/${groupId}`))).toEqual([
      400,
      'E0000091',
      'The provided role type was not the same as required role type.',
    ]);
  });

  it('takes a custom role by its assignment or by the binding, and gives it back', async () => {
    const { role, set } = customRole(org);
    const id = org.addUser().id;
    const given = json(await post(`${USERS}/${id}/roles`, { type: 'CUSTOM', role, 'resource-set': set }));
    expect(given).toMatchObject({ type: 'CUSTOM', role, 'resource-set': set });
    const members = `/api/v1/iam/resource-sets/${set}/bindings/${role}/members`;
    const membersNow = async (): Promise<string[]> => {
      const answer = await get(simulator, members);
      return answer.status === 404 ? [] : json<{ members: { id: string }[] }>(answer).members.map((member) => member.id);
    };
    const [member = ''] = await membersNow();
    expect(await read(`${members}/${member}`)).toMatchObject({ id: member });
    const before = org.log.length;
    expect((await remove(`${members}/${member}`)).status).toBe(204);
    expect(eventTypesSince(org, before)).toEqual(['iam.resourceset.bindings.delete', 'user.account.privilege.revoke']);
    expect((await remove(`${members}/${member}`)).status).toBe(404);
    expect(json(await get(simulator, `${USERS}/${id}/roles`))).toEqual([]);
    const url = `${simulator.url}/api/v1/users/${id}`;
    expect((await write(simulator, 'PATCH', members, { additions: [url, url] })).status).toBe(200);
    expect(await membersNow()).toEqual([member]);
    const nobody = await write(simulator, 'PATCH', members, { additions: [`${simulator.url}/api/v1/groups/nobody`] });
    expect(nobody.status).toBe(404);
  });

  it('puts an address into a zone of blocked ones and out again', async () => {
    const own = { id: 'nzoOfTheCaller', system: true, created: '2000-01-01T00:00:00.000Z' };
    const made = json(await post('/api/v1/zones', { ...zoneOf('Blocked', 'BLOCKLIST'), ...own }));
    expect([made['id'] === own.id, made['created'] === own.created]).toEqual([false, false]);
    const path = `/api/v1/zones/${String(made['id'])}`;
    expect(made).toMatchObject({ usage: 'BLOCKLIST', status: 'ACTIVE', system: false });
    const gateways = [{ type: 'CIDR', value: '198.51.100.9/32' }];
    const before = org.log.length;
    const put = (body: JsonObject) => write(simulator, 'PUT', path, body);
    expect((await put({ ...made, gateways, proxies: null })).status).toBe(200);
    expect(await read(path)).toMatchObject({ id: made['id'], created: made['created'], gateways });
    expect((await put(zoneOf('Blocked', 'POLICY'))).status).toBe(200);
    expect(await read(path)).not.toHaveProperty('proxies');
    expect(eventTypesSince(org, before)).toEqual(['zone.update', 'zone.update', 'zone.remove_blacklist']);
    expect(refusal(await put({ ...zoneOf('Blocked', 'POLICY'), type: 'DYNAMIC' })).slice(0, 2)).toEqual([400, 'E0000001']);
    expect(refusal(await put({ usage: 'POLICY' })).slice(0, 2)).toEqual([400, 'E0000001']);
    expect((await remove(path)).status).toBe(400);
    await post(`${path}/lifecycle/deactivate`);
    expect([(await remove(path)).status, (await remove(path)).status]).toEqual([204, 404]);
  });

  it("lets Okta's own zone be empty, and no other one", async () => {
    const empty = async (system: boolean) => {
      const { id } = org.addSetting('zones', 'nzo', {
        ...zoneOf(`Empty ${String(system)}`, 'BLOCKLIST'),
        status: 'ACTIVE',
        system,
      });
      const path = `/api/v1/zones/${id}`;
      const answer = await write(simulator, 'PUT', path, { ...(await read(path)), gateways: [] });
      return [answer.status, (await read(path))['gateways']];
    };
    expect(await empty(true)).toEqual([200, []]);
    expect(await empty(false)).toEqual([400, [{ type: 'CIDR', value: '203.0.113.7/32' }]]);
  });

  it('revokes a token once, and what a program may do for a person', async () => {
    const id = org.addUser().id;
    const token = org.addApiToken(id, 'Script').id;
    const path = `/api/v1/api-tokens/${token}`;
    expect(await read(path)).toMatchObject({ id: token, userId: id });
    expect([(await remove(path)).status, (await remove(path)).status]).toEqual([204, 404]);
    const held = { status: 'ACTIVE', userId: id };
    org.refreshTokens.replace(id, [
      { id: 'oar1', clientId: 'one', ...held },
      { id: 'oar2', clientId: 'one', ...held },
      { id: 'oar3', clientId: 'two', ...held },
    ]);
    const tokens = `${USERS}/${id}/clients/one/tokens`;
    expect((await remove(`${tokens}/oar3`)).status).toBe(404);
    expect((await remove(`${tokens}/oar1`)).status).toBe(204);
    expect((await list(simulator, tokens)).rows.map((one) => one['id'])).toEqual(['oar2']);
    expect((await remove(tokens)).status).toBe(204);
    expect(org.refreshTokens.of(org.directory.users.get(id) ?? { id }).map((one) => one.id)).toEqual(['oar3']);
    await remove(`${USERS}/${id}/sessions`);
    expect(org.refreshTokens.of({ id })).toHaveLength(1);
    await remove(`${USERS}/${id}/sessions?oauthTokens=true`);
    expect(org.refreshTokens.of({ id })).toHaveLength(0);
  });
});
