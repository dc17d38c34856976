import type { OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Random } from '../generator/random.js';
import type { Principal, PrincipalKind, RoleAssignment } from '../org/administration.js';
import type { Org } from '../org/org.js';
import type { Sequence } from '../org/sequence.js';
import type { Accept, ChangeKind } from './change-kind.js';
import { any, apps, changeOne, groups, inStatus, isOktaGroup, users } from './change-kind.js';

const PERMISSIONS = ['okta.users.read', 'okta.groups.read', 'okta.apps.read', 'okta.users.manage', 'okta.iam.read'] as const;

const isServiceApp: Accept = (app) => textAt(app, 'settings', 'oauthClient', 'application_type') === 'service';
const customRoles = (org: Org): Sequence<OktaObject> => org.administration.roles;
const resourceSets = (org: Org): Sequence<OktaObject> => org.administration.resourceSets;

interface Held {
  readonly principal: Principal;
  readonly assignment: RoleAssignment;
}

/** A role that somebody of the kind holds, drawn. */
function held(org: Org, random: Random, kind: PrincipalKind, accept: (one: RoleAssignment) => boolean): Held | undefined {
  const all = org.administration.holders(kind).flatMap((id): Held[] => {
    const principal = { kind, id };
    return [...org.administration.assignments(principal).values()]
      .filter(accept)
      .map((assignment) => ({ principal, assignment }));
  });
  return all.length === 0 ? undefined : random.pick(all);
}

const revoked = (kind: PrincipalKind): ChangeKind => ({
  name: `role revoked from ${kind}`,
  apply: (org, random) => {
    const one = held(org, random, kind, () => true);
    if (one) org.revokeRole(one.principal, one.assignment.object.id);
    return one !== undefined;
  },
});

const grantKinds: readonly ChangeKind[] = [
  changeOne('role granted to user', users, inStatus('ACTIVE'), (org, { id }) =>
    org.grantRole({ kind: 'user', id }, { type: 'READ_ONLY_ADMIN', label: 'Read-only Administrator' }),
  ),
  changeOne('role granted to group', groups, isOktaGroup, (org, { id }) =>
    org.grantRole({ kind: 'group', id }, { type: 'REPORT_ADMIN', label: 'Report Administrator' }),
  ),
  changeOne('role granted to client', apps, isServiceApp, (org, { id }) =>
    org.grantRole({ kind: 'client', id }, { type: 'READ_ONLY_ADMIN', label: 'Read-only Administrator' }),
  ),
  changeOne('role granted with group target', users, inStatus('ACTIVE'), (org, { id }, random) => {
    const group = groups(org).drawn(random.next(), isOktaGroup);
    if (!group) return false;
    const grant = { type: 'HELP_DESK_ADMIN', label: 'Help Desk Administrator', groupTargets: [group.id] };
    return org.grantRole({ kind: 'user', id }, grant);
  }),
  changeOne('role granted with app target', users, inStatus('ACTIVE'), (org, { id }, random) => {
    const app = apps(org).drawn(random.next());
    if (!app) return false;
    const grant = { type: 'APP_ADMIN', label: 'Application Administrator', appTargets: [app.id] };
    return org.grantRole({ kind: 'user', id }, grant);
  }),
  changeOne('custom role granted', users, inStatus('ACTIVE'), (org, { id }, random) => {
    const [role, set] = [customRoles(org).drawn(random.next()), resourceSets(org).drawn(random.next())];
    if (!role || !set) return false;
    const label = textAt(role, 'label') ?? 'Custom role';
    return org.grantRole({ kind: 'user', id }, { type: 'CUSTOM', label, roleId: role.id, resourceSetId: set.id });
  }),
];

const targetKinds: readonly ChangeKind[] = [
  {
    name: 'role target added',
    apply: (org, random) => {
      const one = held(org, random, 'user', ({ groupTargets }) => groupTargets.length > 0);
      const group = one && groups(org).drawn(random.next(), ({ id }) => !one.assignment.groupTargets.includes(id));
      if (!one || !group) return false;
      org.addRoleTarget(one.principal, one.assignment.object.id, { group: group.id });
      return true;
    },
  },
  {
    name: 'role target removed',
    apply: (org, random) => {
      const one = held(org, random, 'user', ({ groupTargets }) => groupTargets.length > 1);
      if (!one) return false;
      org.removeRoleTarget(one.principal, one.assignment.object.id, { group: random.pick(one.assignment.groupTargets) });
      return true;
    },
  },
];

const customKinds: readonly ChangeKind[] = [
  {
    name: 'custom role created',
    apply: (org, random) => {
      org.addCustomRole(`Desk ${random.below(1_000_000_000)}`, 'Made while running', PERMISSIONS.slice(0, 2));
      return true;
    },
  },
  changeOne('custom role renamed', customRoles, any, (org, role, random) =>
    org.updateCustomRole(role.id, { description: `Described anew ${random.below(1_000_000)}` }),
  ),
  changeOne('permissions of custom role changed', customRoles, any, (org, role, random) => {
    const has = [...org.administration.permissions(role.id).keys()];
    const label = random.pick(PERMISSIONS);
    const wanted = has.includes(label) ? has.filter((one) => one !== label) : [...has, label];
    org.setRolePermissions(role.id, wanted);
  }),
  // A role that is in use cannot be deleted in Okta.
  {
    name: 'custom role deleted',
    apply: (org, random) => {
      const unused = customRoles(org).drawn(random.next(), ({ id }) => !isUsed(org, id));
      if (unused) org.deleteCustomRole(unused.id);
      return unused !== undefined;
    },
  },
  {
    name: 'resource set created',
    apply: (org, random) => {
      org.addResourceSet(`Set ${random.below(1_000_000_000)}`, 'Made while running', [`${org.links.base}/api/v1/users`]);
      return true;
    },
  },
  changeOne('resource added to set', resourceSets, any, (org, set, random) => {
    const group = groups(org).drawn(random.next());
    if (!group) return false;
    org.addResources(set.id, [`${org.links.base}/api/v1/groups/${group.id}`]);
    return true;
  }),
  changeOne('resource set deleted', resourceSets, any, (org, set) => org.deleteResourceSet(set.id)),
];

function isUsed(org: Org, roleId: string): boolean {
  return [...org.administration.resourceSets.keys()].some((setId) => org.administration.bindings(setId).has(roleId));
}

export const administrationKinds: readonly ChangeKind[] = [
  ...grantKinds,
  ...(['user', 'group', 'client'] as const).map(revoked),
  ...targetKinds,
  ...customKinds,
];
