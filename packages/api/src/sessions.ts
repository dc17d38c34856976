import type { Permission, Role } from './permissions.js';
import type { WayOfSignIn } from './users.js';

/** What a page for signing in has to know, and no more. */
export interface WaysIn {
  /** Whether the first administrator has still to be made. */
  readonly needsSetUp: boolean;
  /** The button of the identity provider; `null`: there is none. */
  readonly oidc: { readonly name: string } | null;
}

/** Who is asking, and what he may. */
export interface SessionView {
  readonly kind: 'user' | 'api_key';
  /** `null` for an API key. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly isOperator: boolean;
    readonly signsInWith: readonly WayOfSignIn[];
  } | null;
  /** Of the API key; `null` for a user. */
  readonly apiKey: { readonly id: string; readonly name: string } | null;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly permissions: readonly Permission[];
}

/** One of the signed-in user's own sessions. */
export interface OpenSessionView {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}
