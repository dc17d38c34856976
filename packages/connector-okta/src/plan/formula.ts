import { BUCKETS } from '../client/buckets.js';
import type { AppGroupRoute } from './app-group-route.js';

/** Calls by bucket. */
export type Calls = Readonly<Record<string, number>>;

/** Okta's largest pages, which every list is asked for with. A page costs one call whatever its size. */
export const PAGE_SIZE = {
  accounts: 200,
  groups: 200,
  members: 1_000,
  groupRules: 200,
  applications: 200,
  appUsers: 500,
  appGroups: 200,
  groupApps: 200,
  assignees: 100,
  roleTargets: 200,
  identityProviders: 200,
  idpUsers: 200,
  events: 1_000,
  groupOwners: 1_000,
  groupPushes: 1_000,
  grants: 200,
} as const;

/** Pages of a list with so many rows: an empty list costs a call, too. */
export function pagesOf(rows: number, size: number): number {
  return Math.max(1, Math.ceil(rows / size));
}

/**
 * What of an organisation costs calls. Sums of pages are over the parents that are asked at all: a sum of 3 pages is what
 * three groups with 10 members each cost, or one with 2,500.
 */
export interface OrgFacts {
  readonly accounts: number;
  /** Accounts that are not deprovisioned. */
  readonly presentAccounts: number;
  readonly groups: number;
  /** Of groups with members, Everyone left out. */
  readonly memberPages: number;
  /** Of Everyone, where it cannot be derived from the accounts; else 0. */
  readonly everyonePages: number;
  readonly groupRules: number;
  readonly groupsWithRoles: number;
  /** Groups that open something, so that it matters who may change them. */
  readonly groupsWorthOwning: number;
  /** Of groups that are assigned to an application. */
  readonly groupAppPages: number;
  readonly applications: number;
  readonly serviceApplications: number;
  /** Applications that have keys or certificates. */
  readonly applicationsWithKeys: number;
  readonly applicationsWithSecrets: number;
  readonly applicationsWithFeatures: number;
  /** Of those, the ones that provisioning is switched on for. */
  readonly provisionedApplications: number;
  /** Of applications that groups are pushed into. */
  readonly pushPages: number;
  readonly appUserPages: number;
  readonly appGroupPages: number;
  readonly customRoles: number;
  /** Users with a role, be it through a group. */
  readonly roleHolders: number;
  /** Assignments of roles to users themselves, each of which is asked what it was given by. */
  readonly userRoleAssignments: number;
  /** What is in resource sets, over all sets. */
  readonly resourcePages: number;
  /** For accounts with a client: the clients, and once their consents. */
  readonly tokenPages: number;
  /** Pages of targets of roles that can be narrowed, by who holds them. */
  readonly targetPages: { readonly users: number; readonly groups: number; readonly clients: number };
  readonly identityProviders: number;
  readonly idpLinkPages: number;
  readonly idpKeys: number;
  /** Pages of the System Log that are read; the last is the one that says that there is no more. */
  readonly eventPages: number;
}

export interface Routes {
  readonly appGroups: AppGroupRoute;
  /** Members come from the list that has a bucket of its own. */
  readonly skinnyUsers: boolean;
}

/**
 * THE FORMULA: what each stream costs, in which bucket. The README explains it, a test counts a simulator's requests against it.
 * Not in it: the organisation's document and the token, one call each when a process reads an organisation for the first time.
 */
export function callsOf(facts: OrgFacts, routes: Routes): Readonly<Record<string, Calls>> {
  const { users, groups, apps, iam, clients, logs, rest } = BUCKETS;
  const members = routes.skinnyUsers ? BUCKETS.skinnyUsers : groups;
  return {
    accounts: { [users]: pagesOf(facts.accounts, PAGE_SIZE.accounts) },
    groups: { [groups]: pagesOf(facts.groups, PAGE_SIZE.groups) },
    memberships: { [members]: facts.memberPages },
    'everyone-memberships': { [members]: facts.everyonePages },
    'group-rules': { [groups]: pagesOf(facts.groupRules, PAGE_SIZE.groupRules) },
    applications: { [apps]: pagesOf(facts.applications, PAGE_SIZE.applications) },
    'app-user-assignments': { [apps]: facts.appUserPages },
    'app-group-assignments': routes.appGroups === 'apps' ? { [apps]: facts.appGroupPages } : { [groups]: facts.groupAppPages },
    roles: { [iam]: 1 + facts.customRoles },
    'user-role-assignments': {
      [iam]: pagesOf(facts.roleHolders, PAGE_SIZE.assignees),
      [users]: facts.roleHolders + facts.targetPages.users + facts.userRoleAssignments,
    },
    'group-role-assignments': { [groups]: facts.groupsWithRoles + facts.targetPages.groups },
    'client-role-assignments': { [clients]: facts.serviceApplications + facts.targetPages.clients },
    'identity-providers': {
      [rest]:
        pagesOf(facts.identityProviders, PAGE_SIZE.identityProviders) + pagesOf(facts.idpKeys, PAGE_SIZE.identityProviders),
    },
    'idp-links': { [rest]: facts.idpLinkPages },
    authenticators: { [users]: facts.presentAccounts },
    'group-owners': { [groups]: facts.groupsWorthOwning },
    'app-credentials': { [apps]: facts.applicationsWithKeys },
    'client-secrets': { [apps]: facts.applicationsWithSecrets },
    'app-provisioning': { [apps]: facts.applicationsWithFeatures + facts.provisionedApplications },
    'group-pushes': { [apps]: facts.pushPages },
    'resource-set-members': { [iam]: 1 + facts.resourcePages },
    'account-devices': { [users]: facts.presentAccounts },
    'token-grants': { [users]: facts.presentAccounts + facts.tokenPages },
    activity: { [logs]: facts.eventPages },
  };
}

/** Sums by bucket. */
export function sumOf(all: readonly Calls[]): Calls {
  const sums = new Map<string, number>();
  for (const calls of all) {
    for (const [bucket, count] of Object.entries(calls)) sums.set(bucket, (sums.get(bucket) ?? 0) + count);
  }
  return Object.fromEntries(sums);
}

/** Minutes that the scarcest bucket takes. @param perMinute calls a minute that may be spent in a bucket. */
export function floorOf(calls: Calls, perMinute: (bucket: string) => number): number {
  return Math.max(0, ...Object.entries(calls).map(([bucket, count]) => count / perMinute(bucket)));
}
