import type { User } from '@castellan/storage';

export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: User['role'];
  /** May manage workspaces. */
  readonly isOperator: boolean;
  readonly state: 'invited' | 'active' | 'disabled';
  /** How the user can sign in. */
  readonly signsInWith: readonly ('password' | 'oidc')[];
  readonly invitedUntil: string | null;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

export interface InvitedUser extends UserView {
  /** Shown once: hand it to the person. */
  readonly invitation: InvitationView;
}
export interface InvitationView {
  readonly token: string;
  readonly expiresAt: string;
}

export function userView(user: User): UserView {
  const { id, email, name, role, isOperator, hasPassword, hasIdentity, invitedUntil, disabledAt, createdAt, lastSignInAt } =
    user;
  return {
    id,
    email,
    name,
    role,
    isOperator,
    state: stateOf(disabledAt !== null, hasPassword || hasIdentity),
    signsInWith: [...(hasPassword ? (['password'] as const) : []), ...(hasIdentity ? (['oidc'] as const) : [])],
    invitedUntil: invitedUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  };
}

function stateOf(isDisabled: boolean, canSignIn: boolean): UserView['state'] {
  if (isDisabled) return 'disabled';
  return canSignIn ? 'active' : 'invited';
}
