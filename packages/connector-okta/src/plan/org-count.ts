import type { JsonObject, RecordKind } from '@castellan/connector-sdk';
import { hasSecrets, keyListIn } from '../map/app-hint.js';
import { type OrgFacts, PAGE_SIZE, pagesOf } from './formula.js';

/** Calls for the members of one group, by the hint of its record; 0 for one that is not asked. */
export function memberPagesOf(hint: JsonObject | undefined): number {
  if (hint?.['members'] === 0 || isEveryone(hint)) return 0;
  return everyoneOrMemberPages(hint);
}

/** Calls for the members of one group that is asked in any case. Unknown sizes count as one page. */
export function everyoneOrMemberPages(hint: JsonObject | undefined): number {
  return pagesOf(numberIn(hint, 'members') ?? 0, PAGE_SIZE.members);
}

/** Calls for the applications of one group; one that Okta has not counted may have some. */
export function groupAppPagesOf(hint: JsonObject | undefined): number {
  return hint?.['apps'] === 0 ? 0 : pagesOf(numberIn(hint, 'apps') ?? 0, PAGE_SIZE.groupApps);
}

/** Whether it matters who may change a group: it gives an application or a role, or is written elsewhere; or Okta has not counted. */
export function opensSomething(hint: JsonObject | undefined): boolean {
  if (isEveryone(hint) || hint?.['type'] === 'BUILT_IN') return false;
  return hint?.['apps'] !== 0 || hint['admin'] !== false || hint['pushes'] !== 0;
}

/** The group that Okta keeps all users in by itself. */
export function isEveryone(hint: JsonObject | undefined): boolean {
  return hint?.['everyone'] === true;
}

export function numberIn(hint: JsonObject | undefined, key: string): number | undefined {
  const value = hint?.[key];
  return typeof value === 'number' ? value : undefined;
}

interface Counted {
  readonly kind: RecordKind;
  readonly hint?: JsonObject | undefined;
}

/** An organisation in counts, from the records that it is given: of those listed so far, or of those stored. What is not among them counts as nothing. */
export class OrgCount {
  readonly #counts = {
    accounts: 0,
    presentAccounts: 0,
    groups: 0,
    memberPages: 0,
    groupAppPages: 0,
    groupsWithRoles: 0,
    groupsWorthOwning: 0,
    applications: 0,
    serviceApplications: 0,
    applicationsWithKeys: 0,
    applicationsWithSecrets: 0,
    applicationsWithFeatures: 0,
    pushPages: 0,
    identityProviders: 0,
  };
  #everyone = 0;

  add(records: readonly Counted[]): void {
    for (const record of records) this.#addOne(record.kind, record.hint);
  }

  /** Everyone's own count stands in for accounts that are still being listed. */
  get facts(): OrgFacts {
    const counts = this.#counts;
    return {
      ...counts,
      accounts: Math.max(counts.accounts, this.#everyone),
      presentAccounts: Math.max(counts.presentAccounts, this.#everyone - (counts.accounts - counts.presentAccounts)),
      everyonePages: 0,
      groupRules: 0,
      // Of most that have features it is switched on.
      provisionedApplications: counts.applicationsWithFeatures,
      // At least a call for each; how many more pages there are shows when they are read.
      appUserPages: counts.applications,
      appGroupPages: counts.applications,
      idpLinkPages: counts.identityProviders,
      customRoles: 0,
      roleHolders: 0,
      userRoleAssignments: 0,
      resourcePages: 0,
      tokenPages: 0,
      targetPages: { users: 0, groups: 0, clients: 0 },
      idpKeys: 0,
      eventPages: 1,
    };
  }

  /** What Okta has counted in Everyone; `undefined` before that group was listed, and once more accounts have come than it says. */
  get expectedAccounts(): number | undefined {
    return this.#everyone > 0 && this.#everyone >= this.#counts.accounts ? this.#everyone : undefined;
  }

  #addOne(kind: RecordKind, hint: JsonObject | undefined): void {
    const counts = this.#counts;
    switch (kind) {
      case 'account':
        counts.accounts += 1;
        if (hint?.['status'] !== 'deprovisioned') counts.presentAccounts += 1;
        return;
      case 'group':
        counts.groups += 1;
        counts.memberPages += memberPagesOf(hint);
        counts.groupAppPages += groupAppPagesOf(hint);
        if (hint?.['admin'] !== false) counts.groupsWithRoles += 1;
        if (opensSomething(hint)) counts.groupsWorthOwning += 1;
        if (isEveryone(hint)) this.#everyone = Math.max(this.#everyone, numberIn(hint, 'members') ?? 0);
        return;
      case 'application':
        counts.applications += 1;
        if (hint?.['service'] === true) counts.serviceApplications += 1;
        if (keyListIn(hint) !== undefined) counts.applicationsWithKeys += 1;
        if (hasSecrets(hint)) counts.applicationsWithSecrets += 1;
        if (hint?.['provisioned'] === true) counts.applicationsWithFeatures += 1;
        if (hint?.['pushes'] === true) counts.pushPages += 1;
        return;
      case 'identity_provider':
        counts.identityProviders += 1;
        return;
      default:
    }
  }
}
