import fc from 'fast-check';
import { bucketOf } from '../src/rate-limits/buckets.js';
import { Random } from '../src/generator/random.js';
import { makeId } from '../src/generator/ids.js';
import { planOf } from '../src/generator/plan.js';
import { generateOrg } from '../src/generator/generate.js';
import { Org, startSimulator } from '../src/index.js';
import type { JsonObject } from '../src/index.js';
import { get, json } from './client.js';

const EPOCH = new Date('2026-03-01T12:00:00.000Z');

function makeOrg(size: Parameters<typeof planOf>[0], seed = 7): Org {
  const org = new Org({ baseUrl: 'http://127.0.0.1:1', now: () => EPOCH, seed, derive: true });
  generateOrg(org, planOf(size, seed, EPOCH));
  return org;
}

const everything = (org: Org): unknown => ({
  users: [...org.directory.users.values()],
  groups: [...org.directory.groups.values()].map((group) => [group, [...org.directory.members(group.id).keys()]]),
  rules: [...org.directory.rules.values()],
  apps: [...org.applications.apps.values()].map((app) => [
    app,
    org.effectiveAssignments(app.id).map((one) => org.appUser(app, one)),
  ]),
  roles: org.roleAssignees().map((id) => [...org.administration.assignments({ kind: 'user', id }).values()]),
  idps: [...org.identityProviders.idps.values()].map((idp) => [idp, [...org.identityProviders.users(idp.id).values()]]),
  factors: [...org.directory.users.values()].map((user) => org.factors.of(user)),
  events: Array.from({ length: org.log.length }, (_, index) => org.log.eventAt(index)),
});

describe('generated org', () => {
  it('is the same for the same seed and another for another', () => {
    const size = { users: 80, groups: 45, apps: 24, events: 200 };
    expect(everything(makeOrg(size))).toEqual(everything(makeOrg(size)));
    expect(JSON.stringify(everything(makeOrg(size, 8)))).not.toBe(JSON.stringify(everything(makeOrg(size))));
  });

  it('has the sizes that were asked for', () => {
    const org = makeOrg({ users: 300, groups: 101, apps: 30, assignmentsPerApp: 40, memberships: 2500, events: 10 });
    expect([org.directory.users.size, org.directory.groups.size, org.applications.apps.size, org.log.length]).toEqual([
      300, 101, 30, 10,
    ]);
    for (const app of org.applications.apps.values()) expect(org.effectiveAssignments(app.id)).toHaveLength(40);
    const memberships = [...org.directory.groups.values()]
      .filter(({ type }) => type !== 'BUILT_IN')
      .reduce((sum, { id }) => sum + org.directory.memberCount(id), 0);
    expect(memberships).toBe(2500);
  });

  it('gives as many apps an access group as were asked for, and the rest people of their own', () => {
    const org = makeOrg({ users: 210, groups: 121, apps: 30, assignedGroups: 15, assignmentsPerApp: 20 });
    const assigned = [...org.directory.groups.keys()].filter((id) => org.applications.appsOfGroup(id).size > 0);
    expect(assigned).toHaveLength(15);
    expect(assigned.every((id) => org.applications.appsOfGroup(id).size === 1)).toBe(true);
    const perApp = [...org.applications.apps.keys()].map((id) => org.effectiveAssignments(id));
    expect(perApp.every((list) => list.length === 20)).toBe(true);
    expect(perApp.filter((list) => list.some(({ viaGroup }) => viaGroup !== undefined))).toHaveLength(15);
  });

  it('shows every kind of thing that a connector has to understand', () => {
    const org = makeOrg({ users: 400 });
    const values = (objects: Iterable<JsonObject>, key: string): Set<unknown> =>
      new Set([...objects].map((object) => object[key]));
    expect(values(org.directory.users.values(), 'status').size).toBe(8);
    expect(values(org.directory.groups.values(), 'type')).toEqual(new Set(['BUILT_IN', 'OKTA_GROUP', 'APP_GROUP']));
    expect(values(org.applications.apps.values(), 'signOnMode').size).toBe(9);
    expect(values(org.identityProviders.idps.values(), 'type').size).toBeGreaterThanOrEqual(4);
    const factors = [...org.directory.users.values()].flatMap((user) => org.factors.of(user));
    expect(values(factors, 'factorType').size).toBeGreaterThanOrEqual(11);
    expect(new Set(factors.map(({ id }) => id)).size).toBe(factors.length);
    for (const kind of ['user', 'group', 'client'] as const) {
      const types = org.administration
        .holders(kind)
        .flatMap((id) => [...org.administration.assignments({ kind, id }).values()].map(({ object }) => object['type']));
      expect(types).toContain('CUSTOM');
      expect(types.some((type) => type !== 'CUSTOM')).toBe(true);
    }
    const admins = org.administration.holders('user').map((id) => org.directory.users.get(id));
    expect(admins.some((admin) => admin && org.factors.of(admin).length === 0)).toBe(true);
    expect([...org.directory.groups.values()].some(({ id }) => org.directory.memberCount(id) === 0)).toBe(true);
  });

  it('stands at any size, however small', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(20), (users, groups, apps, events) => {
        const org = makeOrg({ users, groups, apps, events });
        expect([org.directory.users.size, org.directory.groups.size, org.applications.apps.size]).toEqual([
          users,
          groups,
          apps,
        ]);
        everything(org);
      }),
      { numRuns: 40 },
    );
  });

  it('is lean enough for a hundred thousand people, of which this is a fifth', () => {
    const before = process.memoryUsage().heapUsed;
    const org = makeOrg({ users: 20_000, groups: 500, apps: 60, assignmentsPerApp: 200, memberships: 60_000, events: 20_000 });
    const memberships = [...org.directory.groups.values()].reduce((sum, { id }) => sum + org.directory.memberCount(id), 0);
    expect(memberships).toBeGreaterThanOrEqual(80_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(140_000_000);
  });
});

it('never makes the same id twice', () => {
  const ids = new Set(Array.from({ length: 50_000 }, (_, index) => makeId('00u', 3, index)));
  expect(ids.size).toBe(50_000);
  for (const id of [...ids].slice(0, 100)) expect(id).toMatch(/^00u[A-Za-z0-9]{17}$/);
});

it('draws evenly', () => {
  const random = Random.of(1, 'even');
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index += 1) {
    const at = random.below(10);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(880);
});

it('knows the bucket of a path', () => {
  expect(bucketOf('/api/v1/users/x/roles').id).toBe('/api/v1/users');
  expect(bucketOf('/api/v1/idps').id).toBe('/api/v1');
});

describe('changes', () => {
  it('move the dates that Okta moves, show in the API at once, and are in the log', async () => {
    const simulator = await startSimulator({ users: 60, groups: 40, apps: 14 });
    try {
      const { org } = simulator;
      const group = org.addGroup({ name: 'Change' });
      const user = org.addUser({ firstName: 'Change', lastName: 'Person' });
      const app = org.addApp({ label: 'Change app' });
      org.addMember(group.id, user.id);
      org.assignGroup(app.id, group.id);
      const read = async (path: string): Promise<JsonObject> => json(await get(simulator, path));
      expect(await read(`/api/v1/groups/${group.id}`)).toMatchObject({ lastUpdated: group['lastUpdated'] });
      expect((await read(`/api/v1/groups/${group.id}`))['lastMembershipUpdated']).not.toBe(group['lastMembershipUpdated']);
      expect(json<JsonObject[]>(await get(simulator, `/api/v1/apps/${app.id}/users`))).toMatchObject([
        { id: user.id, scope: 'GROUP' },
      ]);
      org.assignUser(app.id, user.id);
      expect(json<JsonObject[]>(await get(simulator, `/api/v1/apps/${app.id}/users`))).toMatchObject([
        { id: user.id, scope: 'USER' },
      ]);
      const factor = org.enrolFactor(user.id, 'webauthn', 'FIDO');
      expect(json<JsonObject[]>(await get(simulator, `/api/v1/users/${user.id}/factors`)).map(({ id }) => id)).toContain(
        factor.id,
      );
      org.resetFactors(user.id);
      expect(json<JsonObject[]>(await get(simulator, `/api/v1/users/${user.id}/factors`))).toEqual([]);
      const assignment = org.grantRole({ kind: 'user', id: user.id }, { type: 'APP_ADMIN', appTargets: [app.id] });
      const expanded = await get(simulator, `/api/v1/users/${user.id}/roles?expand=targets/catalog/apps`);
      expect(json<JsonObject[]>(expanded)).toMatchObject([
        { id: assignment, _embedded: { targets: { catalog: { apps: [{ id: app.id }] } } } },
      ]);
      org.revokeRole({ kind: 'user', id: user.id }, assignment);
      const before = org.log.length;
      org.silently(() => org.updateUser(user.id, { department: 'Silence' }));
      expect(org.log.length).toBe(before);
      expect(await read(`/api/v1/users/${user.id}`)).toMatchObject({ profile: { department: 'Silence' } });
      org.deleteUser(user.id);
      expect((await get(simulator, `/api/v1/users/${user.id}`)).status).toBe(404);
      expect(json<JsonObject[]>(await get(simulator, `/api/v1/groups/${group.id}/users`))).toEqual([]);
      const types = Array.from({ length: 4 }, (_, index) => org.log.eventAt(org.log.length - 4 + index)['eventType']);
      expect(types).toEqual([
        'user.account.privilege.grant',
        'user.account.privilege.revoke',
        'user.lifecycle.delete.initiated',
        'user.lifecycle.delete.completed',
      ]);
      expect(() => org.addMember(group.id, 'nobody')).toThrow('no user nobody');
    } finally {
      await simulator.close();
    }
  });
});
