import { ADMINISTRATORS } from '../sql/administrators.js';

export type Population =
  | 'accounts'
  | 'people'
  | 'administrators'
  | 'role_holders'
  | 'role_assignments'
  | 'custom_roles'
  | 'groups'
  | 'group_rules'
  | 'applications'
  | 'oauth_clients'
  | 'federated_applications'
  | 'provisioned_applications'
  | 'app_credentials'
  | 'client_secrets'
  | 'identity_providers'
  | 'api_tokens'
  | 'app_grants'
  | 'policies'
  | 'policy_rules'
  | 'password_policies'
  | 'session_rules'
  | 'application_rules'
  | 'sign_in_methods'
  | 'network_zones'
  | 'organisation';

interface PopulationInfo {
  /** `340 administrators`. */
  readonly words: string;
  /** Selects `count`, of `$integration`. */
  readonly sql: string;
}

const rows = (words: string, table: string, where = 'true'): PopulationInfo => ({
  words,
  sql: `SELECT count(*)::integer AS count FROM ${table} t WHERE t.integration_id = $integration AND t.removed_at IS NULL AND ${where}`,
});

/** Out of how many a check names those that it names. */
export const POPULATIONS: Readonly<Record<Population, PopulationInfo>> = {
  accounts: rows('accounts that are not switched off', 'accounts', `t.status <> 'deprovisioned'`),
  people: rows('accounts of people', 'accounts', `t.status <> 'deprovisioned' AND t.is_human IS NOT FALSE`),
  administrators: {
    words: 'administrators',
    sql: `WITH RECURSIVE ${ADMINISTRATORS} SELECT count(*)::integer AS count FROM administrators`,
  },
  role_holders: {
    words: 'accounts, groups and programs with a role',
    sql: `SELECT count(DISTINCT (t.principal_kind, t.principal))::integer AS count FROM role_assignments t
      WHERE t.integration_id = $integration AND t.removed_at IS NULL`,
  },
  role_assignments: rows('role assignments', 'role_assignments'),
  custom_roles: rows('roles that were made here', 'roles', 'NOT t.built_in'),
  groups: rows('groups', 'groups'),
  group_rules: rows('group rules', 'group_rules'),
  applications: rows('applications that are on', 'applications', `t.status = 'active'`),
  oauth_clients: rows(
    'applications that are OAuth clients',
    'applications',
    `t.status = 'active' AND t.oauth_client IS NOT NULL`,
  ),
  federated_applications: rows(
    'applications with signed assertions',
    'applications',
    `t.status = 'active' AND t.assertion IS NOT NULL`,
  ),
  provisioned_applications: rows('applications that accounts are written into', 'app_provisionings', `t.status = 'active'`),
  app_credentials: rows('keys and certificates', 'app_credentials', `t.status = 'active'`),
  client_secrets: rows('secrets of applications', 'client_secrets', `t.status = 'active'`),
  identity_providers: rows('identity providers', 'identity_providers'),
  api_tokens: rows('API tokens', 'api_tokens'),
  app_grants: rows('scopes granted to programs', 'app_grants', `t.status = 'active'`),
  policies: rows('policies that are on', 'policies', `t.status = 'active'`),
  policy_rules: rows('rules that are on', 'policy_rules', `t.status = 'active'`),
  password_policies: rows('password policies', 'policies', `t.status = 'active' AND t.password IS NOT NULL`),
  session_rules: rows('rules of the session', 'policy_rules', `t.status = 'active' AND t.session IS NOT NULL`),
  application_rules: rows('rules for applications', 'policy_rules', `t.status = 'active' AND t.requirement IS NOT NULL`),
  sign_in_methods: rows('ways to sign in', 'sign_in_methods', `t.status = 'active'`),
  network_zones: rows('network zones', 'network_zones', `t.status = 'active'`),
  organisation: { words: 'organisation', sql: 'SELECT 1 AS count WHERE $integration IS NOT NULL' },
};
