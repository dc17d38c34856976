import { edgeKey, type RecordKind } from '@castellan/connector-sdk';
import { type FaultKind, type FaultRule, type Org, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { TinyHost } from './support/tiny-host.js';

/** Keys as the organisation itself has them. */
function keysOf(org: Org): Readonly<Partial<Record<RecordKind, readonly string[]>>> {
  const { directory, applications } = org;
  const groups = [...directory.groups.keys()];
  const apps = [...applications.apps.keys()];
  const present = [...directory.users.values()].filter((user) => user['status'] !== 'DEPROVISIONED');
  return {
    account: [...directory.users.keys()],
    group: groups,
    application: apps,
    membership: groups.flatMap((group) => [...directory.members(group).keys()].map((member) => edgeKey(group, member))),
    app_assignment: apps.flatMap((app) => [
      ...org.effectiveAssignments(app).map(({ userId }) => edgeKey(app, userId)),
      ...[...applications.groups(app).keys()].map((group) => edgeKey(app, group)),
    ]),
    authenticator: present.flatMap((user) => org.factors.of(user).map((factor) => edgeKey(user.id, factor.id))),
  };
}

/** Strikes by number and not by chance, which may pass a sync of so few requests by; so far apart that a second try is spared. */
function nowAndThen(kind: FaultKind): readonly FaultRule[] {
  return [10, 40, 70, 100, 130].map((after) => ({ kind, after, times: 1 }));
}

describe('bad answers in the middle of a sync', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 50, groups: 16, apps: 8, assignmentsPerApp: 20, events: 60, seed: 17 });
    // So that even few have positions that can expire.
    simulator.org.largestPage = 15;
  });
  afterEach(() => simulator.setFaults([]));
  afterAll(() => simulator.close());

  const group = (): string => [...simulator.org.directory.groups.keys()][2] ?? '';
  const app = (): string => [...simulator.org.applications.apps.keys()][4] ?? '';
  const sync = async (...faults: readonly FaultRule[]): Promise<TinyHost> => {
    simulator.setFaults(faults);
    const host = await TinyHost.create(simulator.config);
    await host.run();
    return host;
  };
  /** Rows that are missing or were made up, but for those whose key names one of `spared`. */
  const differences = (host: TinyHost, ...spared: readonly string[]): readonly string[] => {
    const counts = (key: string): boolean => !spared.some((id) => key.split('|').includes(id));
    return Object.entries(keysOf(simulator.org)).flatMap(([kind, keys]) => {
      // The keys of the object above are kinds.
      const found = new Set(host.keys(kind as RecordKind).filter(counts));
      const wanted = new Set(keys.filter(counts));
      const lost = [...wanted].filter((key) => !found.has(key)).map((key) => `${kind} lost ${key}`);
      return [...lost, ...[...found].filter((key) => !wanted.has(key)).map((key) => `${kind} invented ${key}`)];
    });
  };
  const incomplete = (host: TinyHost): readonly string[] => host.stopped.map(({ stream }) => stream);

  it.each<[string, readonly FaultRule[]]>([
    ['errors 500 now and then', nowAndThen('status')],
    ['no statistics of groups, for good', [{ kind: 'status', match: /^\/api\/v1\/groups\?.*expand=stats/ }]],
    ['pages of HTML now and then', nowAndThen('html')],
    ['positions that have expired', [{ kind: 'expired-cursor', after: 1, times: 3 }]],
    ['429 without Retry-After', nowAndThen('concurrency-429')],
    ['connections that break', nowAndThen('reset')],
  ])('leave no trace: %s', async (_, faults) => {
    const host = await sync(...faults);
    expect(incomplete(host)).toEqual([]);
    expect(host.unlisted).toEqual([]);
    expect(host.completed.size).toBe(host.names.length);
    expect(differences(host)).toEqual([]);
  });

  it('cost the rows of a group and an application that were deleted between two calls, and no others', async () => {
    const host = await sync(
      { kind: 'not-found', match: `/api/v1/groups/${group()}/users` },
      { kind: 'not-found', match: `/api/v1/apps/${app()}/users` },
      { kind: 'not-found', match: `/api/v1/apps/${app()}/groups` },
    );
    expect(incomplete(host)).toEqual([]);
    expect(host.unlisted).toEqual([]);
    expect(differences(host, group(), app())).toEqual([]);
  });

  it('are named where they last: HTML for one application, a refusal of one group', async () => {
    const members = `/api/v1/groups/${group()}/users`;
    const host = await sync(
      { kind: 'html', match: `/api/v1/apps/${app()}/users` },
      { kind: 'status', status: 403, code: 'E0000006', match: members },
    );
    expect(incomplete(host)).toEqual([]);
    expect(host.unlisted.toSorted()).toEqual([`app-user-assignments ${app()}`, `memberships ${group()}`]);
    expect(differences(host, group(), app())).toEqual([]);
  });

  it.each<[string, FaultRule, readonly string[]]>([
    ['an empty 403', { kind: 'forbidden', match: '/api/v1/apps/{appId}/groups' }, ['app-group-assignments']],
    ['HTML', { kind: 'html', match: '/api/v1/idps' }, ['identity-providers', 'idp-links']],
    [
      'a link to another host',
      { kind: 'foreign-next', match: '/api/v1/users', host: 'http://127.0.0.1:9' },
      ['accounts', 'everyone-memberships', 'authenticators'],
    ],
  ])('stop what cannot be read, and nothing else: %s', async (_, fault, streams) => {
    const host = await sync(fault);
    expect(incomplete(host).toSorted()).toEqual(streams.toSorted());
    expect([...host.completed].toSorted()).toEqual(host.names.filter((name) => !streams.includes(name)).toSorted());
    expect(differences(host).filter((line) => line.includes('invented'))).toEqual([]);
  });
});
