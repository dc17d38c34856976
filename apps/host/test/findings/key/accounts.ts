import type { OktaObject, Org } from '@castellan/okta-simulator';
import { factorsOf, mayResist, resists, second, strong } from './factors.js';
import { administratorsOf, at, DAY, ids, isThere, type Keys, organisation, text, time, usersOf } from './state.js';

/** Their password, or their whole sign-in, is the matter of another system. */
export const isCheckedElsewhere = (user: OktaObject): boolean =>
  ['ACTIVE_DIRECTORY', 'LDAP', 'FEDERATION', 'SOCIAL'].includes(text(user, 'credentials', 'provider', 'type'));

const isFederated = (user: OktaObject): boolean =>
  ['FEDERATION', 'SOCIAL'].includes(text(user, 'credentials', 'provider', 'type'));
const hasStatus =
  (...statuses: readonly string[]) =>
  (user: OktaObject): boolean =>
    statuses.includes(text(user, 'status'));

const there = (org: Org): readonly OktaObject[] => usersOf(org).filter(isThere);
/** Whoever was set up, and could have enrolled something. */
const setUp = (org: Org): readonly OktaObject[] => there(org).filter((user) => !hasStatus('STAGED', 'PROVISIONED')(user));
const noAdministrators = (org: Org, users: readonly OktaObject[]): readonly OktaObject[] => {
  const administrators = administratorsOf(org);
  return users.filter(({ id }) => !administrators.has(id));
};

const saysWhose = (user: OktaObject): boolean =>
  ['manager', 'managerId', 'employeeNumber', 'department'].some((name) => text(user, 'profile', name) !== '');

const domainOf = (user: OktaObject): string => text(user, 'profile', 'email').split('@')[1] ?? '';

/** Domains of at least one in twenty accounts are the organisation's own. */
function ownDomains(users: readonly OktaObject[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const user of users) counts.set(domainOf(user), (counts.get(domainOf(user)) ?? 0) + 1);
  return new Set([...counts].flatMap(([domain, count]) => (count / users.length >= 0.05 ? [domain] : [])));
}

/** Letters that are taken for one another, as a person would read them. */
function asRead(login: string): string {
  const name = (login.split('@')[0] ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}|]/gu, '');
  const alike: Readonly<Record<string, string>> = {
    '0': 'o',
    '1': 'l',
    '3': 'e',
    '4': 'a',
    '5': 's',
    i: 'l',
    '|': 'l',
    а: 'a',
    о: 'o',
    е: 'e',
  };
  return [...name]
    .map((letter) => alike[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

const SERVICE_WORDS = new Set(['service', 'svc', 'bot', 'robot', 'daemon']);
const isServiceByName = (user: OktaObject): boolean =>
  `${text(user, 'profile', 'userType')} ${text(user, 'profile', 'login').split('@')[0]}`
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => SERVICE_WORDS.has(word));

function keepsSomething(org: Org, user: OktaObject): boolean {
  const apps = org.appsOf(user.id).filter((app) => app['status'] === 'ACTIVE');
  const principals = [
    { kind: 'user', id: user.id } as const,
    ...[...org.directory.groupsOf(user.id)].map((id) => ({ kind: 'group', id }) as const),
  ];
  return apps.length > 0 || principals.some((principal) => org.administration.holdsRole(principal));
}

/** The later of two accounts of one name that share a number, a telephone or a mailbox. */
function secondAccounts(org: Org): readonly OktaObject[] {
  const people = noAdministrators(org, there(org));
  const nameOf = (user: OktaObject): string =>
    (text(user, 'profile', 'displayName') || `${text(user, 'profile', 'firstName')} ${text(user, 'profile', 'lastName')}`)
      .trim()
      .toLowerCase();
  const marks = (user: OktaObject): readonly string[] =>
    [
      `number ${text(user, 'profile', 'employeeNumber')}`,
      `mail ${text(user, 'profile', 'secondEmail').toLowerCase()}`,
      `phone ${text(user, 'profile', 'mobilePhone').replaceAll(/[^0-9]/g, '')}`,
    ].filter((mark) => !mark.endsWith(' '));
  const isBefore = (one: OktaObject, other: OktaObject): boolean =>
    one.id !== other.id &&
    (time(one, 'created') < time(other, 'created') || (time(one, 'created') === time(other, 'created') && one.id < other.id));
  return people.filter((user) =>
    people.some(
      (other) =>
        isBefore(other, user) && nameOf(other) === nameOf(user) && marks(other).some((mark) => marks(user).includes(mark)),
    ),
  );
}

export const ACCOUNTS: Keys = {
  'account-never-used': (org, now) =>
    ids(setUp(org).filter((user) => user['lastLogin'] === null && time(user, 'activated') < now - 14 * DAY)),
  'account-not-used': (org, now) =>
    ids(there(org).filter((user) => !hasStatus('STAGED')(user) && time(user, 'lastLogin') < now - 90 * DAY)),
  // Where most accounts say whose they are, and none of those that another system has made.
  'account-of-nobody': (org) => {
    const users = there(org);
    if (users.filter(saysWhose).length / users.length < 0.8) return [];
    return ids(users.filter((user) => !saysWhose(user) && !isCheckedElsewhere(user)));
  },
  'account-stuck': (org, now) =>
    ids(
      there(org)
        .filter(hasStatus('STAGED', 'PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'))
        .filter((user) => time(user, 'statusChanged') < now - 30 * DAY),
    ),
  'account-with-foreign-address': (org) => {
    const own = ownDomains(there(org));
    return ids(there(org).filter((user) => !own.has(domainOf(user))));
  },
  'account-with-old-password': (org, now) =>
    ids(
      noAdministrators(org, there(org)).filter(
        (user) => !isCheckedElsewhere(user) && time(user, 'passwordChanged') < now - 365 * DAY,
      ),
    ),
  'account-with-weak-factors-only': (org) =>
    ids(setUp(org).filter((user) => second(factorsOf(org, user)).length > 0 && strong(factorsOf(org, user)).length === 0)),
  'account-without-second-factor': (org) =>
    ids(noAdministrators(org, setUp(org)).filter((user) => second(factorsOf(org, user)).length === 0)),
  'few-phishing-resistant-accounts': (org) => {
    const people = setUp(org).filter((user) => !isFederated(user) && !hasStatus('SUSPENDED')(user));
    const good = people.filter((user) => resists(factorsOf(org, user))).length;
    const counted = people.filter((user) => resists(factorsOf(org, user)) || !mayResist(factorsOf(org, user))).length;
    return organisation(Math.floor((100 * good) / counted) < 50);
  },
  'login-looks-like-administrator': (org) => {
    const administrators = administratorsOf(org);
    const names = new Set(
      there(org)
        .filter(({ id }) => administrators.has(id))
        .map((user) => asRead(text(user, 'profile', 'login')))
        .filter((name) => name.length >= 4),
    );
    return ids(noAdministrators(org, there(org)).filter((user) => names.has(asRead(text(user, 'profile', 'login')))));
  },
  'recovery-by-question': (org) => ids(there(org).filter((user) => at(user, 'credentials', 'recovery_question') !== undefined)),
  'second-account-of-person': (org) => ids(secondAccounts(org)),
  'service-account-signs-in': (org, now) =>
    ids(
      there(org).filter(
        (user) => !hasStatus('SUSPENDED')(user) && isServiceByName(user) && time(user, 'lastLogin') >= now - 30 * DAY,
      ),
    ),
  'suspended-account-keeps-access': (org, now) =>
    ids(
      there(org).filter(
        (user) => hasStatus('SUSPENDED')(user) && time(user, 'statusChanged') < now - 30 * DAY && keepsSomething(org, user),
      ),
    ),
  'switched-off-account-keeps-access': (org) => ids(usersOf(org).filter((user) => !isThere(user) && keepsSomething(org, user))),
};
