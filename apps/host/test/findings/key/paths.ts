import type { OktaObject, Org } from '@castellan/okta-simulator';
import { mayLink } from './identity-providers.js';
import {
  administratorsOf,
  appsOf,
  type Assignment,
  assignmentsOf,
  at,
  groupsOf,
  ids,
  idpsOf,
  isThere,
  type Keys,
  listed,
  text,
  texts,
  usersOf,
} from './state.js';

/** `account:00u...`, `group:00g...`, `client:0oa...`, `application:0oa...`, `idp:0oa...`. */
type Place = string;
type Step = readonly [from: Place, to: Place];

/** Who has one of these is over everything, or over everybody who is no super administrator. */
const OVER_EVERYTHING = new Set(['SUPER_ADMIN', 'ORG_ADMIN']);

/** What lets one become another: over an account, into a group, as a client, by an identity provider. */
type Power = 'accounts' | 'groups' | 'apps' | 'secrets' | 'idps';

/** Okta, "Standard administrator roles and permissions". */
const OF_ROLES: Readonly<Record<string, readonly Power[]>> = {
  APP_ADMIN: ['apps', 'secrets'],
  USER_ADMIN: ['accounts', 'groups'],
  HELP_DESK_ADMIN: ['accounts'],
  GROUP_MEMBERSHIP_ADMIN: ['groups'],
  READ_ONLY_ADMIN: ['secrets'],
  API_ACCESS_MANAGEMENT_ADMIN: ['apps', 'secrets'],
};

/** Okta, "Permissions" of custom roles; those that the simulated roles have, and that tests plant. */
const OF_PERMISSIONS: Readonly<Record<string, readonly Power[]>> = {
  'okta.users.manage': ['accounts', 'groups'],
  'okta.users.create': ['accounts'],
  'okta.users.credentials.resetPassword': ['accounts'],
  'okta.users.credentials.resetFactors': ['accounts'],
  'okta.groups.manage': ['groups'],
  'okta.groups.members.manage': ['groups'],
  'okta.apps.manage': ['apps'],
  'okta.apps.clientCredentials.read': ['secrets'],
  'okta.identityProviders.manage': ['idps'],
};

function powersOf(org: Org, { role }: Assignment): ReadonlySet<Power> {
  const permissions = [...org.administration.permissions(role).keys()];
  return new Set([...(OF_ROLES[role] ?? []), ...permissions.flatMap((label) => OF_PERMISSIONS[label] ?? [])]);
}

const membersOf = (org: Org, group: string): readonly string[] => [...org.directory.members(group).keys()];

/** Objects that an assignment reaches, by what may be done to them. */
function reached(org: Org, one: Assignment, power: Power): readonly string[] {
  const all: Readonly<Record<Power, readonly OktaObject[]>> = {
    accounts: usersOf(org),
    groups: groupsOf(org),
    apps: appsOf(org),
    secrets: appsOf(org),
    idps: idpsOf(org),
  };
  const apps = (wanted: readonly string[]): readonly string[] =>
    ids(appsOf(org).filter((app) => wanted.includes(app.id) || wanted.includes(text(app, 'name'))));
  const list = { accounts: 'users', groups: 'groups', apps: 'apps', secrets: 'apps', idps: 'idps' }[power];
  if (one.resourceSet !== '')
    return [...org.administration.resources(one.resourceSet).values()].flatMap((resource) => {
      const [type, id, inside] = text(resource, '_links', 'self', 'href').split('/api/v1/')[1]?.split('/') ?? [];
      if (type === 'groups' && inside === 'users') return power === 'accounts' ? membersOf(org, id ?? '') : [];
      if (type !== list) return [];
      return id === undefined ? ids(all[power]) : [id];
    });
  if (one.groups.length > 0)
    return power === 'accounts' ? one.groups.flatMap((group) => membersOf(org, group)) : power === 'groups' ? one.groups : [];
  if (one.apps.length > 0) return power === 'apps' || power === 'secrets' ? apps(one.apps) : [];
  return ids(all[power]);
}

/** Okta's barrier: nobody but a super administrator changes an account, a group or a client that has a role. */
function stepsOfRole(org: Org, one: Assignment): readonly Step[] {
  const holder: Place = `${one.kind === 'user' ? 'account' : one.kind}:${one.holder}`;
  const administrators = administratorsOf(org);
  const hasRole = (kind: 'group' | 'client', id: string): boolean => org.administration.holdsRole({ kind, id });
  const reach = (power: Power): readonly string[] => (powersOf(org, one).has(power) ? reached(org, one, power) : []);
  const isReadable = (id: string): boolean =>
    text(org.applications.apps.get(id), 'credentials', 'oauthClient', 'token_endpoint_auth_method').startsWith('client_secret');
  return [
    ...reach('accounts')
      .filter((id) => !administrators.has(id))
      .map((id): Step => [holder, `account:${id}`]),
    ...reach('groups')
      .filter((id) => !hasRole('group', id))
      .map((id): Step => [holder, `group:${id}`]),
    ...reach('apps')
      .filter((id) => !hasRole('client', id))
      .flatMap((id): readonly Step[] => [
        [holder, `client:${id}`],
        [holder, `application:${id}`],
      ]),
    // To read a secret changes nobody, so that the barrier does not look at it.
    ...reach('secrets')
      .filter(isReadable)
      .map((id): Step => [holder, `client:${id}`]),
    ...reach('idps').map((id): Step => [holder, `idp:${id}`]),
  ];
}

function stepsIntoGroups(org: Org): readonly Step[] {
  return groupsOf(org).flatMap((group) => {
    const to: Place = `group:${group.id}`;
    const source = text(group, '_links', 'source', 'href').split('/').at(-1) ?? '';
    return [
      ...membersOf(org, group.id).map((id): Step => [`account:${id}`, to]),
      ...[...org.directory.owners(group.id).values()].map(
        (owner): Step => [`${owner['type'] === 'GROUP' ? 'group' : 'account'}:${text(owner, 'id')}`, to],
      ),
      ...(source === '' ? [] : [[`application:${source}`, to] as const]),
      ...idpsOf(org)
        .filter((idp) => mayFill(idp, group.id))
        .map((idp): Step => [`idp:${idp.id}`, to]),
    ];
  });
}

function mayFill(idp: OktaObject, group: string): boolean {
  const groups = at(idp, 'policy', 'provisioning', 'groups');
  if (text(groups, 'action') === 'ASSIGN') return texts(groups, 'assignments').includes(group);
  const filter = texts(groups, 'filter');
  return ['APPEND', 'SYNC'].includes(text(groups, 'action')) && (filter.length === 0 || filter.includes(group));
}

/** The password that somebody has everywhere is written into the application. */
function isSentPasswords(org: Org, app: OktaObject): boolean {
  const isConnected = listed(org, `app-connections/${app.id}`).some((one) => one['status'] === 'ENABLED');
  const feature = listed(org, `app-features/${app.id}`).find((one) => one['name'] === 'USER_PROVISIONING');
  const password = at(feature, 'capabilities', 'update', 'password');
  return isConnected && text(password, 'status') === 'ENABLED' && text(password, 'seed') === 'OKTA';
}

function stepsToAccounts(org: Org): readonly Step[] {
  const administrators = administratorsOf(org);
  const signIns = idpsOf(org).flatMap((idp) =>
    usersOf(org)
      .filter(({ id }) => org.identityProviders.users(idp.id).has(id) || mayLink(org, idp, id, administrators.has(id)))
      .map(({ id }): Step => [`idp:${idp.id}`, `account:${id}`]),
  );
  const passwords = appsOf(org)
    .filter((app) => isSentPasswords(org, app))
    .flatMap((app) =>
      org.effectiveAssignments(app.id).map(({ userId }): Step => [`application:${app.id}`, `account:${userId}`]),
    );
  return [...signIns, ...passwords];
}

/** Nobody becomes somebody who was switched off for good, nor a program or an application that is off. */
function isOn(org: Org, place: Place): boolean {
  const [kind, id = ''] = place.split(':');
  if (kind === 'account') return usersOf(org).some((user) => user.id === id && isThere(user));
  return (kind !== 'client' && kind !== 'application') || appsOf(org).some((app) => app.id === id);
}

/** Everything from which somebody comes to the rights over everything without having them. */
function startsOf(org: Org): ReadonlySet<Place> {
  const targets = new Set<Place>();
  const over = assignmentsOf(org).filter(({ role }) => OVER_EVERYTHING.has(role));
  for (const { kind, holder } of over) if (kind !== 'user') targets.add(`${kind}:${holder}`);
  for (const [user, roles] of administratorsOf(org))
    if ([...roles].some((role) => OVER_EVERYTHING.has(role))) targets.add(`account:${user}`);
  const others = assignmentsOf(org).filter(({ role }) => !OVER_EVERYTHING.has(role));
  const steps = [...others.flatMap((one) => stepsOfRole(org, one)), ...stepsIntoGroups(org), ...stepsToAccounts(org)];
  const places = new Set([...targets, ...steps.flat()]);
  const off = new Set([...places].filter((place) => !isOn(org, place)));
  for (const target of targets) if (off.has(target)) targets.delete(target);
  const reaching = new Set(targets);
  for (let before = -1; before !== reaching.size; ) {
    before = reaching.size;
    for (const [from, to] of steps) if (reaching.has(to) && !off.has(from)) reaching.add(from);
  }
  for (const target of targets) reaching.delete(target);
  return reaching;
}

/** Ways to the rights over everything. */
export const PATHS: Keys = {
  'account-with-a-way-to-tier-zero': (org) => {
    const starts = startsOf(org);
    return ids(usersOf(org).filter(({ id }) => starts.has(`account:${id}`)));
  },
  'program-with-a-way-to-tier-zero': (org) => {
    const starts = startsOf(org);
    return ids(appsOf(org).filter(({ id }) => starts.has(`client:${id}`)));
  },
  'application-with-a-way-to-tier-zero': (org) => {
    const starts = startsOf(org);
    return ids(appsOf(org).filter(({ id }) => starts.has(`application:${id}`)));
  },
};
