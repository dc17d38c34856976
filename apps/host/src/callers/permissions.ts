import { ALL_PERMISSIONS, PERMISSIONS, type Permission, type Role } from '@castellan/api';
/** Above all workspaces: only an operator of the host has these. */
export const OPERATOR_PERMISSIONS: readonly Permission[] = ['workspaces:manage', 'metrics:read'];

const VIEWER: readonly Permission[] = ['integrations:read', 'records:read'];
const ANALYST: readonly Permission[] = [...VIEWER, 'users:read'];

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: ALL_PERMISSIONS.filter((permission) => !OPERATOR_PERMISSIONS.includes(permission)),
  analyst: ANALYST,
  viewer: VIEWER,
};

export function permissionsOf(role: Role, isOperator = false): ReadonlySet<Permission> {
  return new Set([...BY_ROLE[role], ...(isOperator ? OPERATOR_PERMISSIONS : [])]);
}

/** What `wanted` has that `own` lacks: nobody gives away, or takes over, more than he has. */
export function beyond(own: ReadonlySet<Permission>, wanted: Iterable<Permission>): readonly Permission[] {
  return [...wanted].filter((permission) => !own.has(permission));
}

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}
