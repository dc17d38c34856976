/** What a caller may be allowed. One permission an action: who may read something can never change it by that. */
export const PERMISSIONS = {
  'integrations:read': 'See integrations, their runs, holds and progress, and the catalogue of connectors.',
  'integrations:manage': 'Connect, test, change, pause, sync and delete integrations; decide on held removals.',
  'records:read': 'See what was collected.',
  'users:read': 'See who belongs to the workspace.',
  'users:manage': 'Invite, change and remove users.',
  'api-keys:manage': 'Make and revoke API keys.',
  'webhooks:manage': 'Set up webhooks, see their deliveries, deliver again.',
  'audit:read': 'Read the audit log.',
  'workspaces:manage': 'Make, rename and delete workspaces, and give each its first administrator or API key.',
  'metrics:read': 'Read the metrics of this host.',
} as const;

export type Permission = keyof typeof PERMISSIONS;
// `Object.keys` forgets the literal types.
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

export const ROLES = ['administrator', 'analyst', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

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
