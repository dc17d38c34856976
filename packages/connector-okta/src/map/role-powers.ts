import type { Role, RolePower } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';

export type RoleReach = Required<Pick<Role, 'powers' | 'overAdministrators'>>;

/** In the order in which they are listed. */
const ALL: readonly RolePower[] = [
  'everything',
  'manage_organisation',
  'manage_accounts',
  'reset_passwords',
  'reset_authenticators',
  'end_sessions',
  'manage_groups',
  'manage_memberships',
  'manage_applications',
  'assign_applications',
  'read_client_secrets',
  'manage_roles',
  'manage_identity_providers',
  'manage_policies',
  'manage_authorization_servers',
  'manage_devices',
  'manage_automations',
  'read',
];

/**
 * What Okta's own roles let their holders do. Source: Okta, "Standard administrator roles and permissions". None but the Super
 * Administrator can change an account, group or client that has a role; client secrets are read of those too, which is all that a
 * Read-Only Administrator gains. `null`: Okta does not say.
 */
const STANDARD: Readonly<Record<string, RoleReach>> = {
  SUPER_ADMIN: { powers: ['everything'], overAdministrators: true },
  ORG_ADMIN: {
    powers: [
      'manage_organisation',
      'manage_accounts',
      'reset_passwords',
      'reset_authenticators',
      'end_sessions',
      'manage_groups',
      'manage_memberships',
      'manage_identity_providers',
      'manage_policies',
      'manage_devices',
      'read',
    ],
    overAdministrators: false,
  },
  // Policies: those of the sign-on to applications only.
  APP_ADMIN: {
    powers: ['manage_applications', 'assign_applications', 'read_client_secrets', 'manage_policies', 'read'],
    overAdministrators: false,
  },
  USER_ADMIN: {
    powers: [
      'manage_accounts',
      'reset_passwords',
      'reset_authenticators',
      'end_sessions',
      'manage_groups',
      'manage_memberships',
      'read',
    ],
    overAdministrators: false,
  },
  HELP_DESK_ADMIN: { powers: ['reset_passwords', 'reset_authenticators', 'end_sessions', 'read'], overAdministrators: false },
  GROUP_MEMBERSHIP_ADMIN: { powers: ['manage_memberships', 'read'], overAdministrators: false },
  READ_ONLY_ADMIN: { powers: ['read_client_secrets', 'read'], overAdministrators: true },
  MOBILE_ADMIN: { powers: ['manage_devices', 'read'], overAdministrators: null },
  REPORT_ADMIN: { powers: ['read'], overAdministrators: true },
  // Applications: clients of OpenID Connect only.
  API_ACCESS_MANAGEMENT_ADMIN: {
    powers: ['manage_applications', 'assign_applications', 'read_client_secrets', 'manage_authorization_servers', 'read'],
    overAdministrators: false,
  },
  ACCESS_CERTIFICATIONS_ADMIN: { powers: ['read'], overAdministrators: null },
  ACCESS_REQUESTS_ADMIN: { powers: ['assign_applications', 'read'], overAdministrators: null },
  WORKFLOWS_ADMIN: { powers: ['manage_automations'], overAdministrators: null },
};

const USERS = 'okta.users';
const GROUPS = 'okta.groups';
const APPS = 'okta.apps';
const WORKFLOWS = 'okta.workflows';

/**
 * What each permission of a custom role is in our words. Source: Okta, "Permissions", the catalogue; what a permission includes is
 * written out, and every other permission to read is `read`. Empty: our list has no word for it.
 */
const PERMISSIONS: Readonly<Record<string, readonly RolePower[]>> = {
  [`${USERS}.manage`]: [
    'manage_accounts',
    'reset_passwords',
    'reset_authenticators',
    'end_sessions',
    'manage_memberships',
    'assign_applications',
    'read',
  ],
  [`${USERS}.create`]: ['manage_accounts'],
  [`${USERS}.userprofile.manage`]: ['manage_accounts', 'read'],
  [`${USERS}.credentials.manage`]: ['reset_passwords', 'reset_authenticators'],
  [`${USERS}.credentials.resetPassword`]: ['reset_passwords'],
  // Sets a temporary one, which whoever did it can see.
  [`${USERS}.credentials.expirePassword`]: ['reset_passwords'],
  [`${USERS}.credentials.resetFactors`]: ['reset_authenticators'],
  // A code that signs in without the person's own authenticators.
  [`${USERS}.credentials.manageTemporaryAccessCode`]: ['reset_authenticators'],
  [`${USERS}.lifecycle.manage`]: ['manage_accounts', 'end_sessions'],
  [`${USERS}.lifecycle.activate`]: ['manage_accounts'],
  [`${USERS}.lifecycle.deactivate`]: ['manage_accounts'],
  [`${USERS}.lifecycle.delete`]: ['manage_accounts'],
  [`${USERS}.lifecycle.suspend`]: ['manage_accounts', 'end_sessions'],
  [`${USERS}.lifecycle.unsuspend`]: ['manage_accounts'],
  [`${USERS}.lifecycle.unlock`]: ['manage_accounts'],
  [`${USERS}.lifecycle.clearSessions`]: ['end_sessions'],
  [`${USERS}.groupMembership.manage`]: ['manage_memberships'],
  [`${USERS}.appAssignment.manage`]: ['assign_applications'],
  [`${USERS}.apitokens.manage`]: [],
  [`${USERS}.apitokens.clear`]: [],
  [`${USERS}.risk.manage`]: [],
  [`${GROUPS}.manage`]: ['manage_groups', 'manage_memberships', 'assign_applications', 'read'],
  [`${GROUPS}.create`]: ['manage_groups'],
  [`${GROUPS}.members.manage`]: ['manage_memberships'],
  [`${GROUPS}.appAssignment.manage`]: ['assign_applications'],
  [`${APPS}.manage`]: ['manage_applications', 'assign_applications', 'read'],
  [`${APPS}.manageFirstPartyApps`]: ['manage_applications'],
  [`${APPS}.assignment.manage`]: ['assign_applications'],
  [`${APPS}.clientCredentials.read`]: ['read_client_secrets', 'read'],
  [`${APPS}.universalLogout.manage`]: [],
  'okta.agents.manage': [],
  'okta.agents.register': [],
  'okta.authzServers.manage': ['manage_authorization_servers', 'read'],
  'okta.customizations.manage': [],
  'okta.devices.manage': ['manage_devices', 'read'],
  'okta.devices.lifecycle.manage': ['manage_devices'],
  'okta.devices.lifecycle.activate': ['manage_devices'],
  'okta.devices.lifecycle.deactivate': ['manage_devices'],
  'okta.devices.lifecycle.delete': ['manage_devices'],
  'okta.devices.lifecycle.suspend': ['manage_devices'],
  'okta.devices.lifecycle.unsuspend': ['manage_devices'],
  // A directory is an application, and its settings decide who comes in from it.
  'okta.directories.manage': ['manage_applications', 'read'],
  'okta.eventhooks.manage': [],
  'okta.governance.accessCertifications.manage': [],
  'okta.governance.accessRequests.manage': [],
  'okta.identityProviders.manage': ['manage_identity_providers', 'read'],
  'okta.inlinehooks.manage': [],
  'okta.policies.manage': ['manage_policies', 'read'],
  'okta.profileMappings.manage': [],
  // People are made by an import.
  'okta.profilesources.import.run': ['manage_accounts'],
  'okta.realms.manage': [],
  'okta.ssf.securityEventsProviders.manage': [],
  'okta.support.cases.manage': [],
  [`${WORKFLOWS}.invoke`]: [],
  [`${WORKFLOWS}.flows.invoke`]: [],
  [`${WORKFLOWS}.flows.manage`]: ['manage_automations'],
  [`${WORKFLOWS}.flows.folders.manage`]: ['manage_automations'],
  [`${WORKFLOWS}.connections.manage`]: ['manage_automations'],
  [`${WORKFLOWS}.connectors.manage`]: ['manage_automations'],
  [`${WORKFLOWS}.tables.manage`]: ['manage_automations'],
};

/** Of one of Okta's own roles, by its type. */
export function reachOfStandardRole(type: string): RoleReach {
  return STANDARD[type] ?? { powers: null, overAdministrators: null };
}

/**
 * Of a custom role: it does not reach accounts, groups and clients that have a role themselves, whatever it permits.
 * @param permissions as `GET /iam/roles/{id}/permissions` lists them. A new one is noted, and is no power.
 */
export function reachOfCustomRole(permissions: readonly ObjectReader[]): RoleReach {
  const held = new Set(permissions.flatMap(powersOf));
  return { powers: ALL.filter((power) => held.has(power)), overAdministrators: false };
}

function powersOf(permission: ObjectReader): readonly RolePower[] {
  const label = permission.filled('label');
  if (label !== null && !Object.hasOwn(PERMISSIONS, label) && label.endsWith('.read')) return ['read'];
  return permission.optionalOneOf<readonly RolePower[]>('label', PERMISSIONS, []) ?? [];
}
