import type { OktaObject, Org } from '@castellan/okta-simulator';
import { isCheckedElsewhere } from './accounts.js';
import { factorsOf, hasWeak, mayResist, second, strong } from './factors.js';
import {
  administratorAccounts,
  administratorsOf,
  at,
  DAY,
  eventsOf,
  idpsOf,
  ids,
  isSuper,
  type Keys,
  openings,
  organisation,
  text,
  time,
  assignmentsOf,
  listed,
} from './state.js';

const byFactors = (isWeak: (factors: readonly string[]) => boolean) => (org: Org) =>
  ids(administratorAccounts(org).filter((user) => isWeak(factorsOf(org, user))));

/** What the generated log has of administration. What a script does with a token is done with the rights of the token's owner. */
const ADMINISTRATION = new Set([
  'user.session.access_admin_app',
  'user.account.privilege.grant',
  'user.mfa.factor.reset_all',
  'user.lifecycle.suspend',
  'policy.rule.update',
  'application.lifecycle.update',
  'group.user_membership.add',
]);

function lastSeen(org: Org): (user: OktaObject) => number {
  const last = new Map<string, number>();
  for (const event of eventsOf(org)) {
    const isOwn = event.actorType === 'User' && event.result === 'SUCCESS' && ADMINISTRATION.has(event.type);
    // To oneself anybody may reset a factor, or be put into a group by the own sign-in.
    const isOfOthers = event.type === 'user.session.access_admin_app' || event.targets.some(({ id }) => id !== event.actor);
    if (isOwn && isOfOthers) last.set(event.actor, Math.max(last.get(event.actor) ?? 0, event.at));
  }
  return (user) => {
    const signedIn = time(user, 'lastLogin');
    return Math.max(last.get(user.id) ?? 0, Number.isNaN(signedIn) ? time(user, 'activated') : signedIn);
  };
}

function supers(org: Org): readonly OktaObject[] {
  const roles = administratorsOf(org);
  return administratorAccounts(org).filter(({ id }) => isSuper(roles.get(id)));
}

/** Administrators, and how they sign in. */
export const ADMINISTRATORS: Keys = {
  'administrator-account-used-for-daily-work': (org, now) => {
    const recent = openings(org).filter((one) => one.at >= now - 30 * DAY && org.applications.apps.has(one.app));
    return ids(
      administratorAccounts(org).filter(
        ({ id }) => new Set(recent.filter(({ user }) => user === id).map(({ app }) => app)).size > 5,
      ),
    );
  },
  'administrator-from-other-directory': (org) => ids(administratorAccounts(org).filter(isCheckedElsewhere)),
  'administrator-linked-to-identity-provider': (org) =>
    ids(administratorAccounts(org).filter(({ id }) => idpsOf(org).some((idp) => org.identityProviders.users(idp.id).has(id)))),
  'administrator-not-used': (org, now) => {
    const seen = lastSeen(org);
    return ids(administratorAccounts(org).filter((user) => seen(user) < now - 90 * DAY));
  },
  // One that nobody says of whether it can be phished may be one that cannot.
  'administrator-open-to-phishing': byFactors((factors) => second(factors).length > 0 && !mayResist(factors)),
  'administrator-with-old-password': (org, now) =>
    ids(
      administratorAccounts(org).filter((user) => !isCheckedElsewhere(user) && time(user, 'passwordChanged') < now - 180 * DAY),
    ),
  'administrator-with-weak-factor': byFactors((factors) => hasWeak(factors) && strong(factors).length > 0),
  'administrator-without-second-factor': byFactors((factors) => second(factors).length === 0),
  // Who has none at all is named by the one before.
  'administrator-without-spare-factor': byFactors((factors) => second(factors).length > 0 && strong(factors).length < 2),
  'too-few-super-administrators': (org) =>
    organisation(supers(org).filter((user) => ['ACTIVE', 'PASSWORD_EXPIRED'].includes(text(user, 'status'))).length < 2),
  'too-many-administrators': (org) => organisation(administratorAccounts(org).length - supers(org).length > 25),
  'too-many-super-administrators': (org) => {
    const programs = assignmentsOf(org).filter(({ kind, role }) => kind === 'client' && role === 'SUPER_ADMIN');
    return organisation(supers(org).length + new Set(programs.map(({ holder }) => holder)).size > 5);
  },
  'new-programs-get-every-right': (org) =>
    organisation(at(org.list('org').get('client-privileges'), 'clientPrivilegesSetting') === true),
  'third-party-administrators-allowed': (org) =>
    organisation(at(org.list('org').get('third-party-admins'), 'thirdPartyAdmin') === true),
  'administrator-recovers-password-easily': (org) => {
    const admins = administratorAccounts(org).filter((user) => text(user, 'credentials', 'provider', 'type') !== 'FEDERATION');
    const policies = listed(org, 'policies')
      .filter((policy) => policy['type'] === 'PASSWORD' && policy['status'] === 'ACTIVE')
      .toSorted(
        (one, other) => Number(one['system']) - Number(other['system']) || Number(one['priority']) - Number(other['priority']),
      );
    const isFor = (policy: (typeof policies)[number], user: OktaObject): boolean => {
      const groups = at(policy, 'conditions', 'people', 'groups', 'include');
      return !Array.isArray(groups) || groups.some((group) => org.directory.groupsOf(user.id).has(String(group)));
    };
    const deciding = new Set(admins.map((user) => policies.find((policy) => isFor(policy, user))));
    const easy = ['recovery_question', 'okta_email', 'okta_sms', 'okta_call'];
    return [...deciding].flatMap((policy) => {
      if (policy === undefined) return [];
      const isEasy = easy.some((way) => text(policy, 'settings', 'recovery', 'factors', way, 'status') === 'ACTIVE');
      return isEasy ? [text(policy, 'id')] : [];
    });
  },
};
