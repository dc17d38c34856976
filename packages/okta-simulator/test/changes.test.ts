import fc from 'fast-check';
import { applyRandomChanges, changeKinds, Org, Random } from '../src/index.js';
import { generateOrg } from '../src/generator/generate.js';
import { planOf } from '../src/generator/plan.js';

const EPOCH = new Date('2026-03-01T12:00:00.000Z');

function makeOrg(size: Parameters<typeof planOf>[0] = { users: 120, groups: 70, apps: 25, events: 0 }): Org {
  const org = new Org({ baseUrl: 'http://127.0.0.1:1', now: () => EPOCH, seed: 5, derive: true });
  generateOrg(org, planOf(size, 5, EPOCH));
  return org;
}

/** Everything that a reader could see, as text: two orgs with the same text are the same to it. */
function seen(org: Org): string {
  return JSON.stringify([
    [...org.directory.users.values()],
    [...org.directory.groups.values()].map((group) => [group, [...org.directory.members(group.id).keys()]]),
    [...org.directory.rules.values()],
    [...org.applications.apps.values()].map((app) => [
      app,
      [...org.applications.groups(app.id).values()],
      org.effectiveAssignments(app.id).map((one) => org.appUser(app, one)),
    ]),
    (['user', 'group', 'client'] as const).map((kind) =>
      org.administration.holders(kind).map((id) => [id, [...org.administration.assignments({ kind, id }).values()]]),
    ),
    [...org.administration.roles.values()].map((role) => [role, [...org.administration.permissions(role.id).values()]]),
    [...org.administration.resourceSets.values()].map((set) => [set, [...org.administration.resources(set.id).values()]]),
    [...org.identityProviders.idps.values()].map((idp) => [idp, [...org.identityProviders.users(idp.id).values()]]),
    [...org.directory.users.values()].map((user) => org.factors.of(user)),
    [...org.lists].map(([name, list]) => [name, [...list.values()]]),
  ]);
}

/** Kinds that need something which only earlier changes make, and what those are. */
const BEFORE: Readonly<Record<string, string>> = {
  'app activated': 'app deactivated',
  'app deleted': 'app deactivated',
  'role target removed': 'role target added',
  'custom role deleted': 'custom role created',
};

describe('change kit', () => {
  it('names each kind once', () => {
    expect(changeKinds.length).toBeGreaterThanOrEqual(34);
    expect(new Set(changeKinds.map(({ name }) => name)).size).toBe(changeKinds.length);
  });

  it.each(changeKinds.map(({ name, apply }) => [name, apply] as const))(
    '%s: changes the org, and the log tells',
    (name, apply) => {
      const org = makeOrg();
      const random = Random.of(11, name);
      const needed = changeKinds.find((kind) => kind.name === BEFORE[name]);
      if (needed) expect(needed.apply(org, random)).toBe(true);
      const [before, events] = [seen(org), org.log.length];
      expect(apply(org, random)).toBe(true);
      // A sign-in to an application, within a session, shows in the log only.
      expect([name, seen(org) !== before]).toEqual([name, name !== 'user signs in to app']);
      // Okta has no event for an unlinked account.
      expect(org.log.length > events).toBe(name !== 'IdP unlinked');
    },
  );

  it('makes the same changes for the same seed', () => {
    const [one, two, other] = [makeOrg(), makeOrg(), makeOrg()];
    const names = applyRandomChanges(one, 300, 1);
    expect(names).toHaveLength(300);
    expect(applyRandomChanges(two, 300, 1)).toEqual(names);
    expect(applyRandomChanges(other, 300, 2)).not.toEqual(names);
    expect(seen(two)).toBe(seen(one));
  });

  it('says where nothing fits, and leaves an org that still hangs together', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.nat(8), fc.nat(1000), (users, groups, apps, seed) => {
        const org = makeOrg({ users, groups, apps, events: 0 });
        applyRandomChanges(org, 80, seed);
        for (const group of org.directory.groups.keys()) {
          for (const member of org.directory.members(group).keys()) expect(org.directory.users.has(member)).toBe(true);
        }
        for (const app of org.applications.apps.values()) {
          for (const one of org.effectiveAssignments(app.id)) {
            expect(org.directory.users.has(one.userId)).toBe(true);
            expect(org.assignmentOf(app.id, one.userId)).toEqual(one);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
