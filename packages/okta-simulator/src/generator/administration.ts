import type { OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Principal } from '../org/administration.js';
import type { RoleGrant } from '../org/administration-changes.js';
import type { Org } from '../org/org.js';
import { governanceOf } from '../org/setting-lists.js';
import { STANDARD_ROLES } from '../org/standard-roles.js';
import { appId } from './applications.js';
import { groupId } from './groups.js';
import { makeId } from './ids.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, daysBefore, randomOf } from './plan.js';

/** Roles of the administrators in order: the first eight show every kind, the rest repeat the usual ones. */
const FIRST_ADMINS = [
  'SUPER_ADMIN',
  'SUPER_ADMIN',
  'ORG_ADMIN',
  'APP_ADMIN',
  'USER_ADMIN',
  'HELP_DESK_ADMIN',
  'READ_ONLY_ADMIN',
  'CUSTOM',
] as const;

const LATER_ADMINS = [
  'HELP_DESK_ADMIN',
  'READ_ONLY_ADMIN',
  'CUSTOM',
  'REPORT_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
  'SUPER_ADMIN',
  'APP_ADMIN',
] as const;

const CUSTOM_ROLES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Joiner desk',
    'Creates accounts and puts them into groups',
    ['okta.users.create', 'okta.users.read', 'okta.groups.members.manage'],
  ],
  [
    'Password desk',
    'Resets passwords and factors',
    ['okta.users.read', 'okta.users.credentials.resetPassword', 'okta.users.credentials.resetFactors'],
  ],
  ['App owner', 'Manages assignments of some apps', ['okta.apps.read', 'okta.apps.assignment.manage']],
  ['Auditor', 'Reads who may do what', ['okta.iam.read', 'okta.users.read', 'okta.groups.read', 'okta.apps.read']],
];

const SETS: readonly (readonly [string, string])[] = [
  ['Everything IAM', 'All roles and admin assignments'],
  ['Head office', 'People and groups of the head office'],
  ['Business apps', 'Apps with money in them'],
];

export const customRoleId = (plan: GeneratorPlan, index: number): string => makeId('cr0', plan.seed, index);

export const resourceSetId = (plan: GeneratorPlan, index: number): string => makeId('iam', plan.seed, index);

export function adminCount(plan: GeneratorPlan): number {
  return Math.min(plan.users, Math.max(FIRST_ADMINS.length, Math.min(60, Math.round(plan.users * 0.005))));
}

export function generateAdministration(org: Org, plan: GeneratorPlan): void {
  generateCustomRoles(org, plan);
  generateResourceSets(org, plan);
  grantToUsers(org, plan);
  grantToGroups(org, plan);
  grantToClients(org, plan);
}

function generateCustomRoles(org: Org, plan: GeneratorPlan): void {
  for (const [index, [label, description, permissions]] of CUSTOM_ROLES.entries()) {
    const id = customRoleId(plan, index);
    const times = { created: daysBefore(plan, 600 - index * 90), lastUpdated: daysBefore(plan, 40 + index) };
    org.administration.roles.set(id, { id, label, description, ...times, _links: org.links.customRole(id) });
    for (const permission of permissions) {
      const value = { label: permission, ...times, _links: org.links.permission(id, permission) };
      org.administration.permissions(id).set(permission, value);
    }
  }
}

function generateResourceSets(org: Org, plan: GeneratorPlan): void {
  const { base } = org.links;
  const resources: readonly (readonly string[])[] = [
    [`${base}/api/v1/iam/roles`, `${base}/api/v1/users`, `${base}/api/v1/groups`],
    plan.groups > 1 ? [`${base}/api/v1/groups/${groupId(plan, 1)}`, `${base}/api/v1/groups/${groupId(plan, 1)}/users`] : [],
    Array.from({ length: Math.min(3, plan.apps) }, (_, index) => `${base}/api/v1/apps/${appId(plan, index)}`),
  ];
  for (const [index, [label, description]] of SETS.entries()) {
    const id = resourceSetId(plan, index);
    const times = { created: daysBefore(plan, 500 - index * 100), lastUpdated: daysBefore(plan, 60 + index) };
    org.administration.resourceSets.set(id, { id, label, description, ...times, _links: org.links.resourceSet(id) });
    for (const [position, href] of (resources[index] ?? []).entries()) {
      const resourceId = makeId('ire', plan.seed, index * 100 + position);
      org.administration.resources(id).set(resourceId, org.resource(resourceId, href, times.created));
    }
  }
}

/** Some grants reach only some groups or apps, others are without bounds: both exist everywhere. */
function grantOf(plan: GeneratorPlan, type: string, index: number): RoleGrant {
  const grant = { type, label: STANDARD_ROLES[type] ?? type };
  const narrowed = index % 3 !== 2;
  if (type === 'CUSTOM') {
    const roleId = customRoleId(plan, index % CUSTOM_ROLES.length);
    return {
      ...grant,
      label: CUSTOM_ROLES[index % CUSTOM_ROLES.length]?.[0] ?? 'Custom role',
      roleId,
      resourceSetId: resourceSetId(plan, index % SETS.length),
    };
  }
  if (!narrowed) return grant;
  if (type === 'APP_ADMIN') {
    const instance = plan.apps > 1 ? [appId(plan, 1 + (index % (plan.apps - 1)))] : [];
    return { ...grant, appTargets: index % 2 === 0 ? ['ledgerline', ...instance] : instance };
  }
  const takesGroups = type === 'USER_ADMIN' || type === 'HELP_DESK_ADMIN' || type === 'GROUP_MEMBERSHIP_ADMIN';
  if (!takesGroups || plan.groups < 3) return grant;
  return { ...grant, groupTargets: [groupId(plan, 1 + (index % (plan.groups - 1)))] };
}

function give(org: Org, plan: GeneratorPlan, principal: Principal, type: string, index: number, serial: number): void {
  const created = daysBefore(plan, 5 + randomOf(plan, 'grant', serial).below(900));
  const grant = grantOf(plan, type, index);
  org.administration.grant(
    principal,
    org.roleAssignment(principal, grant, makeId(type === 'CUSTOM' ? 'irb' : 'ra1', plan.seed, serial), created),
  );
}

function grantToUsers(org: Org, plan: GeneratorPlan): void {
  for (let index = 0; index < adminCount(plan); index += 1) {
    const type = FIRST_ADMINS[index] ?? LATER_ADMINS[index % LATER_ADMINS.length] ?? 'READ_ONLY_ADMIN';
    // The later administrators are spread over the org: some of them are idle or gone, which is the weakness to find.
    const holder = index < FIRST_ADMINS.length ? index : (index * 7919) % plan.users;
    const principal: Principal = { kind: 'user', id: userId(plan, holder) };
    give(org, plan, principal, type, index, index);
    if (index % 3 === 1) govern(org, plan, principal, index);
    if (index % 6 === 4) give(org, plan, principal, 'REPORT_ADMIN', index, 10_000 + index);
  }
}

/** The role came with a bundle that somebody asked for: every second time until a day. */
function govern(org: Org, plan: GeneratorPlan, { id }: Principal, index: number): void {
  const assignment = [...org.administration.assignments({ kind: 'user', id }).keys()].at(-1);
  if (assignment === undefined) return;
  const grantId = makeId('gra', plan.seed, index);
  const until = new Date(plan.epoch + (3 + index) * DAY).toISOString();
  const self = `${org.links.base}/api/v1/users/${id}/roles/${assignment}/governance/${grantId}`;
  org.list(governanceOf(assignment)).set(grantId, {
    grantId,
    type: 'ENTITLEMENT-BUNDLE',
    bundleId: makeId('enb', plan.seed, index),
    ...(index % 2 === 0 && { expirationDate: until }),
    _links: { self: { href: self }, resources: { href: `${self}/resources` } },
  });
}

function grantToGroups(org: Org, plan: GeneratorPlan): void {
  const types = ['HELP_DESK_ADMIN', 'CUSTOM', 'APP_ADMIN'] as const;
  for (const [index, type] of types.entries()) {
    const wanted = plan.groups - 1 - index;
    if (wanted < 1) return;
    give(org, plan, { kind: 'group', id: groupId(plan, wanted) }, type, index, 20_000 + index);
  }
}

export const isServiceApp = (app: OktaObject): boolean =>
  textAt(app, 'settings', 'oauthClient', 'application_type') === 'service';

function grantToClients(org: Org, plan: GeneratorPlan): void {
  const types = ['SUPER_ADMIN', 'READ_ONLY_ADMIN', 'CUSTOM'] as const;
  const services = [...org.applications.apps.values()].filter(isServiceApp);
  for (const [index, app] of services.entries()) {
    if (index % 3 === 2) continue;
    const type = types[(index + Math.floor(index / 3)) % types.length] ?? 'READ_ONLY_ADMIN';
    give(org, plan, { kind: 'client', id: app.id }, type, index, 30_000 + index);
  }
}
