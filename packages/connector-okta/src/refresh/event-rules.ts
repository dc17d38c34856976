import { edgeKey, type Scope } from '@castellan/connector-sdk';
import type { EventParties } from './event-parties.js';

/** A part of a stream that an event touches; without a scope the whole stream. */
export interface Touched {
  readonly stream: string;
  readonly scope?: Scope;
  readonly delta?: boolean;
  readonly low?: boolean;
}

type Touches = (event: EventParties) => readonly Touched[];

const part = (stream: string, field: string, value: string): Touched => ({ stream, scope: { field, value } });
const whole = (...streams: readonly string[]): readonly Touched[] => streams.map((stream) => ({ stream }));
const each = (ids: readonly string[], make: (id: string) => readonly Touched[]): readonly Touched[] => ids.flatMap(make);
const pairs = (left: readonly string[], right: readonly string[]): readonly string[] =>
  left.flatMap((one) => right.map((other) => edgeKey(one, other)));

const account: Touches = (event) => each(event.users, (id) => [part('accounts', 'key', id)]);

/** Whether somebody is there at all: deactivation takes applications, roles and factors, and not each has an event. */
const presence: Touches = (event) =>
  each(event.users, (id) => [
    part('accounts', 'key', id),
    part('everyone-memberships', 'member', id),
    part('memberships', 'member', id),
    part('app-user-assignments', 'principal', id),
    part('user-role-assignments', 'principal', id),
    part('idp-links', 'account', id),
    part('authenticators', 'account', id),
    part('account-devices', 'account', id),
    part('token-grants', 'account', id),
  ]);

/** A new user has neither roles nor links, and applications only through groups, whose change is noticed there. */
const arrival: Touches = (event) =>
  each(event.users, (id) => [
    part('accounts', 'key', id),
    part('everyone-memberships', 'member', id),
    part('memberships', 'member', id),
    part('authenticators', 'account', id),
  ]);

/** With the statistics of the group, which say how many there are. */
const membership: Touches = (event) => {
  const groups = event.targets('group');
  const edges = pairs(groups, event.targets('user')).map((edge) => part('memberships', 'key', edge));
  const group = each(groups, (id) => [part('groups', 'key', id)]);
  return edges.length > 0
    ? [...group, ...edges]
    : [...group, ...each(event.targets('user'), (id) => [part('memberships', 'member', id)])];
};

const group: Touches = (event) => each(event.targets('group'), (id) => [part('groups', 'key', id)]);

/** A rule that names a deleted group becomes invalid, without an event of its own for certain. */
const groupGone: Touches = (event) => [...group(event), ...whole('group-rules')];

const groupRule: Touches = (event) => {
  const rules = event.targets('groupRule');
  return rules.length > 0 ? each(rules, (id) => [part('group-rules', 'key', id)]) : [];
};

/** These are about a rule in any case; where it is not named as one, the list of rules is short. */
const groupRuleInAnyCase: Touches = (event) => {
  const named = groupRule(event);
  return named.length > 0 ? named : whole('group-rules');
};

/**
 * What it proves itself by, and what is written into it: changes of those are written as changes of the application. Not its secrets,
 * which have events of their own: each reading of them is one, too.
 */
const application: Touches = (event) =>
  each(event.targets('application'), (id) => [
    part('applications', 'key', id),
    part('app-credentials', 'application', id),
    part('app-provisioning', 'application', id),
    part('group-pushes', 'application', id),
  ]);

/** The client by its client id or by the application's, as for its roles. */
const clientCredentials: Touches = (event) =>
  each([...event.targets('client'), ...event.targets('application')], (id) => [
    part('app-credentials', 'application', id),
    part('client-secrets', 'application', id),
  ]);

/** With the application, which says which key is in use. */
const signingKey: Touches = (event) =>
  each(event.targets('application'), (id) => [part('applications', 'key', id), part('app-credentials', 'application', id)]);

/** The statistics of the group say whether it is written anywhere. */
const groupPush: Touches = (event) => [
  ...group(event),
  ...each(event.targets('application'), (id) => [part('group-pushes', 'application', id)]),
];

const appUser: Touches = (event) =>
  pairs(event.targets('application'), event.targets('user')).map((edge) => part('app-user-assignments', 'key', edge));

/** Moves `lastSync` and the like, often for many at once: after everything else. */
const appUserLater: Touches = (event) => appUser(event).map((touched) => ({ ...touched, low: true }));

/** Whoever has the application through the group gets or loses it, or gets another profile in it. */
const appGroup: Touches = (event) => [
  ...group(event),
  ...each(event.targets('application'), (id) => [part('app-user-assignments', 'application', id)]),
  ...pairs(event.targets('application'), event.targets('group')).map((edge) => part('app-group-assignments', 'key', edge)),
];

const userPrivilege: Touches = (event) => each(event.targets('user'), (id) => [part('user-role-assignments', 'principal', id)]);

/** The group's statistics say whether it gives any role. */
const groupPrivilege: Touches = (event) => [
  ...group(event),
  ...each(event.targets('group'), (id) => [part('group-role-assignments', 'principal', id)]),
];

/** The client by its client id or by the application's: whichever it is, is found out when it is read. */
const clientPrivilege: Touches = (event) =>
  each([...event.targets('client'), ...event.targets('application')], (id) => [
    part('client-role-assignments', 'principal', id),
  ]);

const ROLE_ASSIGNMENTS = ['user-role-assignments', 'group-role-assignments', 'client-role-assignments'] as const;

const role: Touches = (event) => {
  const roles = event.targets('role');
  return roles.length > 0 ? each(roles, (id) => [part('roles', 'key', id)]) : whole('roles');
};

/** The role's name stands in its assignments too. */
const roleNamed: Touches = (event) => [
  ...role(event),
  ...each(event.targets('role'), (id) => ROLE_ASSIGNMENTS.map((stream) => part(stream, 'role', id))),
];

/** Whoever is bound is among the targets, or else nobody knows. */
const binding: Touches = (event) => {
  const named = [...userPrivilege(event), ...groupPrivilege(event), ...clientPrivilege(event)];
  return named.length > 0 ? named : whole(...ROLE_ASSIGNMENTS);
};

const resourceSet: Touches = (event) =>
  each(event.targets('resourceSet'), (id) => [part('resource-set-members', 'resourceSet', id)]);

const resourceSetGone: Touches = (event) => [
  ...resourceSet(event),
  ...each(event.targets('resourceSet'), (id) => ROLE_ASSIGNMENTS.map((stream) => part(stream, 'target', id))),
];

/** Okta calls the identity provider an `AppInstance` in some events. */
const idpsOf = (event: EventParties): readonly string[] => [
  ...event.targets('identityProvider'),
  ...event.targets('application'),
];

const identityProvider: Touches = (event) => {
  const idps = idpsOf(event);
  return idps.length > 0 ? each(idps, (id) => [part('identity-providers', 'key', id)]) : whole('identity-providers');
};

/** A first sign-in through an identity provider makes the link. A known link costs nothing, see `refreshIdpLinks`. */
const idpSignIn: Touches = (event) =>
  pairs(idpsOf(event), [...new Set([...event.actor, ...event.targets('user')])]).map((edge) => part('idp-links', 'key', edge));

const factors: Touches = (event) => each(event.users, (id) => [part('authenticators', 'account', id)]);

const devices: Touches = (event) => each(event.users, (id) => [part('account-devices', 'account', id)]);

/** The last sign-in is nice to know; nothing that matters waits for it. */
const signIn: Touches = (event) => each(event.actor, (id) => [{ ...part('accounts', 'key', id), low: true }]);

/**
 * Bulk uploads and imports write no event for certain for each thing that they change, so all must be listed again.
 * The upload's own event comes before its effect, the end of the import after it.
 */
const directory: Touches = () => whole('accounts', 'groups', 'memberships', 'everyone-memberships');

/**
 * An import of a directory or an application comes every hour: to list all members again would take the groups' bucket for
 * minutes. What it has changed shows in dates that Okta can be asked by; whoever it removes is deactivated, not deleted.
 */
const imported: Touches = (event) => [
  { stream: 'accounts', delta: true },
  { stream: 'groups', delta: true },
  ...each(event.targets('application'), (id) => [part('app-user-assignments', 'application', id)]),
];

/** One user of an import, where Okta names them. */
const importedUser: Touches = (event) => each(event.targets('user'), (id) => [part('accounts', 'key', id)]);
const importedGroup: Touches = (event) => group(event);

/**
 * What each type of event touches. A name that ends in `.*` stands for all that begin so; the longest that fits counts.
 * Source of the names: Okta, "Event types", 2026.08.1. Not here: types after which nothing that is synced looks different
 * (`security.authenticator.lifecycle.*`), and what Okta writes no event of: the removal of a link to an identity provider, an owner of
 * a group, what a role was given by. Nor `app.oauth2.client.read_client_secret`, which each of our own readings causes.
 */
export const EVENT_RULES: Readonly<Record<string, Touches>> = {
  'user.lifecycle.create': arrival,
  'user.lifecycle.activate': presence,
  'user.lifecycle.reactivate': presence,
  'user.lifecycle.deactivate': presence,
  // Deleting takes a while: when it is initiated the user may still be there.
  'user.lifecycle.delete.initiated': presence,
  'user.lifecycle.delete.completed': presence,
  'user.lifecycle.suspend': account,
  'user.lifecycle.unsuspend': account,
  'user.lifecycle.password_mass_expiry': () => whole('accounts'),
  'user.account.expire_password': account,
  'user.account.lock': account,
  'user.account.lock.limit': account,
  'user.account.reset_password': account,
  'user.account.unlock': account,
  'user.account.unlock_by_admin': account,
  'user.account.update_password': account,
  'user.account.update_primary_email': account,
  'user.account.update_secondary_email': account,
  'user.account.update_profile': account,
  'user.account.update_user_type': account,
  'user.session.start': signIn,

  'group.lifecycle.create': group,
  'group.lifecycle.delete': groupGone,
  'group.profile.update': group,
  'group.user_membership.add': membership,
  'group.user_membership.remove': membership,
  'group.user_membership.rule.*': groupRuleInAnyCase,
  // Group rules are written as policy rules; all other policy rules are not synced.
  'policy.rule.*': groupRule,

  'application.lifecycle.*': application,
  'app.oauth2.client.lifecycle.*': clientCredentials,
  'app.oauth2.credentials.lifecycle.*': clientCredentials,
  'app.keys.*': signingKey,
  // Not each time that members are written.
  'application.provision.group_push.mapping.*': groupPush,
  'application.provision.group_push.activate_mapping': groupPush,
  'application.provision.group_push.deactivate_mapping': groupPush,
  'application.provision.group_push.delete_appgroup': groupPush,
  'application.user_membership.*': appUser,
  // Only read, or only asked for.
  'application.user_membership.show_password': () => [],
  'application.user_membership.approve': () => [],
  'application.provision.user.*': appUserLater,
  'group.application_assignment.*': appGroup,

  'user.account.privilege.*': userPrivilege,
  'group.privilege.*': groupPrivilege,
  'app.oauth2.client.privilege.*': clientPrivilege,
  'iam.role.create': role,
  'iam.role.delete': roleNamed,
  'iam.role.update': roleNamed,
  'iam.role.permissions.*': role,
  'iam.role.permission.conditions.*': role,
  'iam.resourceset.bindings.*': binding,
  'iam.resourceset.create': resourceSet,
  'iam.resourceset.update': resourceSet,
  'iam.resourceset.resources.*': resourceSet,
  'iam.resourceset.delete': resourceSetGone,

  'system.idp.lifecycle.*': identityProvider,
  // Each of our own listings causes one.
  'system.idp.lifecycle.read_client_secret': () => [],
  // A key belongs to no one identity provider.
  'system.idp.key.*': () => whole('identity-providers'),
  'user.authentication.auth_via_IDP': idpSignIn,
  'user.authentication.auth_via_social': idpSignIn,
  'user.authentication.auth_via_inbound_SAML': idpSignIn,

  'user.mfa.factor.*': factors,
  'device.user.*': devices,
  'device.enrollment.create': devices,

  'system.identity_sources.bulk_upsert': directory,
  'system.identity_sources.bulk_delete': directory,
  'system.identity_sources.bulk_group_upsert': directory,
  'system.identity_sources.bulk_group_delete': directory,
  'system.identity_sources.bulk_group_membership_upsert': directory,
  'system.identity_sources.bulk_group_membership_delete': directory,
  'system.import.complete': imported,
  'system.import.user_csv.complete': directory,
  'system.import.user.create': importedUser,
  'system.import.user.update': importedUser,
  'system.import.user.update_user_lifecycle_from_master': presence,
  'system.import.user.delete': presence,
  'system.import.user.suspend': importedUser,
  'system.import.user.unsuspend': importedUser,
  'system.import.group.create': importedGroup,
  'system.import.group.update': importedGroup,
  'system.import.group.delete': importedGroup,
};
