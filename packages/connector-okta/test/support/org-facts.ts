import type { Org, PrincipalKind } from '@castellan/okta-simulator';
import { accessTruthOf } from './access-truth.js';
import { type OrgFacts, pagesOf } from '../../src/plan/formula.js';

/** Okta's largest pages, written here again: a smaller one in the connector must show as calls too many. */
const LARGEST = {
  members: 1_000,
  groupApps: 200,
  appUsers: 500,
  appGroups: 200,
  idpUsers: 200,
  roleTargets: 200,
  events: 1_000,
};

/** Which list of targets a role has, by its type; all others have none. */
const TARGETS: Readonly<Record<string, 'groupTargets' | 'appTargets'>> = {
  USER_ADMIN: 'groupTargets',
  HELP_DESK_ADMIN: 'groupTargets',
  GROUP_MEMBERSHIP_ADMIN: 'groupTargets',
  APP_ADMIN: 'appTargets',
};

/** What the formula needs, counted from the organisation's own state and not from its answers. */
export function factsOf(org: Org, since: Date): OrgFacts {
  const { directory, applications, administration, identityProviders } = org;
  const groups = [...directory.groups.values()].filter((group) => group['type'] !== 'BUILT_IN').map(({ id }) => id);
  const apps = [...applications.apps.keys()];
  const count = (id: string): number => applications.appsOfGroup(id).size;
  const idps = [...identityProviders.idps.keys()];
  return {
    accounts: directory.users.size,
    presentAccounts: [...directory.users.values()].filter((user) => user['status'] !== 'DEPROVISIONED').length,
    groups: directory.groups.size,
    memberPages: sum(groups.map((id) => directory.memberCount(id)).map((size) => some(size, LARGEST.members))),
    everyonePages: 0,
    groupRules: directory.rules.size,
    groupsWithRoles: administration.holders('group').length,
    groupAppPages: sum([...directory.groups.keys()].map((id) => some(count(id), LARGEST.groupApps))),
    applications: apps.length,
    serviceApplications: [...applications.apps.values()].filter(isService).length,
    appUserPages: sum(apps.map((id) => pagesOf(org.effectiveAssignments(id).length, LARGEST.appUsers))),
    appGroupPages: sum(apps.map((id) => pagesOf(applications.groups(id).size, LARGEST.appGroups))),
    customRoles: administration.roles.size,
    roleHolders: org.roleAssignees().length,
    targetPages: {
      users: targetPages(org, 'user'),
      groups: targetPages(org, 'group'),
      clients: targetPages(org, 'client'),
    },
    identityProviders: idps.length,
    idpLinkPages: sum(idps.map((id) => pagesOf(identityProviders.users(id).size, LARGEST.idpUsers))),
    idpKeys: identityProviders.keys.size,
    ...accessTruthOf(org).asked,
    // Full pages, a last one that is not full, and the empty one that says that there is no more.
    eventPages: Math.ceil((org.log.length - org.log.firstSince(since.getTime())) / LARGEST.events) + 1,
  };
}

function some(rows: number, size: number): number {
  return rows === 0 ? 0 : pagesOf(rows, size);
}

function isService(app: object): boolean {
  return JSON.stringify(app).includes('"application_type":"service"');
}

function targetPages(org: Org, kind: PrincipalKind): number {
  const { administration } = org;
  const all = administration.holders(kind).flatMap((id) => [...administration.assignments({ kind, id }).values()]);
  return sum(
    all.map((assignment) => {
      const list = TARGETS[String(assignment.object['type'])];
      return list === undefined ? 0 : pagesOf(assignment[list].length, LARGEST.roleTargets);
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
