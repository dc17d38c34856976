import { type FaultRule, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { truthOf } from './support/org-truth.js';
import { TinyHost } from './support/tiny-host.js';

const MEMBERS = ['accounts', 'groups', 'memberships', 'everyone-memberships'];

describe('Okta in trouble', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 210, groups: 30, apps: 12, events: 300, seed: 11 });
  });
  afterEach(() => {
    simulator.setFaults([]);
    simulator.setGrantedScopes([
      'okta.users.read',
      'okta.groups.read',
      'okta.apps.read',
      'okta.roles.read',
      'okta.idps.read',
      'okta.logs.read',
    ]);
    simulator.setAdminRole(true);
  });
  afterAll(() => simulator.close());

  const runWith = async (faults: readonly FaultRule[], streams: readonly string[]): Promise<TinyHost> => {
    simulator.setFaults(faults);
    const host = await TinyHost.create(simulator.config);
    await host.run(streams);
    return host;
  };
  const members = '/api/v1/groups/{groupId}/users';
  const groupWithMembers = (): string =>
    [...simulator.org.directory.groups.values()].find(
      (group) => group['type'] !== 'BUILT_IN' && simulator.org.directory.memberCount(group.id) > 0,
    )?.id ?? '';
  const membersOf = (group: string): string => `/api/v1/groups/${group}/users`;

  it('never takes an empty list of users for the truth', async () => {
    simulator.setAdminRole(false);
    const host = await runWith([], ['accounts']);
    expect(host.completed.size).toBe(0);
    expect(host.stopped).toMatchObject([
      { stream: 'accounts', status: 'skipped', error: { kind: 'permission', missing: [expect.stringMatching(/admin role/)] } },
    ]);
    expect(host.stopped[0]?.error.message).toMatch(/no user at all.*admin role/i);
  });

  it('names the scope that is missing, and reads the rest', async () => {
    simulator.setGrantedScopes(['okta.users.read', 'okta.apps.read', 'okta.roles.read', 'okta.idps.read', 'okta.logs.read']);
    const host = await runWith([], ['groups', 'memberships', 'applications']);
    expect(host.stopped.map(({ stream, error }) => [stream, error.kind, error.missing])).toEqual([
      ['groups', 'permission', ['okta.groups.read']],
      ['memberships', 'permission', ['okta.groups.read']],
    ]);
    expect(host.count('application')).toBe(12);
  });

  it('names the scope from an empty 403 as well', async () => {
    const host = await runWith([{ kind: 'forbidden', match: '/api/v1/groups/rules' }], ['group-rules']);
    expect(host.stopped).toMatchObject([
      { status: 'skipped', error: { kind: 'permission', missing: [expect.stringMatching(/^okta\./)] } },
    ]);
  });

  it.each([
    ['403', { kind: 'status', status: 403, code: 'E0000006' }],
    ['500', { kind: 'status', status: 500 }],
    ['HTML', { kind: 'html' }],
  ] as const)('leaves one group alone that answers %s, and lists the others', async (_, fault) => {
    const group = groupWithMembers();
    const host = await runWith([{ ...fault, match: membersOf(group) }], MEMBERS);
    expect(host.stopped).toEqual([]);
    expect(host.unlisted).toEqual([`memberships ${group}`]);
    expect(host.count('membership')).toBe(truthOf(simulator.org).membership - simulator.org.directory.memberCount(group));
  });

  it('passes over a group that was deleted between two calls', async () => {
    const group = groupWithMembers();
    const host = await runWith([{ kind: 'not-found', match: membersOf(group) }], ['groups', 'memberships']);
    expect(host.stopped).toEqual([]);
    expect(host.unlisted).toEqual([]);
    expect(host.completed).toContain('memberships');
  });

  it('does not call a fan-out complete when not one part could be listed', async () => {
    const host = await runWith([{ kind: 'status', status: 403, code: 'E0000006', match: members }], ['groups', 'memberships']);
    expect(host.completed).not.toContain('memberships');
    expect(host.stopped).toMatchObject([{ stream: 'memberships', error: { kind: 'permission' } }]);
  });

  it('gives up a fan-out early when Okta is down', async () => {
    const before = simulator.requests.total;
    const host = await runWith(
      [{ kind: 'status', status: 503, match: '/api/v1/users/{userId}/factors' }],
      ['accounts', 'authenticators'],
    );
    expect(host.stopped).toMatchObject([{ stream: 'authenticators', status: 'incomplete', error: { kind: 'transient' } }]);
    expect(simulator.requests.total - before).toBeLessThan(150);
  });

  it('goes without statistics when Okta cannot give them, and still lists every member', async () => {
    const host = await runWith([{ kind: 'status', match: /^\/api\/v1\/groups\?.*expand=stats/ }], MEMBERS);
    expect(host.stopped).toEqual([]);
    expect(host.count('group')).toBe(30);
    expect(host.all('group').every(({ hint }) => hint?.['members'] === null)).toBe(true);
    expect(host.count('membership')).toBe(truthOf(simulator.org).membership);
  });

  it.each([['accounts'], ['groups']])('starts %s afresh when its position has expired', async (stream) => {
    const host = await TinyHost.create(simulator.config);
    await host.run(['accounts'], 1);
    if (stream === 'groups') host.checkpoints['groups'] = { next: `${simulator.url}/api/v1/groups?after=zzz&limit=200` };
    simulator.setFaults([{ kind: 'expired-cursor', times: 1 }]);
    await host.run([stream]);
    expect(host.stopped).toEqual([]);
    expect(host.completed).toContain(stream);
    expect(host.count(stream === 'groups' ? 'group' : 'account')).toBe(stream === 'groups' ? 30 : 210);
  });

  it('goes back to the time of the last event when the position in the System Log has expired', async () => {
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await host.run(['activity']);
    const known = host.count('activity');
    host.completed.clear();
    simulator.org.emit({ eventType: 'user.session.start', displayMessage: 'User signed in' });
    simulator.setFaults([{ kind: 'expired-cursor', times: 1 }]);
    await host.run(['activity']);
    expect(host.stopped).toEqual([]);
    expect(host.count('activity')).toBe(known + 1);
  });

  it('throws away a stored position that lies on a host of somebody else', async () => {
    const host = await TinyHost.create(simulator.config);
    host.checkpoints['accounts'] = { next: 'https://evil.test/api/v1/users?after=1' };
    await host.run(['accounts']);
    expect(host.stopped).toEqual([]);
    expect(host.count('account')).toBe(210);
  });

  it('renews a token that was revoked in mid-run, and asks for one only', async () => {
    const host = await TinyHost.create(simulator.config);
    await host.run(['accounts'], 1);
    const tokens = (): number => simulator.requests.byTemplate['/oauth2/v1/token'] ?? 0;
    const before = tokens();
    simulator.setFaults([{ kind: 'unauthorized', match: '/api/v1/users', times: 1 }]);
    await host.run(['accounts']);
    expect(host.stopped).toEqual([]);
    expect(host.count('account')).toBe(210);
    expect(tokens() - before).toBeLessThanOrEqual(2);
  });

  it('renews once after "invalid session", which is a 403', async () => {
    const host = await runWith(
      [{ kind: 'status', status: 403, code: 'E0000005', match: '/api/v1/groups/rules', times: 1 }],
      ['group-rules'],
    );
    expect(host.stopped).toEqual([]);
  });

  it('ends the run when the app was removed, without calling anything complete', async () => {
    const host = await TinyHost.create(simulator.config);
    simulator.setClientsActive(false);
    await host.run();
    simulator.setClientsActive(true);
    expect(host.completed.size).toBe(0);
    expect(host.stopped[0]?.error).toMatchObject({ kind: 'auth', field: 'auth.clientId' });
  });

  it('comes through 4 % random errors with every row', async () => {
    const host = await runWith(
      [
        { kind: 'status', probability: 0.04 },
        { kind: 'reset', probability: 0.02 },
      ],
      (await TinyHost.create(simulator.config)).names,
    );
    expect(host.stopped).toEqual([]);
    expect(host.unlisted).toEqual([]);
    expect(host.count('membership')).toBe(truthOf(simulator.org).membership);
    expect(host.count('app_assignment')).toBe(truthOf(simulator.org).app_assignment);
  });

  it('follows no link to another host', async () => {
    const host = await runWith([{ kind: 'foreign-next', match: '/api/v1/users', host: 'http://127.0.0.1:9' }], ['accounts']);
    expect(host.stopped).toMatchObject([{ status: 'incomplete', error: { kind: 'upstream' } }]);
  });
});
