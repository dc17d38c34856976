import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { TinyHost } from './support/tiny-host.js';

const STREAMS = [
  'groups',
  'applications',
  'roles',
  'user-role-assignments',
  'group-role-assignments',
  'client-role-assignments',
];

describe('who administers the organisation', () => {
  let simulator: Simulator;
  let users: readonly string[];
  let groups: readonly string[];
  let apps: readonly string[];
  beforeAll(async () => {
    simulator = await startSimulator({ users: 45, groups: 12, apps: 12 });
    // So that even few are several pages.
    simulator.org.largestPage = 20;
    const { org } = simulator;
    users = [...org.directory.users.keys()];
    groups = [...org.directory.groups.keys()];
    apps = [...org.applications.apps.keys()];
    for (const id of users) org.grantRole({ kind: 'user', id }, { type: 'REPORT_ADMIN' });
  });
  afterEach(() => simulator.setFaults([]));
  afterAll(() => simulator.close());

  const at = (list: readonly string[], index: number): string => list[index] ?? '';
  const read = async (): Promise<TinyHost> => {
    const host = await TinyHost.create(simulator.config);
    await host.run(STREAMS);
    expect(host.stopped).toEqual([]);
    return host;
  };
  const targetsOf = (host: TinyHost, role: string, principal: string): readonly string[] =>
    host
      .all('role_assignment')
      .filter(({ data }) => data.role === role && data.principal === principal)
      .map(({ data }) => `${data.principalKind} ${data.targetKind} ${data.target}`)
      .toSorted();

  it('pages through those who have a role by the link in the body', async () => {
    const host = await read();
    const reporters = host
      .all('role_assignment')
      .filter(({ data }) => data.role === 'REPORT_ADMIN' && data.principalKind === 'account');
    expect(reporters).toHaveLength(users.length);
  });

  it('counts a role that comes through a group with the group only', async () => {
    const group = at(groups, 3);
    const member = at(users, 7);
    simulator.org.directory.join(group, member);
    simulator.org.grantRole({ kind: 'group', id: group }, { type: 'API_ACCESS_MANAGEMENT_ADMIN' });
    const host = await read();
    const found = host.all('role_assignment').filter(({ data }) => data.role === 'API_ACCESS_MANAGEMENT_ADMIN');
    const holders = found.map(({ data }) => data.principal);
    expect(holders).toContain(group);
    expect(holders).not.toContain(member);
  });

  it('gives one record for each target, and none without it where there is one', async () => {
    const group = at(groups, 4);
    simulator.org.grantRole({ kind: 'group', id: group }, { type: 'USER_ADMIN', groupTargets: [at(groups, 1), at(groups, 2)] });
    simulator.org.grantRole({ kind: 'user', id: at(users, 9) }, { type: 'APP_ADMIN', appTargets: [at(apps, 0), 'salesforce'] });
    const host = await read();
    expect(targetsOf(host, 'USER_ADMIN', group)).toEqual(
      [`group group ${at(groups, 1)}`, `group group ${at(groups, 2)}`].toSorted(),
    );
    expect(targetsOf(host, 'APP_ADMIN', at(users, 9))).toEqual(
      [`account application ${at(apps, 0)}`, 'account application salesforce'].toSorted(),
    );
  });

  it('narrows a custom role to its resource set, and lists its permissions', async () => {
    const role = simulator.org.addCustomRole('Night desk', 'Unlocks', ['okta.users.read', 'okta.users.credentials.manage']);
    simulator.org.grantRole({ kind: 'user', id: at(users, 3) }, { type: 'CUSTOM', roleId: role.id, resourceSetId: 'iamX' });
    const host = await read();
    expect(targetsOf(host, role.id, at(users, 3))).toEqual(['account resource_set iamX']);
    const record = host.all('role').find(({ key }) => key === role.id);
    expect(record?.data).toMatchObject({
      label: 'Night desk',
      builtIn: false,
      permissions: ['okta.users.read', 'okta.users.credentials.manage'],
    });
  });

  it('does not widen a role to the whole organisation when it is taken back in mid-run', async () => {
    const user = at(users, 11);
    const assignment = simulator.org.grantRole(
      { kind: 'user', id: user },
      { type: 'HELP_DESK_ADMIN', groupTargets: [at(groups, 1)] },
    );
    simulator.setFaults([{ kind: 'not-found', match: `/api/v1/users/${user}/roles/${assignment}/targets/groups` }]);
    expect(targetsOf(await read(), 'HELP_DESK_ADMIN', user)).toEqual([]);
  });

  it('leaves one user alone whose roles cannot be read', async () => {
    simulator.setFaults([{ kind: 'status', status: 500, match: `/api/v1/users/${at(users, 5)}/roles` }]);
    const host = await read();
    expect(host.unlisted).toEqual([`user-role-assignments ${at(users, 5)}`]);
    expect(host.completed).toContain('user-role-assignments');
  });
});
