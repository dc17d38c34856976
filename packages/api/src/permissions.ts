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

/** Names one permission. */
export type Permission = keyof typeof PERMISSIONS;
/** All names. `Object.keys` forgets the literal types. */
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as readonly Permission[];

/** The roles of users, the mightiest first. */
export const ROLES = ['administrator', 'analyst', 'viewer'] as const;
/** What a user is in his workspace. */
export type Role = (typeof ROLES)[number];
