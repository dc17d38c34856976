import type { Role } from './permissions.js';

/** How a user signs in: `oidc` over the identity provider. */
export type WayOfSignIn = 'password' | 'oidc';

/** Somebody who belongs to the workspace. */
export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** May manage workspaces. */
  readonly isOperator: boolean;
  readonly state: 'invited' | 'active' | 'disabled';
  /** How the user can sign in. */
  readonly signsInWith: readonly WayOfSignIn[];
  readonly invitedUntil: string | null;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

/** Of a user who was just invited. */
export interface InvitedUser extends UserView {
  /** Shown once: hand it to the person. */
  readonly invitation: InvitationView;
}
/** Shown once. */
export interface InvitationView {
  readonly token: string;
  readonly expiresAt: string;
}
