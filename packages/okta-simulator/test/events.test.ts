import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyRandomChanges, changeKinds, Org } from '../src/index.js';
import type { JsonObject, OrgSettings } from '../src/index.js';
import { generateOrg } from '../src/generator/generate.js';
import { planOf } from '../src/generator/plan.js';
import { shared } from './description.js';

const EPOCH = new Date('2026-03-01T12:00:00.000Z');
const catalogue = join(shared, 'okta-events', 'okta-event-types-2026.08.1.json');
const present = existsSync(catalogue);
if (!present) process.stdout.write("skipped: Okta's catalogue of events is not beside the project\n");

function makeOrg(settings: Partial<OrgSettings> = {}): Org {
  const org = new Org({ baseUrl: 'http://127.0.0.1:1', now: () => EPOCH, seed: 5, derive: true, ...settings });
  generateOrg(org, planOf({ users: 120, groups: 70, apps: 25, events: 300 }, 5, EPOCH));
  return org;
}

/** What the change wrote: each type with the types of its targets. */
function writtenBy(org: Org, change: () => void): readonly string[] {
  const before = org.log.length;
  change();
  return Array.from({ length: org.log.length - before }, (_, index) => org.log.eventAt(before + index)).map((event) => {
    const targets = (event['target'] ?? []) as readonly JsonObject[]; // events of the simulator have a list or null there
    return `${String(event['eventType'])} ${targets.map((target) => String(target['type'])).join('+')}`.trim();
  });
}

const firstOf = (org: Org) => ({
  user: [...org.directory.users.values()].find((user) => user['status'] === 'ACTIVE')?.id ?? '',
  group: org.addGroup({ name: 'Events' }).id,
  app: org.addApp({ label: 'Events app' }).id,
});

describe('events', () => {
  it('are those that Okta writes, with targets that say who and what', () => {
    const org = makeOrg();
    const { user, group, app } = firstOf(org);
    const gone = org.addUser().id;
    expect(writtenBy(org, () => org.deleteUser(gone))).toEqual([
      'user.lifecycle.delete.initiated User',
      'user.lifecycle.delete.completed User',
    ]);
    expect(writtenBy(org, () => org.assignUser(app, user))).toEqual([
      'application.user_membership.add AppUser+AppInstance+User',
    ]);
    expect(writtenBy(org, () => org.setStatus(user, 'DEPROVISIONED'))).toContain(
      'application.user_membership.remove AppUser+AppInstance+User',
    );
    expect(writtenBy(org, () => org.assignGroup(app, group))).toEqual([
      'group.application_assignment.add AppInstance+UserGroup',
    ]);
    expect(writtenBy(org, () => org.updateGroupAssignment(app, group, { priority: 4 }))).toEqual([
      'group.application_assignment.update AppInstance+UserGroup',
    ]);
    const rule = org.addRule('Rule', 'true', [group]).id;
    expect(writtenBy(org, () => org.setRuleStatus(rule, 'INACTIVE'))).toEqual([
      'policy.rule.deactivate GroupRule',
      'group.user_membership.rule.deactivated GroupRule',
    ]);
    org.addMember(group, user, 'rule');
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({
      eventType: 'group.user_membership.add',
      actor: { type: 'SystemPrincipal' },
    });
    const idp = org.addIdp({ name: 'Partner' }).id;
    org.linkIdpUser(idp, user);
    expect(writtenBy(org, () => org.unlinkIdpUser(idp, user))).toEqual([]);
  });

  it('say what an administrator has left, and that nothing is left', () => {
    const org = makeOrg();
    const { group, app } = firstOf(org);
    const principal = { kind: 'user', id: org.addUser().id } as const;
    const first = org.grantRole(principal, { type: 'HELP_DESK_ADMIN', groupTargets: [group] });
    const second = org.grantRole(principal, { type: 'APP_ADMIN', label: 'Application Administrator', appTargets: [app] });
    expect(writtenBy(org, () => org.addRoleTarget(principal, second, { app: 'ledgerline' }))).toEqual([
      'user.account.privilege.grant User',
    ]);
    expect(org.administration.assignments(principal).get(second)?.appTargets).toEqual([app, 'ledgerline']);
    org.removeRoleTarget(principal, second, { app });
    expect(() => org.removeRoleTarget(principal, second, { app: 'ledgerline' })).toThrow('last target');
    expect(writtenBy(org, () => org.revokeRole(principal, first))).toEqual(['user.account.privilege.grant User']);
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({
      debugContext: { debugData: { privilegeGranted: 'Application Administrator' } },
    });
    expect(writtenBy(org, () => org.revokeRole(principal, second))).toEqual(['user.account.privilege.revoke User']);
    const role = org.addCustomRole('Desk', 'Reads', ['okta.users.read', 'okta.groups.read']).id;
    expect(writtenBy(org, () => org.setRolePermissions(role, ['okta.users.read', 'okta.apps.read']))).toEqual([
      'iam.role.permissions.add ROLE',
      'iam.role.permissions.delete ROLE',
    ]);
    const set = org.addResourceSet('Set', 'Some', [`${org.links.base}/api/v1/groups`]).id;
    const grant = { type: 'CUSTOM', roleId: role, resourceSetId: set };
    expect(writtenBy(org, () => org.grantRole({ kind: 'group', id: group }, grant))).toEqual([
      'iam.resourceset.bindings.add RESOURCE_SET+ROLE+UserGroup',
      'group.privilege.grant UserGroup',
    ]);
    expect(writtenBy(org, () => org.deleteResourceSet(set))).toEqual([
      'iam.resourceset.bindings.delete RESOURCE_SET+ROLE+UserGroup',
      'group.privilege.revoke UserGroup',
      'iam.resourceset.delete RESOURCE_SET',
    ]);
  });

  it('are written for each person of a group assignment on request only', () => {
    const plain = makeOrg();
    const detailed = makeOrg({ eventsForGroupAssignments: true });
    const counts = [plain, detailed].map((org) => {
      const { user, group, app } = firstOf(org);
      org.addMember(group, user);
      const other = org.addUser().id;
      org.assignUser(app, user);
      return [
        writtenBy(org, () => org.assignGroup(app, group)).length,
        writtenBy(org, () => org.addMember(group, other)).length,
        writtenBy(org, () => org.removeMember(group, user)).length,
        writtenBy(org, () => org.unassignGroup(app, group)).length,
      ];
    });
    expect(counts).toEqual([
      [1, 1, 1, 1],
      [1, 2, 1, 2],
    ]);
  });

  it('are missing where a bulk import or a silent change moved things', () => {
    const org = makeOrg();
    const { user, group } = firstOf(org);
    expect(writtenBy(org, () => org.bulkImport({ users: 50, memberships: [{ groupId: group, userId: user }] }))).toEqual([
      'system.identity_sources.bulk_upsert AppInstance',
      'system.identity_sources.bulk_group_membership_upsert AppInstance',
    ]);
    expect([org.directory.users.size, org.directory.memberCount(group)]).toEqual([170, 1]);
    expect(writtenBy(org, () => org.silently(() => org.updateUser(user, { title: 'Quiet' })))).toEqual([]);
  });

  (present ? it : it.skip)('have names that stand in the catalogue', () => {
    // The file is Okta's own; a wrong shape fails in the look-up.
    const { versions } = JSON.parse(readFileSync(catalogue, 'utf8')) as {
      versions: { eventTypes: { id: string }[] }[];
    };
    const known = new Set(versions.flatMap(({ eventTypes }) => eventTypes.map(({ id }) => id)));
    const org = makeOrg({ eventsForGroupAssignments: true });
    applyRandomChanges(org, changeKinds.length * 6, 3);
    org.bulkImport({ users: 1 });
    const names = Array.from({ length: org.log.length }, (_, index) => String(org.log.eventAt(index)['eventType']));
    expect([...new Set(names)].filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(names).size).toBeGreaterThan(50);
  });
});
