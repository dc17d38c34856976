import { accountsIn } from '@castellan/access';
import { ADMINISTRATORS } from '../sql/administrators.js';
import { policyHasRules } from '../sql/rules.js';
import { PRIVILEGED_GROUPS } from '../sql/privileged-groups.js';

export type Population =
  | 'accounts'
  | 'people'
  | 'accounts_not_in_use'
  | 'administrators'
  | 'role_holders'
  | 'role_assignments'
  | 'standing_roles'
  | 'custom_roles'
  | 'groups'
  | 'privileged_memberships'
  | 'group_rules'
  | 'applications'
  | 'all_applications'
  | 'oauth_clients'
  | 'service_clients'
  | 'federated_applications'
  | 'provisioned_applications'
  | 'app_credentials'
  | 'client_secrets'
  | 'identity_providers'
  | 'api_tokens'
  | 'app_grants'
  | 'token_grants'
  | 'account_devices'
  | 'policies'
  | 'policy_rules'
  | 'password_policies'
  | 'session_rules'
  | 'session_policies'
  | 'application_policies'
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
  accounts_not_in_use: rows(
    'accounts that are suspended or switched off',
    'accounts',
    `t.status IN ('suspended', 'deprovisioned')`,
  ),
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
  standing_roles: {
    // One that is narrowed to many targets is many records of one assignment.
    words: 'roles of accounts and groups',
    sql: `SELECT count(DISTINCT (t.role, t.principal_kind, t.principal))::integer AS count FROM role_assignments t
      WHERE t.integration_id = $integration AND t.removed_at IS NULL AND t.principal_kind <> 'client'`,
  },
  custom_roles: rows('roles that were made here', 'roles', 'NOT t.built_in'),
  groups: rows('groups', 'groups'),
  privileged_memberships: {
    words: 'members of groups with a role',
    sql: `WITH RECURSIVE ${PRIVILEGED_GROUPS} SELECT count(*)::integer AS count FROM privileged p, ${accountsIn('p."group"', '$integration')} m`,
  },
  group_rules: rows('group rules', 'group_rules'),
  applications: rows('applications that are on', 'applications', `t.status = 'active'`),
  all_applications: rows('applications', 'applications'),
  oauth_clients: rows(
    'applications that are OAuth clients',
    'applications',
    `t.status = 'active' AND t.oauth_client IS NOT NULL`,
  ),
  service_clients: rows(
    'programs with tokens of their own',
    'applications',
    `t.status = 'active' AND t.oauth_client ->> 'type' = 'service'`,
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
  token_grants: rows('grants to act for an account', 'token_grants', `t.status = 'active'`),
  account_devices: rows('devices of accounts', 'account_devices'),
  policies: rows('policies that are on', 'policies', `t.status = 'active'`),
  policy_rules: rows('rules that are on', 'policy_rules', `t.status = 'active'`),
  password_policies: rows('password policies', 'policies', `t.status = 'active' AND t.password IS NOT NULL`),
  session_rules: rows('rules of the session', 'policy_rules', `t.status = 'active' AND t.session IS NOT NULL`),
  session_policies: rows('policies of the session', 'policies', `t.status = 'active' AND ${policyHasRules('t', 'session')}`),
  application_policies: rows(
    'policies for applications',
    'policies',
    `t.status = 'active' AND ${policyHasRules('t', 'requirement')}`,
  ),
  application_rules: rows('rules for applications', 'policy_rules', `t.status = 'active' AND t.requirement IS NOT NULL`),
  sign_in_methods: rows('ways to sign in', 'sign_in_methods', `t.status = 'active'`),
  network_zones: rows('network zones', 'network_zones', `t.status = 'active'`),
  organisation: { words: 'organisation', sql: 'SELECT 1 AS count WHERE $integration IS NOT NULL' },
};
