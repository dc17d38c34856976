import type { OktaObject, Org } from '@castellan/okta-simulator';
import {
  administratorsOf,
  appsOf,
  type Assignment,
  assignmentsOf,
  at,
  ids,
  isThere,
  type Keys,
  listed,
  rulesOf,
  texts,
  isClientOf,
} from './state.js';

/** Of a user who is switched off nothing is said. */
const isAlive = (org: Org, { kind, holder }: Assignment): boolean => {
  const user = org.directory.users.get(holder);
  return kind !== 'user' || (user !== undefined && isThere(user));
};

/** Given by a process, or until a day; of groups and programs the provider does not say it. */
const isGoverned = (org: Org, { object }: Assignment): boolean => listed(org, `role-governance/${object.id}`).length > 0;

const groupsWithRole = (org: Org): readonly OktaObject[] => {
  const holders = new Set(assignmentsOf(org).flatMap(({ kind, holder }) => (kind === 'group' ? [holder] : [])));
  return [...org.directory.groups.values()].filter(({ id }) => holders.has(id));
};

/** The standard roles that Okta lets one narrow to groups or applications. */
const CAN_BE_NARROWED = new Set(['APP_ADMIN', 'USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN']);

/** Permissions of roles that were made here, by the list of the org that they are dangerous over as a whole. */
const DANGEROUS: Readonly<Record<string, readonly string[]>> = {
  users: [
    'okta.users.manage',
    'okta.users.create',
    'okta.users.credentials.manage',
    'okta.users.credentials.resetPassword',
    'okta.users.credentials.resetFactors',
    'okta.users.lifecycle.manage',
  ],
  groups: ['okta.groups.manage', 'okta.groups.create', 'okta.groups.members.manage'],
  apps: ['okta.apps.manage', 'okta.apps.clientCredentials.read'],
  idps: ['okta.identityProviders.manage'],
  policies: ['okta.policies.manage'],
};

function isOverEverything(org: Org, { role, resourceSet }: Assignment): boolean {
  const permissions = new Set(org.administration.permissions(role).keys());
  const hrefs = [...org.administration.resources(resourceSet).values()].map((one) => String(at(one, '_links', 'self', 'href')));
  return Object.entries(DANGEROUS).some(
    ([list, dangerous]) =>
      hrefs.some((href) => href.endsWith(`/api/v1/${list}`)) && dangerous.some((one) => permissions.has(one)),
  );
}

const clientsWithRole = (org: Org): ReadonlySet<string> =>
  new Set(assignmentsOf(org).flatMap(({ kind, holder }) => (kind === 'client' ? [holder] : [])));

const hasScopes = (org: Org, app: OktaObject): boolean =>
  listed(org, `app-grants/${app.id}`).some((grant) => grant['status'] === 'ACTIVE');

export const ROLES: Keys = {
  'custom-role-over-everything': (org) => [
    ...new Set(assignmentsOf(org).flatMap((one) => (one.resourceSet !== '' && isOverEverything(org, one) ? [one.role] : []))),
  ],
  'program-with-role': (org) => ids(appsOf(org).filter(({ id }) => clientsWithRole(org).has(id))),
  'program-with-role-but-no-scope': (org) =>
    ids(appsOf(org).filter((app) => clientsWithRole(org).has(app.id) && !hasScopes(org, app))),
  'program-with-scopes-but-no-role': (org) =>
    ids(appsOf(org).filter((app) => isClientOf(app, 'service') && hasScopes(org, app) && !clientsWithRole(org).has(app.id))),
  'role-given-to-a-person': (org) => [
    ...new Set(
      assignmentsOf(org)
        .filter((one) => one.kind === 'user' && isAlive(org, one) && !isGoverned(org, one))
        .map(({ holder }) => holder),
    ),
  ],
  'role-not-narrowed': (org) =>
    assignmentsOf(org)
      .filter((one) => isAlive(org, one) && CAN_BE_NARROWED.has(one.role) && one.groups.length + one.apps.length === 0)
      .map(({ role, holder }) => `${role}|${holder}`),
  'role-on-group-filled-automatically': (org) => {
    const filled = new Set(rulesOf(org).flatMap((rule) => texts(rule, 'actions', 'assignUserToGroups', 'groupIds')));
    return ids(groupsWithRole(org).filter(({ id, type }) => filled.has(id) || type === 'APP_GROUP'));
  },
  'role-on-group-owned-by-others': (org) => {
    const administrators = administratorsOf(org);
    const privileged = new Set(ids(groupsWithRole(org)));
    const isOther = (owner: string): boolean => {
      const user = org.directory.users.get(owner);
      return user === undefined ? !privileged.has(owner) : isThere(user) && !administrators.has(owner);
    };
    return ids(groupsWithRole(org).filter(({ id }) => [...org.directory.owners(id).keys()].some(isOther)));
  },
  'role-on-large-group': (org) => ids(groupsWithRole(org).filter(({ id }) => org.directory.memberCount(id) > 50)),
  // Only of users the provider says what a role was given by. One that is narrowed to several is named once, by the first.
  'role-without-end': (org) =>
    assignmentsOf(org)
      .filter((one) => one.kind === 'user' && isAlive(org, one) && !isGoverned(org, one))
      .map(({ role, holder, resourceSet, groups, apps }) => {
        const [first = ''] = [resourceSet, ...groups, ...apps].filter((target) => target !== '').toSorted();
        return [role, holder, first].filter((part) => part !== '').join('|');
      }),
};
