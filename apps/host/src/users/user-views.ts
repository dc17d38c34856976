import type { UserView, WayOfSignIn } from '@castellan/api';
import type { User } from '@castellan/storage';

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
    signsInWith: waysOf(user),
    invitedUntil: invitedUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
  };
}

export function waysOf({ hasPassword, hasIdentity }: User): readonly WayOfSignIn[] {
  return [...(hasPassword ? (['password'] as const) : []), ...(hasIdentity ? (['oidc'] as const) : [])];
}

function stateOf(isDisabled: boolean, canSignIn: boolean): UserView['state'] {
  if (isDisabled) return 'disabled';
  return canSignIn ? 'active' : 'invited';
}
