import type { OktaObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { EffectiveAssignment } from '../org/org-state.js';
import type { Sequence } from '../org/sequence.js';

interface Version<T> {
  /** When the write came that this is the state before. */
  readonly until: number;
  readonly state: T;
}

/**
 * Okta answers lists from stores that run behind: for a while after a write they show what was before it, when the object
 * itself, asked for by its id, has moved already. Only writes over the API make lists run behind.
 */
export class ListLag {
  readonly #users: Version<Sequence<OktaObject>>[] = [];
  readonly #members = new Map<string, Version<Sequence<string>>[]>();
  readonly #appUsers = new Map<string, Version<readonly EffectiveAssignment[]>[]>();

  constructor(
    readonly ms: number,
    readonly now: () => Date,
  ) {}

  /** @param params of the write's path: a list of memberships moves only with its own group */
  beforeWrite(org: Org, params: Readonly<Record<string, string>>): void {
    if (this.ms <= 0) return;
    const until = this.now().getTime();
    this.#keep(this.#users, { until, state: org.directory.users.copy() });
    const { groupId } = params;
    if (groupId !== undefined) {
      this.#keepFor(this.#members, groupId, { until, state: org.directory.members(groupId).copy() });
    }
    // A person who leaves a group or is deactivated leaves many apps at once.
    for (const appId of org.applications.apps.keys()) {
      this.#keepFor(this.#appUsers, appId, { until, state: org.effectiveAssignments(appId) });
    }
  }

  users(org: Org): Sequence<OktaObject> {
    return this.#shown(this.#users) ?? org.directory.users;
  }

  members(org: Org, groupId: string): Sequence<string> {
    return this.#shown(this.#members.get(groupId)) ?? org.directory.members(groupId);
  }

  appUsers(org: Org, appId: string): readonly EffectiveAssignment[] {
    return this.#shown(this.#appUsers.get(appId)) ?? org.effectiveAssignments(appId);
  }

  /** The state before the earliest write that lists have not caught up with. */
  #shown<T>(versions: readonly Version<T>[] | undefined): T | undefined {
    return versions?.find((version) => this.#isBehind(version))?.state;
  }

  #isBehind({ until }: Version<unknown>): boolean {
    return this.now().getTime() - until < this.ms;
  }

  #keepFor<T>(kept: Map<string, Version<T>[]>, key: string, version: Version<T>): void {
    const versions = kept.get(key) ?? [];
    kept.set(key, versions);
    this.#keep(versions, version);
  }

  #keep<T>(versions: Version<T>[], version: Version<T>): void {
    const caughtUp = versions.findIndex((one) => this.#isBehind(one));
    versions.splice(0, caughtUp === -1 ? versions.length : caughtUp);
    versions.push(version);
  }
}
