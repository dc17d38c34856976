import type { Known, KnownAccount, KnownGroup } from '@castellan/detection';
import type { OktaObject, Org, Principal } from '@castellan/okta-simulator';

const RESISTANT: ReadonlySet<unknown> = new Set(['webauthn', 'u2f', 'signed_nonce']);

/**
 * What a sync just before a scenario has found. Scenarios prepare silently what they need (somebody who has been administrator
 * for a year), and that was there before, too; what they do is not, but for accounts that they make: those are synced at once.
 */
export class KnownOfOrg implements Known {
  readonly #accounts = new Map<string, KnownAccount>();

  constructor(private readonly org: Org) {
    for (const id of org.directory.users.keys()) this.#accounts.set(id, this.#factsOf(id));
  }

  /** Plays; what is changed silently meanwhile has been so before. */
  during<T>(play: () => T): T {
    const { org } = this;
    const silently = org.silently.bind(org);
    org.silently = (change) => {
      const before = this.#all();
      const done = silently(change);
      for (const [id, facts] of this.#all())
        if (JSON.stringify(before.get(id)) !== JSON.stringify(facts)) this.#accounts.set(id, facts);
      return done;
    };
    try {
      return play();
    } finally {
      org.silently = silently;
      for (const id of org.directory.users.keys())
        if (!this.#accounts.has(id)) this.#accounts.set(id, { ...this.#factsOf(id), lastUsedAt: undefined });
    }
  }

  account(id: string): KnownAccount | undefined {
    return this.#accounts.get(id);
  }

  group(id: string): KnownGroup | undefined {
    if (!this.org.directory.groups.has(id)) return undefined;
    const { roles, isSuperAdmin } = this.#rolesOf([{ kind: 'group', id }]);
    return { roles, isSuperAdmin };
  }

  #all(): ReadonlyMap<string, KnownAccount> {
    return new Map([...this.org.directory.users.keys()].map((id) => [id, this.#factsOf(id)]));
  }

  #factsOf(id: string): KnownAccount {
    const { org } = this;
    const user = org.directory.users.get(id);
    const groups = [...org.directory.groupsOf(id)].map((group) => ({ kind: 'group', id: group }) as const);
    const factors = org.factorsOf(id).filter(({ status }) => status === 'ACTIVE');
    return {
      createdAt: timeIn(user, 'created'),
      lastUsedAt: timeIn(user, 'lastLogin'),
      ...this.#rolesOf([{ kind: 'user', id }, ...groups]),
      department: departmentOf(user),
      hasPhishingResistant: factors.some(({ factorType }) => RESISTANT.has(factorType)),
    };
  }

  #rolesOf(principals: readonly Principal[]): { readonly roles: readonly string[]; readonly isSuperAdmin: boolean } {
    const types = principals
      .flatMap((principal) => [...this.org.administration.assignments(principal).values()])
      .map(({ object }) => String(object['type']));
    return { roles: [...new Set(types)], isSuperAdmin: types.includes('SUPER_ADMIN') };
  }
}

function timeIn(user: OktaObject | undefined, field: string): number | undefined {
  const value = user?.[field];
  return typeof value === 'string' ? Date.parse(value) : undefined;
}

function departmentOf(user: OktaObject | undefined): string | undefined {
  const profile = user?.['profile'];
  if (typeof profile !== 'object' || profile === null || !('department' in profile)) return undefined;
  return typeof profile['department'] === 'string' ? profile['department'] : undefined;
}
