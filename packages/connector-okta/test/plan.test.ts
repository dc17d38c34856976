import { RECORD_KINDS } from '@castellan/connector-sdk';
import { type Org, startSimulator } from '@castellan/okta-simulator';
import { guessOf } from '../src/client/buckets.js';
import { chooseAppGroupRoute, groupsTellAll } from '../src/plan/app-group-route.js';
import { callsOf, floorOf, sumOf } from '../src/plan/formula.js';
import { PlanBoard } from '../src/plan/plan-board.js';
import { factsOf } from './support/org-facts.js';
import { truthOf } from './support/org-truth.js';
import { TinyHost } from './support/tiny-host.js';

/** Where the formula's streams show in the simulator's counts. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  accounts: ['/api/v1/users'],
  groups: ['/api/v1/groups'],
  memberships: ['/api/v1/groups/{groupId}/users'],
  'group-rules': ['/api/v1/groups/rules'],
  applications: ['/api/v1/apps'],
  'app-user-assignments': ['/api/v1/apps/{appId}/users'],
  'app-group-assignments': ['/api/v1/apps/{appId}/groups', '/api/v1/groups/{groupId}/apps'],
  roles: ['/api/v1/iam/roles', '/api/v1/iam/roles/{roleIdOrLabel}/permissions'],
  'identity-providers': ['/api/v1/idps', '/api/v1/idps/credentials/keys'],
  'idp-links': ['/api/v1/idps/{idpId}/users'],
  authenticators: ['/api/v1/users/{userId}/factors'],
  'group-owners': ['/api/v1/groups/{groupId}/owners'],
  'app-credentials': ['jwks', 'keys'].map((list) => `/api/v1/apps/{appId}/credentials/${list}`),
  'app-provisioning': ['/api/v1/apps/{appId}/features', '/api/v1/apps/{appId}/connections/default'],
  'group-pushes': ['/api/v1/apps/{appId}/group-push/mappings'],
  'resource-set-members': ['/api/v1/iam/resource-sets', '/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources'],
  activity: ['/api/v1/logs'],
};
const total = (calls: Readonly<Record<string, number>>): number => Object.values(calls).reduce((sum, count) => sum + count, 0);

/** By pages of Okta's own sizes. */
function expectEveryRow(host: TinyHost, org: Org): void {
  const truth = truthOf(org);
  // Of events only some days are asked for.
  const kinds = RECORD_KINDS.filter((kind) => kind !== 'activity');
  expect(kinds.map((kind) => [kind, host.count(kind)])).toEqual(kinds.map((kind) => [kind, truth[kind]]));
}

describe('the formula', () => {
  it.each([
    { users: 25, groups: 50, apps: 40, seed: 3, events: 150, route: 'groups' },
    { users: 40, groups: 20, apps: 12, assignmentsPerApp: 20, seed: 21, events: 300, route: 'apps' },
    { users: 1_030, groups: 60, apps: 9, assignmentsPerApp: 930, seed: 4, memberships: 4_000, events: 2_300, route: 'apps' },
  ] as const)('counts the calls of an organisation with $users people, $groups groups, $apps applications', async (size) => {
    const simulator = await startSimulator(size);
    try {
      const { org } = simulator;
      org.grantRole({ kind: 'user', id: [...org.directory.users.keys()][20] ?? '' }, { type: 'HELP_DESK_ADMIN' });
      org.addCustomRole('Night desk', 'Unlocks', ['okta.users.read']);
      const host = await TinyHost.create(simulator.config);
      // As a usual organisation grants, where nobody need wait for it.
      host.grants = guessOf;
      const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;
      await host.run();
      expect(host.stopped).toEqual([]);
      expect(host.states['app-group-assignments']).toEqual({ route: size.route });
      expectEveryRow(host, org);

      const facts = factsOf(org, new Date(midnight - 7 * 86_400_000));
      const all = callsOf(facts, { appGroups: size.route, skinnyUsers: false });
      const expected = Object.fromEntries(Object.entries(all).filter(([stream]) => host.names.includes(stream)));
      const { byTemplate, byBucket } = simulator.requests;
      for (const [stream, templates] of Object.entries(TEMPLATES)) {
        const asked = templates.map((template) => byTemplate[template] ?? 0).reduce((sum, count) => sum + count, 0);
        expect([stream, asked]).toEqual([stream, total(expected[stream] ?? {})]);
      }
      const sums = { ...sumOf(Object.values(expected)) };
      const api = Object.fromEntries(Object.entries(byBucket).filter(([bucket]) => bucket in sums));
      // The organisation's own document, which the simulator counts with the rest.
      expect(api).toEqual({ ...sums, '/api/v1': (sums['/api/v1'] ?? 0) + 1 });
      expect(byTemplate['/oauth2/v1/token']).toBe(1);

      const last = host.plans.at(-1);
      expect(Object.fromEntries(last?.buckets.map(({ bucket, done }) => [bucket, done]) ?? [])).toEqual(sums);
      expect(last?.buckets.filter(({ calls, done }) => calls !== done)).toEqual([]);
      expect(last?.routes.join(' ')).toMatch(/Everyone: from the accounts/);

      // What Okta has counted was said in time, and was true; of what is through nothing is expected any more.
      const said = Object.assign({}, ...host.plans.map(({ expected: rows }) => rows ?? {}));
      const counts = [...org.directory.groups.keys()].map((group) => org.directory.memberCount(group));
      const everyone = Math.max(...counts);
      const members = counts.reduce((sum, count) => sum + count, 0) - everyone;
      // A single page of accounts may be here before the groups.
      expect({ accounts: everyone, ...said }).toEqual({
        accounts: everyone,
        memberships: members,
        'everyone-memberships': everyone,
      });
      expect(last).not.toHaveProperty('expected');
    } finally {
      await simulator.close();
    }
  });
});

describe('the choice between two routes', () => {
  it.each([
    [{ apps: 20, groups: 17 }, undefined, 'groups'],
    [{ apps: 20, groups: 18.5 }, undefined, 'apps'],
    [{ apps: 0.9, groups: 0.1 }, undefined, 'apps'],
    [{ apps: 20, groups: 17 }, 'apps', 'apps'],
    [{ apps: 20, groups: 15 }, 'apps', 'groups'],
    [{ apps: 17, groups: 20 }, 'groups', 'groups'],
    [{ apps: 15, groups: 20 }, 'groups', 'apps'],
    [{ apps: 0, groups: 0 }, undefined, 'apps'],
  ] as const)('%j, last time %s: by %s', (floors, last, route) => {
    expect(chooseAppGroupRoute(floors, last)).toBe(route);
  });

  it('does not trust groups that show fewer assignments than there are applications', () => {
    expect(groupsTellAll({ counted: 10, applications: 10 })).toBe(true);
    expect(groupsTellAll({ counted: 9, applications: 10 })).toBe(false);
    expect(groupsTellAll({ counted: undefined, applications: 10 })).toBe(false);
  });

  it('is made by the scarcest bucket', () => {
    const perMinute = (bucket: string): number => (bucket === 'a' ? 50 : 500);
    expect(floorOf({ a: 100, b: 500 }, perMinute)).toBe(2);
    expect(floorOf({}, perMinute)).toBe(0);
  });
});

describe('the board', () => {
  const boardAt = (clock: { now: number }, streams: readonly string[] = ['applications', 'app-user-assignments']): PlanBoard =>
    new PlanBoard({
      streams,
      completed: [],
      now: () => new Date(clock.now),
      pace: () => ({
        limitOf: (bucket) => (bucket === '/api/v1/apps' ? 40 : undefined),
        forecast: (_, calls) => calls * 1_500,
      }),
      share: 0.8,
      skinnyUsers: false,
      leftOut: ['Groups that an application masters are left out.'],
    });

  it('says what dominates, and how long it takes at least', () => {
    const board = boardAt({ now: 0 });
    board.expect('applications', { '/api/v1/apps': 2 });
    board.expect('app-user-assignments', { '/api/v1/apps': 600 });
    for (let call = 0; call < 2; call += 1) board.sent('/api/v1/apps');
    expect(board.plan()).toEqual({
      buckets: [{ bucket: '/api/v1/apps', calls: 602, done: 2, perMinute: 40, minutes: 15.05 }],
      floorMinutes: 15.05,
      dominates: '/api/v1/apps',
      secondsLeft: 900,
      routes: [],
      leftOut: ['Groups that an application masters are left out.'],
    });
  });

  it('counts what has been listed so far for streams that have not begun', () => {
    const board = boardAt({ now: 0 });
    board.count.add(Array.from({ length: 30 }, () => ({ kind: 'application' as const, hint: { service: false } })));
    expect(board.plan()?.buckets).toMatchObject([{ calls: 31, done: 0 }]);
  });

  it('is said again when totals change, and once a second when only the calls made do', () => {
    const clock = { now: 0 };
    const board = boardAt(clock);
    board.expect('app-user-assignments', { '/api/v1/apps': 9 });
    const first = board.plan();
    board.sent('/api/v1/apps');
    expect(board.plan()).toBe(first);
    clock.now = 1_000;
    const second = board.plan();
    expect(second).not.toBe(first);
    expect(second?.buckets[0]?.done).toBe(1);
    board.expect('app-user-assignments', { '/api/v1/apps': 12 });
    expect(board.plan()?.buckets[0]?.calls).toBe(13);
    board.finish('applications');
    board.finish('app-user-assignments');
    expect(board.plan()).toMatchObject({ buckets: [{ calls: 1, done: 1 }], secondsLeft: 0 });
  });

  it('expects as many accounts as Everyone has, until more have come', () => {
    const clock = { now: 0 };
    const board = boardAt(clock, ['accounts', 'groups']);
    expect(board.plan()).not.toHaveProperty('expected');
    board.count.add([{ kind: 'group', hint: { everyone: true, members: 2 } }]);
    clock.now = 1_000;
    expect(board.plan()?.expected).toEqual({ accounts: 2 });
    board.count.add(Array.from({ length: 3 }, () => ({ kind: 'account' as const, hint: {} })));
    clock.now = 2_000;
    expect(board.plan()).not.toHaveProperty('expected');
  });

  it('says what was counted of streams that are read, until they are through', () => {
    const clock = { now: 0 };
    const board = boardAt(clock, ['memberships']);
    board.expectRows('memberships', 70);
    board.expectRows('everyone-memberships', 9);
    expect(board.plan()?.expected).toEqual({ memberships: 70 });
    board.finish('memberships');
    expect(board.plan()).not.toHaveProperty('expected');
  });

  it('has nothing to say where no stream is read', () => {
    expect(boardAt({ now: 0 }, []).plan()).toBeUndefined();
  });
});
