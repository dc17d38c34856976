/** What a path shows, and which admin role lets an app see it: for messages that a customer can act on. */
export interface Readable {
  readonly prefix: string;
  readonly what: string;
  readonly scope: string;
  readonly role: string;
}

const READ_ONLY = 'Read-Only Administrator';
const ROLE_READER = 'Super Administrator, or a custom role with the permission "View roles, resources, and admin assignments"';

const SUPER = 'Super Administrator';

/** What the posture streams read. First match counts. */
const POSTURE: readonly (readonly [prefix: string, what: string, scope: string, role?: string])[] = [
  ['/api/v1/policies', 'policies', 'okta.policies.read'],
  ['/api/v1/authenticators', 'sign-in methods', 'okta.authenticators.read'],
  ['/api/v1/zones', 'network zones', 'okta.networkZones.read'],
  ['/api/v1/api-tokens', 'API tokens', 'okta.apiTokens.read'],
  ['/api/v1/logStreams', 'log streams', 'okta.logStreams.read'],
  ['/api/v1/threats/configuration', 'the ThreatInsight settings', 'okta.threatInsights.read'],
  ['/api/v1/org/privacy/oktaSupport', "the access of Okta's support", 'okta.orgs.read', SUPER],
  ['/api/v1/org/orgSettings/thirdPartyAdminSetting', 'the setting for third-party administrators', 'okta.orgs.read', SUPER],
  ['/api/v1/org/settings/clientPrivilegesSetting', 'the setting for new programs', 'okta.orgs.read', SUPER],
  ['/api/v1/first-party-app-settings', 'the settings of the admin console', 'okta.apps.read', SUPER],
  ['/api/v1/org', 'the settings of the organisation', 'okta.orgs.read'],
];

/** First match counts. Roles by path: Okta, "Standard administrator roles and permissions". */
const READABLES: readonly (Readable & { readonly pattern: RegExp })[] = [
  {
    pattern: /^\/api\/v1\/(users|groups)\/[^/]+\/roles/,
    prefix: '/roles',
    what: 'role assignments',
    scope: 'okta.roles.read',
    role: ROLE_READER,
  },
  {
    pattern: /^\/oauth2\/v1\/clients\//,
    prefix: '/oauth2/v1/clients',
    what: 'role assignments of apps',
    scope: 'okta.roles.read',
    role: ROLE_READER,
  },
  { pattern: /^\/api\/v1\/iam/, prefix: '/api/v1/iam', what: 'roles', scope: 'okta.roles.read', role: ROLE_READER },
  { pattern: /^\/api\/v1\/users/, prefix: '/api/v1/users', what: 'users', scope: 'okta.users.read', role: READ_ONLY },
  { pattern: /^\/api\/v1\/groups/, prefix: '/api/v1/groups', what: 'groups', scope: 'okta.groups.read', role: READ_ONLY },
  {
    pattern: /^\/api\/v1\/apps\/[^/]+\/grants/,
    prefix: '/grants',
    what: 'scope grants of apps',
    scope: 'okta.appGrants.read',
    role: READ_ONLY,
  },
  { pattern: /^\/api\/v1\/apps/, prefix: '/api/v1/apps', what: 'applications', scope: 'okta.apps.read', role: READ_ONLY },
  { pattern: /^\/api\/v1\/idps/, prefix: '/api/v1/idps', what: 'identity providers', scope: 'okta.idps.read', role: READ_ONLY },
  { pattern: /^\/api\/v1\/logs/, prefix: '/api/v1/logs', what: 'the System Log', scope: 'okta.logs.read', role: READ_ONLY },
  ...POSTURE.map(([prefix, what, scope, role = READ_ONLY]) => ({
    pattern: new RegExp(`^${prefix}(/|$)`),
    prefix,
    what,
    scope,
    role,
  })),
];

/** @param path without query. */
export function readableAt(path: string): Readable {
  const found = READABLES.find(({ pattern }) => pattern.test(path));
  return found ?? { prefix: path, what: 'this part of the organisation', scope: 'the scope for it', role: READ_ONLY };
}
