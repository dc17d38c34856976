import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, Org, Simulator, UserStatus } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { bearer, get, json, list, refusal, write } from './client.js';
import type { ErrorBody } from './client.js';
import { shared } from './description.js';
import { eventTypesSince } from './write-case.js';

const USERS = '/api/v1/users';
const APPS = '/api/v1/apps';
const recorded = join(shared, 'okta-recorded', 'errors.jsonl');

describe("Okta's rules for writes to accounts and groups", () => {
  let simulator: Simulator;
  let org: Org;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 60, groups: 60, apps: 6, events: 0 });
    org = simulator.org;
  });
  afterAll(() => simulator.close());

  const post = (path: string, body?: JsonObject) => write(simulator, 'POST', path, body);
  const remove = (path: string) => write(simulator, 'DELETE', path);
  const read = async (path: string): Promise<JsonObject> => json(await get(simulator, path));
  const userIn = (status: UserStatus): string => {
    const { id } = org.addUser();
    return status === 'ACTIVE' ? id : org.setStatus(id, status).id;
  };
  const lifecycle = (id: string, action: string) => post(`${USERS}/${id}/lifecycle/${action}`);

  const NOT_IN_STATUS = [403, 'E0000038', "This operation is not allowed in the user's current status."] as const;
  const NOT_ACTIVE = [
    400,
    'E0000001',
    'Api validation failed: suspendUser',
    'Cannot suspend a user that is not active',
  ] as const;
  const NOT_LOCKED = [403, 'E0000032', 'Unlock is not allowed for this user.', 'The user is not locked out.'] as const;

  it.each<[string, UserStatus, readonly unknown[]]>([
    ['suspend', 'SUSPENDED', NOT_ACTIVE],
    ['suspend', 'LOCKED_OUT', NOT_ACTIVE],
    ['suspend', 'PASSWORD_EXPIRED', NOT_ACTIVE],
    ['suspend', 'DEPROVISIONED', NOT_ACTIVE],
    [
      'unsuspend',
      'ACTIVE',
      [400, 'E0000001', 'Api validation failed: unsuspendUser', 'Cannot unsuspend a user that is not suspended'],
    ],
    ['activate', 'ACTIVE', [403, 'E0000016', 'Activation failed because the user is already active']],
    ['reactivate', 'ACTIVE', NOT_IN_STATUS],
    ['reactivate', 'DEPROVISIONED', NOT_IN_STATUS],
    ['unlock', 'ACTIVE', NOT_LOCKED],
    ['unlock', 'SUSPENDED', NOT_LOCKED],
    ['expire_password', 'DEPROVISIONED', NOT_IN_STATUS],
    ['expire_password', 'STAGED', NOT_IN_STATUS],
    ['reset_password?sendEmail=true', 'SUSPENDED', NOT_IN_STATUS],
    ['reset_password', 'ACTIVE', [400, 'E0000028', "The request is missing a required parameter: 'sendEmail'."]],
  ])('%s of an account that is %s is refused and changes nothing', async (action, status, expected) => {
    const id = userIn(status);
    const before = org.log.length;
    expect(refusal(await lifecycle(id, action))).toEqual(expected);
    expect([(await read(`${USERS}/${id}`))['status'], org.log.length]).toEqual([status, before]);
  });

  it('does not find an account to deactivate that is deactivated', async () => {
    const id = userIn('ACTIVE');
    expect((await lifecycle(id, 'deactivate')).status).toBe(200);
    const gone = [404, 'E0000007', `Not found: Resource not found: ${id} (User)`];
    expect(refusal(await lifecycle(id, 'deactivate'))).toEqual(gone);
  });

  (existsSync(recorded) ? it : it.skip)('refuses in the words that were recorded', async () => {
    // The file is recorded; a wrong shape fails in the look-up.
    const errors = readFileSync(recorded, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; status: number; body: ErrorBody });
    const said = (path: string) => {
      const { status, body } = errors.find((one) => one.path === path) ?? {};
      return [status, body?.errorCode, body?.errorSummary, ...(body?.errorCauses.map((cause) => cause.errorSummary) ?? [])];
    };
    const id = userIn('ACTIVE');
    for (const action of ['reactivate', 'unlock']) {
      expect(refusal(await lifecycle(id, action))).toEqual(said(`${USERS}/{id}/lifecycle/${action}`));
    }
    const appId = org.addApp({ label: 'Written to' }).id;
    org.switchProvisioningOn(appId, 'https://accounts.example.com');
    const feature = await write(simulator, 'PUT', `${APPS}/${appId}/features/USER_PROVISIONING`, 'no JSON');
    expect(refusal(feature)).toEqual(said('/api/v1/apps/{id}/features/USER_PROVISIONING'));
  });

  it.each<[string, UserStatus, UserStatus]>([
    ['suspend', 'ACTIVE', 'SUSPENDED'],
    ['unsuspend', 'SUSPENDED', 'ACTIVE'],
    ['deactivate', 'SUSPENDED', 'DEPROVISIONED'],
    ['activate', 'DEPROVISIONED', 'PROVISIONED'],
    ['unlock', 'LOCKED_OUT', 'ACTIVE'],
    ['expire_password', 'ACTIVE', 'PASSWORD_EXPIRED'],
    ['reset_password?sendEmail=true', 'ACTIVE', 'RECOVERY'],
  ])('%s makes of %s: %s', async (action, before, after) => {
    const id = userIn(before);
    expect((await lifecycle(id, action)).status).toBe(200);
    expect((await read(`${USERS}/${id}`))['status']).toBe(after);
  });

  it('gives a link when it sends no mail, and ends sessions with a password when told to', async () => {
    const id = userIn('ACTIVE');
    expect(json(await lifecycle(id, 'reset_password?sendEmail=true'))).toEqual({});
    const before = org.log.length;
    const reset = json(await lifecycle(id, 'reset_password?sendEmail=false&revokeSessions=true'));
    expect(reset['resetPasswordUrl']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signin\/reset-password\//);
    expect(eventTypesSince(org, before)).toEqual(['user.account.reset_password', 'user.session.clear']);
    expect(json(await lifecycle(userIn('STAGED'), 'activate'))).toEqual({});
    const activated = json(await lifecycle(userIn('STAGED'), 'activate?sendEmail=false'));
    expect(Object.keys(activated).toSorted()).toEqual(['activationToken', 'activationUrl']);
  });

  it('leaves the accounts of a directory to be unlocked there', async () => {
    const { id } = org.addUser();
    const credentials = { provider: { type: 'ACTIVE_DIRECTORY', name: 'example.com' } };
    org.directory.users.set(id, { ...org.setStatus(id, 'LOCKED_OUT'), credentials });
    expect(refusal(await lifecycle(id, 'unlock'))).toEqual(NOT_LOCKED.slice(0, 3));
  });

  it('deletes at the second call only, and answers both alike', async () => {
    const id = userIn('ACTIVE');
    expect((await remove(`${USERS}/${id}`)).status).toBe(204);
    expect((await read(`${USERS}/${id}`))['status']).toBe('DEPROVISIONED');
    expect((await remove(`${USERS}/${id}`)).status).toBe(204);
    expect((await get(simulator, `${USERS}/${id}`)).status).toBe(404);
    expect((await remove(`${USERS}/${id}`)).status).toBe(404);
  });

  it('keeps the assignments of a suspended account, and ends those of its own of a deactivated one', async () => {
    const id = userIn('ACTIVE');
    const appId = org.addApp({ label: 'Own' }).id;
    org.assignUser(appId, id);
    await lifecycle(id, 'suspend');
    expect((await get(simulator, `${APPS}/${appId}/users/${id}`)).status).toBe(200);
    await lifecycle(id, 'deactivate');
    expect((await get(simulator, `${APPS}/${appId}/users/${id}`)).status).toBe(404);
  });

  it('takes all of Okta Verify with a push, and nothing else', async () => {
    const id = userIn('ACTIVE');
    org.factors.replace(id, []);
    const enrolled = (['push', 'signed_nonce', 'token:software:totp', 'sms'] as const).map((type) => org.enrolFactor(id, type));
    const other = org.enrolFactor(id, 'token:software:totp', 'GOOGLE');
    const before = org.log.length;
    expect((await remove(`${USERS}/${id}/factors/${enrolled[0]?.id ?? ''}`)).status).toBe(204);
    const left = (await list(simulator, `${USERS}/${id}/factors`)).rows;
    expect(left.map((factor) => factor['id'])).toEqual([enrolled[3]?.id, other.id]);
    expect(eventTypesSince(org, before)).toEqual(Array.from({ length: 3 }, () => 'user.mfa.factor.deactivate'));
    expect((await remove(`${USERS}/${id}/factors/${enrolled[1]?.id ?? ''}`)).status).toBe(404);
    const alone = org.enrolFactor(id, 'token:software:totp');
    await remove(`${USERS}/${id}/factors/${other.id}`);
    expect((await list(simulator, `${USERS}/${id}/factors`)).rows.map((factor) => factor['id'])).toEqual([
      enrolled[3]?.id,
      alone.id,
    ]);
  });

  it('takes nothing of Okta Verify with the push of another app', async () => {
    const id = userIn('ACTIVE');
    org.factors.replace(id, []);
    const [own, other] = [org.enrolFactor(id, 'push'), org.enrolFactor(id, 'push', 'CUSTOM')];
    await remove(`${USERS}/${id}/factors/${other.id}`);
    expect((await list(simulator, `${USERS}/${id}/factors`)).rows.map((factor) => factor['id'])).toEqual([own.id]);
  });

  it('lets nobody move members of groups that are an app’s or everybody’s', async () => {
    const appGroup = org.addGroup({ name: 'From the directory', type: 'APP_GROUP' }).id;
    const everyone = [...org.directory.groups.values()].find((group) => group['type'] === 'BUILT_IN')?.id ?? '';
    const id = userIn('ACTIVE');
    const denied = [403, 'E0000006', 'You do not have permission to perform the requested action'];
    expect(refusal(await write(simulator, 'PUT', `/api/v1/groups/${appGroup}/users/${id}`))).toEqual(denied);
    expect(refusal(await remove(`/api/v1/groups/${appGroup}/users/${id}`))).toEqual(denied);
    expect(refusal(await remove(`/api/v1/groups/${everyone}/users/${id}`))).toEqual(denied);
    const unsupported = [501, 'E0000060', 'Unsupported operation.'];
    expect(refusal(await write(simulator, 'PUT', `/api/v1/groups/${everyone}/users/${id}`))).toEqual(unsupported);
  });

  it('answers the same whether a membership was there or not, and tells only what changed', async () => {
    const path = `/api/v1/groups/${org.addGroup({ name: 'Twice' }).id}/users/${userIn('ACTIVE')}`;
    const before = org.log.length;
    const statuses = [];
    for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE']) statuses.push((await write(simulator, method, path)).status);
    expect(statuses).toEqual([204, 204, 204, 204]);
    expect(eventTypesSince(org, before)).toEqual(['group.user_membership.add', 'group.user_membership.remove']);
  });

  it('lets an active group rule put back whom it had put there', async () => {
    const groupId = org.addGroup({ name: 'Ruled' }).id;
    const rule = org.addRule('Everybody of a kind', 'user.city=="Bern"', [groupId]);
    const [byRule, byHand] = [userIn('ACTIVE'), userIn('ACTIVE')];
    org.addMember(groupId, byRule, 'rule');
    org.addMember(groupId, byHand);
    const groupsOf = async (id: string) => (await list(simulator, `${USERS}/${id}/groups`)).rows.map((group) => group['id']);
    const before = org.log.length;
    for (const id of [byHand, byRule]) expect((await remove(`/api/v1/groups/${groupId}/users/${id}`)).status).toBe(204);
    expect([(await groupsOf(byHand)).includes(groupId), (await groupsOf(byRule)).includes(groupId)]).toEqual([false, true]);
    expect(eventTypesSince(org, before).slice(1)).toEqual(['group.user_membership.remove', 'group.user_membership.add']);
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({ actor: { type: 'SystemPrincipal' } });
    org.setRuleStatus(rule.id, 'INACTIVE');
    await remove(`/api/v1/groups/${groupId}/users/${byRule}`);
    expect((await groupsOf(byRule)).includes(groupId)).toBe(false);
    // Who comes back by hand is nobody whom the rule has put there.
    org.setRuleStatus(rule.id, 'ACTIVE');
    org.addMember(groupId, byRule);
    await remove(`/api/v1/groups/${groupId}/users/${byRule}`);
    expect((await groupsOf(byRule)).includes(groupId)).toBe(false);
  });

  it('puts back people of a department in a generated org, and nobody whom an access request brought', () => {
    const { directory } = org;
    const ruled = [...directory.rules.values()].flatMap((rule) => {
      const actions = rule['actions'] as { assignUserToGroups?: { groupIds: string[] } }; // as the generator makes them
      return actions.assignUserToGroups?.groupIds ?? [];
    });
    const marked = ruled.filter((id) => [...directory.members(id).keys()].some((userId) => directory.isByRule(id, userId)));
    const names = marked.map((id) => JSON.stringify(directory.groups.get(id)?.['profile']));
    expect(marked.length).toBeGreaterThan(2);
    expect(names.filter((name) => /access/i.test(name))).toEqual([]);
  });
});

it('deactivates after a while where the caller does not wait, as the doing of the same caller', async () => {
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  const simulator = await startSimulator({
    users: 5,
    groups: 2,
    apps: 1,
    events: 0,
    deactivationMs: 5000,
    now: () => new Date(now),
  });
  const { org } = simulator;
  const { id } = org.addUser();
  const before = org.log.length;
  const read = async () => json(await get(simulator, `${USERS}/${id}`));
  const held = { ...(await bearer(simulator, ['okta.users.manage'])), prefer: 'respond-async' };
  const path = `${USERS}/${id}/lifecycle/deactivate`;
  expect((await write(simulator, 'POST', path, undefined, held)).status).toBe(200);
  now += 4999;
  expect(await read()).toMatchObject({ status: 'ACTIVE', transitioningToStatus: 'DEPROVISIONED' });
  expect(org.log.length).toBe(before);
  now += 1;
  const done = await read();
  expect([done['status'], 'transitioningToStatus' in done]).toEqual(['DEPROVISIONED', false]);
  expect(org.log.eventAt(before)).toMatchObject({
    eventType: 'user.lifecycle.deactivate',
    actor: { id: simulator.config.auth.clientId },
    published: new Date(now).toISOString(),
  });
  const other = org.addUser().id;
  await write(simulator, 'POST', `${USERS}/${other}/lifecycle/deactivate`);
  expect(json(await get(simulator, `${USERS}/${other}`))['status']).toBe('DEPROVISIONED');
  await simulator.close();
});

it('makes an exception of a group rule of whom it had put there, where an org is told to', async () => {
  const simulator = await startSimulator({ users: 10, groups: 4, events: 0, ruleMembers: 'excluded' });
  const { org } = simulator;
  const groupId = org.addGroup({ name: 'Ruled' }).id;
  const rule = org.addRule('Everybody of a kind', 'user.city=="Bern"', [groupId]).id;
  const { id } = org.addUser();
  org.addMember(groupId, id, 'rule');
  const before = org.log.length;
  expect((await write(simulator, 'DELETE', `/api/v1/groups/${groupId}/users/${id}`)).status).toBe(204);
  expect(eventTypesSince(org, before)).toEqual(['group.user_membership.remove', 'group.user_membership.rule.add_exclusion']);
  expect(org.directory.members(groupId).has(id)).toBe(false);
  expect(json(await get(simulator, `/api/v1/groups/rules/${rule}`))).toMatchObject({
    conditions: { people: { users: { exclude: [id] }, groups: { exclude: [] } } },
  });
  await simulator.close();
});
