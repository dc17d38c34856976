import type { JsonObject, OktaObject, Org } from '@castellan/okta-simulator';
import {
  appsOf,
  assignmentsOf,
  DAY,
  eventsOf,
  groupsOf,
  idOf,
  ids,
  isThere,
  type Keys,
  listed,
  openings,
  rulesOf,
  text,
  texts,
  time,
  usersOf,
} from './state.js';

/** Words of the parameter `sensitive`, as the check page shows them. */
const SENSITIVE =
  /(^| )(admin|amazon web services|aws|azure|backup|bank|bitbucket|cyberark|firewall|gcp|github|gitlab|google cloud|jenkins|kubernetes|netsuite|openvpn|password|payroll|production|root|salary|secret|snowflake|terraform|treasury|vault|vpn|workday)/;
const RIGHTS = /(^| )(admin|owner|operator|power user|privileged|root|super)/;
const plain = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');

export const namesOf = (app: OktaObject): string => plain(`${text(app, 'label')} ${text(app, 'name')}`);
export const isSensitive = (app: OktaObject): boolean => SENSITIVE.test(namesOf(app));

const hasRole = (org: Org, group: string): boolean => org.administration.holdsRole({ kind: 'group', id: group });
const targetsOf = (rule: OktaObject): readonly string[] => texts(rule, 'actions', 'assignUserToGroups', 'groupIds');
const expressionOf = (rule: OktaObject): string => text(rule, 'conditions', 'expression', 'value');
const opensMuch = (org: Org, group: string): boolean =>
  appsOf(org).some((app) => isSensitive(app) && org.applications.groups(app.id).has(group));

/** What everybody may change in the own profile, as the check page shows them. */
const OF_ONESELF =
  /\b(firstName|lastName|middleName|honorificPrefix|honorificSuffix|displayName|nickName|secondEmail|mobilePhone|primaryPhone|preferredLanguage|locale|timezone|profileUrl|streetAddress|postalAddress|city|state|zipCode)\b/i;

/** Ids of groups that anything at all names: as members of a condition, as targets, as owners, as resources. */
function named(org: Org): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') for (const [id] of value.matchAll(/00g[A-Za-z0-9]+/g)) found.add(id);
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) look(one);
  };
  for (const app of org.applications.apps.values()) {
    for (const group of org.applications.groups(app.id).keys()) found.add(group);
    for (const push of org.applications.pushes(app.id).values()) found.add(text(push, 'sourceGroupId'));
  }
  for (const { kind, holder, groups } of assignmentsOf(org))
    for (const id of kind === 'group' ? [holder, ...groups] : groups) found.add(id);
  for (const set of org.administration.resourceSets.keys()) look([...org.administration.resources(set).values()]);
  for (const rule of org.directory.rules.values()) look([rule['actions'], rule['conditions']]);
  for (const group of groupsOf(org)) for (const owner of org.directory.owners(group.id).keys()) found.add(owner);
  for (const policy of listed(org, 'policies')) {
    look(policy['conditions']);
    for (const rule of listed(org, `policy-rules/${idOf(policy)}`)) look(rule['conditions']);
  }
  for (const idp of org.identityProviders.idps.values()) look(idp['policy']);
  return found;
}

const pushesOf = (org: Org, app: OktaObject): readonly JsonObject[] =>
  [...org.applications.pushes(app.id).values()].filter((push) => push['status'] === 'ACTIVE');

/** People who have it, by themselves or by a group, and are not switched off. */
const peopleOf = (org: Org, app: OktaObject): readonly string[] =>
  org.effectiveAssignments(app.id).flatMap(({ userId }) => {
    const user = org.directory.users.get(userId);
    return user !== undefined && isThere(user) ? [userId] : [];
  });

/** Midnight (UTC) so many days ago: use is counted by days. */
export const dayBefore = (now: number, days: number): number => Math.floor(now / DAY) * DAY - days * DAY;

export const GROUPS: Keys = {
  'access-given-one-by-one': (org) => {
    const there = new Set(ids(usersOf(org).filter(isThere)));
    return ids(
      appsOf(org).filter((app) => [...org.applications.direct(app.id).keys()].filter((user) => there.has(user)).length > 3),
    );
  },
  // What nobody has opened is the matter of another check.
  'access-that-is-not-used': (org, now) => {
    const recent = openings(org).filter((one) => one.at >= dayBefore(now, 60));
    return ids(
      appsOf(org).filter((app) => {
        const people = peopleOf(org, app);
        const opened = new Set(recent.flatMap((one) => (one.app === app.id ? [one.user] : [])));
        const idle = people.filter((user) => !opened.has(user)).length;
        return idle < people.length && idle >= 10 && idle / people.length >= 0.8;
      }),
    );
  },
  'empty-group-with-rights': (org) =>
    ids(
      groupsOf(org)
        .filter(({ id, type }) => type !== 'BUILT_IN' && org.directory.memberCount(id) === 0)
        .filter(({ id }) => hasRole(org, id) || appsOf(org).some((app) => org.applications.groups(app.id).has(id))),
    ),
  'group-rule-that-people-can-meet': (org) =>
    ids(
      rulesOf(org).filter(
        (rule) =>
          OF_ONESELF.test(expressionOf(rule).replaceAll(/"[^"]*"/g, '')) &&
          targetsOf(rule).some((group) => org.directory.groups.has(group) && (hasRole(org, group) || opensMuch(org, group))),
      ),
    ),
  'group-with-power-elsewhere': (org) => {
    const written = appsOf(org)
      .filter((app) => isSensitive(app) || /(^| )org2org/.test(namesOf(app)))
      .flatMap((app) => pushesOf(org, app).map((push) => text(push, 'sourceGroupId')));
    return ids(
      groupsOf(org)
        .filter(({ id }) => written.includes(id))
        .filter(
          (group) =>
            hasRole(org, group.id) ||
            RIGHTS.test(plain(text(group, 'profile', 'name'))) ||
            org.directory.memberCount(group.id) >= 500,
        ),
    );
  },
  // Those of another system, and those that every organisation has, are not made without a purpose.
  'group-without-purpose': (org, now) => {
    const used = named(org);
    const quoted = [...org.directory.rules.values()].map(expressionOf).join(' ');
    return ids(
      groupsOf(org)
        .filter((group) => group['type'] === 'OKTA_GROUP' && time(group, 'created') < now - 30 * DAY)
        .filter((group) => !used.has(group.id) && !quoted.includes(`"${text(group, 'profile', 'name')}"`)),
    );
  },
  // Whom one rule leaves out and another brings in is in it by right.
  'member-that-the-rule-leaves-out': (org) =>
    groupsOf(org)
      .filter(({ id }) => hasRole(org, id))
      .flatMap(({ id: group }) => {
        const rules = rulesOf(org).filter((rule) => targetsOf(rule).includes(group));
        const excluded = rules.map((rule) => texts(rule, 'conditions', 'people', 'users', 'exclude'));
        return [...org.directory.members(group).keys()]
          .filter((member) => rules.length > 0 && excluded.every((list) => list.includes(member)))
          .filter((member) => usersOf(org).some((user) => user.id === member && isThere(user)))
          .map((member) => `${group}|${member}`);
      }),
  'new-member-of-group-with-role': (org, _now, firstRead) =>
    eventsOf(org)
      // What was there when it was read for the first time has no beginning that is known.
      .filter(({ type, at: when }) => type === 'group.user_membership.add' && when > firstRead)
      .map(
        ({ targets }) =>
          [
            targets.find(({ type }) => type === 'UserGroup')?.id ?? '',
            targets.find(({ type }) => type === 'User')?.id ?? '',
          ] as const,
      )
      .filter(([group, user]) => hasRole(org, group) && org.directory.members(group).has(user))
      .map(([group, user]) => `${group}|${user}`),
  'sensitive-application-for-everybody': (org) => {
    const there = new Set(ids(usersOf(org).filter(isThere)));
    const isOfEverybody = (group: string): boolean =>
      [...org.directory.members(group).keys()].filter((user) => there.has(user)).length / there.size >= 0.9;
    return ids(
      appsOf(org).filter((app) => isSensitive(app) && [...org.applications.groups(app.id).keys()].some(isOfEverybody)),
    );
  },
};
