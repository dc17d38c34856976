import type { Instant, Reference } from './vocabulary.js';

// Kinds that say by what a right can be had that nobody was given (ADR 38). As in records.ts, `null` means "the provider did not say".

/** An edge: somebody who is no administrator may change a group. The key is `edgeKey(group, owner)`. */
export interface GroupOwner {
  readonly group: Reference;
  readonly ownerKind: 'account' | 'group';
  readonly owner: Reference;
  /** Where the ownership was made, in the provider's words. */
  readonly source: string | null;
  readonly updatedAt: Instant | null;
}

/** A key that an application proves itself by, or a certificate that signs for it. The key is `edgeKey(application, credential)`. */
export interface AppCredential {
  readonly application: Reference;
  /** `public_key`: the application proves itself by it. `signing_certificate`: the provider signs with it for the application. */
  readonly type: 'public_key' | 'signing_certificate' | 'unknown';
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/**
 * What is known about a secret that an application proves itself by; never the secret. A kind of its own, since a provider may show
 * secrets in the clear where their age is: a connector reads it only when asked to. The key is `edgeKey(application, secret)`.
 */
export interface ClientSecret {
  readonly application: Reference;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** What the provider writes into an application, and reads from it. The key is the application's. */
export interface AppProvisioning {
  readonly application: Reference;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  /** Where accounts are written to; without credentials. */
  readonly endpoint: string | null;
  readonly createsAccounts: boolean | null;
  readonly updatesAccounts: boolean | null;
  readonly deactivatesAccounts: boolean | null;
  /** Accounts, or groups with their members, that the application makes at the provider. */
  readonly importsAccounts: boolean | null;
  /** `own`: the password that people have at the provider. `random`: one that nobody knows. */
  readonly password: 'none' | 'own' | 'random' | 'unknown';
}

/** An edge: a group is written into an application, with its members. The key is `edgeKey(application, mapping)`. */
export interface GroupPush {
  readonly application: Reference;
  readonly group: Reference;
  /** What it is called there. */
  readonly targetGroup: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: what a role assignment is narrowed to, where its target is a set. The key is `edgeKey(resourceSet, resource)`. */
export interface ResourceSetMember {
  readonly resourceSet: Reference;
  readonly setName: string | null;
  /** `accounts_of_group`: the members of `resource`, not the group. */
  readonly resourceKind:
    | 'account'
    | 'group'
    | 'accounts_of_group'
    | 'application'
    | 'identity_provider'
    | 'policy'
    | 'role'
    | 'device'
    | 'unknown';
  /** `null`: all of that kind. */
  readonly resource: Reference | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: a device that an account has enrolled. The key is `edgeKey(account, device)`. */
export interface AccountDevice {
  readonly account: Reference;
  readonly device: Reference;
  readonly name: string | null;
  /** In the provider's words, e.g. `ANDROID`, `WINDOWS`. */
  readonly platform: string | null;
  readonly status: 'active' | 'inactive' | 'suspended' | 'unknown';
  readonly providerStatus: string | null;
  readonly managed: boolean | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
}

/** An edge: a program can act for an account without asking it again. The key is `edgeKey(account, grant)`. */
export interface TokenGrant {
  readonly account: Reference;
  readonly application: Reference | null;
  readonly clientId: string | null;
  readonly type: 'refresh_token' | 'consent' | 'unknown';
  readonly scopes: readonly string[];
  readonly status: 'active' | 'revoked' | 'unknown';
  readonly providerStatus: string | null;
  readonly createdAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly expiresAt: Instant | null;
}
