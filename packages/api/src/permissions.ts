/** What a caller may be allowed. One permission an action: who may read something can never change it by that. */
export const PERMISSIONS = {
  'integrations:read': 'See integrations, their runs, holds and progress, and the catalogue of connectors.',
  'integrations:manage': 'Connect, test, change, pause, sync and delete integrations; decide on held removals.',
  'records:read': 'See what was collected, and who can reach what.',
  'access:review': 'Sign off who can reach an application.',
  'findings:read': 'See what is weak and what has happened, the checks and rules that say so, and what became of it.',
  'findings:manage': 'Acknowledge, except, assign and comment on findings; work through incidents; suppress rules for a while.',
  'posture:manage': 'Switch checks off, set their limits, and have organisations looked at again.',
  'detection:manage': 'Switch rules off, set their limits, upload rules, and keep lists of networks and accounts.',
  'actions:read': 'See what was, and what is to be, done at providers.',
  'actions:request': 'Look at what an action at a provider would do, and have it done; withdraw what waits for approval.',
  'actions:approve': 'Agree to what somebody else wants to have done and is heavy, or reject it. An API key can only reject.',
  'playbooks:manage': 'Hold playbooks against the history, and say which of them begin by themselves.',
  'users:read': 'See who belongs to the workspace.',
  'users:manage': 'Invite, change and remove users.',
  'api-keys:manage': 'Make and revoke API keys.',
  'webhooks:manage': 'Set up webhooks, see their deliveries, deliver again.',
  'audit:read': 'Read the audit log.',
  'workspaces:manage': 'Make, rename and delete workspaces, and give each its first administrator or API key.',
  'metrics:read': 'Read the metrics of this host.',
} as const;

/** Names one permission. */
export type Permission = keyof typeof PERMISSIONS;
/** All names. `Object.keys` forgets the literal types. */
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

/** The roles of users, the mightiest first. */
export const ROLES = ['administrator', 'analyst', 'viewer'] as const;
/** What a user is in his workspace. */
export type Role = (typeof ROLES)[number];

/** What each role is for, in a sentence. */
export const ROLE_SUMMARIES: Readonly<Record<Role, string>> = {
  administrator: 'Runs the workspace: what is connected, who may come in, and which programs.',
  analyst:
    'Sees what was collected, and who belongs to the workspace; works through findings, acts on them, signs off who can reach what.',
  viewer: 'Sees what is connected, what was collected, and what is weak.',
};

/** Above all workspaces: only an operator of the host has these. */
export const OPERATOR_PERMISSIONS: readonly Permission[] = ['workspaces:manage', 'metrics:read'];

const VIEWER: readonly Permission[] = ['integrations:read', 'records:read', 'findings:read'];

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: ALL_PERMISSIONS.filter((permission) => !OPERATOR_PERMISSIONS.includes(permission)),
  analyst: [...VIEWER, 'access:review', 'findings:manage', 'actions:read', 'actions:request', 'actions:approve', 'users:read'],
  viewer: VIEWER,
};

/** What a user of the role may do. */
export function permissionsOf(role: Role, isOperator = false): ReadonlySet<Permission> {
  return new Set([...BY_ROLE[role], ...(isOperator ? OPERATOR_PERMISSIONS : [])]);
}
