/**
 * Frozen SQL of the first migration: written out, not derived, because a migration must not change when the code does.
 * A test compares its outcome with what the code expects.
 *
 * No foreign key to `integrations` (a trigger for each row would halve the speed of a sync): deleting an integration
 * deletes its rows by itself. The primary key is the only index: rows of one integration lie together in it, which is
 * what paged reads, the sweep and the dump walk along, and an index on `generation` would turn each re-listing of an
 * unchanged row from an update in place into new entries in every index.
 */
/** What every record table begins with. Frozen too: later migrations use it. */
export const COMMON_COLUMNS = `integration_id uuid NOT NULL,
      key text COLLATE "C" NOT NULL,
      stream text NOT NULL,
      partition text,
      generation integer NOT NULL,
      hash bytea NOT NULL,
      hint jsonb,
      raw jsonb,
      first_seen_at timestamptz NOT NULL,
      present_since timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      changed_at timestamptz NOT NULL,
      removed_at timestamptz`;

export const CREATE_RECORD_TABLES: readonly string[] = [
  `CREATE TABLE "accounts" (
      ${COMMON_COLUMNS},
      "login" text,
      "email" text,
      "display_name" text,
      "status" text NOT NULL,
      "provider_status" text,
      "is_human" boolean,
      "created_at" timestamptz,
      "activated_at" timestamptz,
      "last_login_at" timestamptz,
      "password_changed_at" timestamptz,
      "status_changed_at" timestamptz,
      "updated_at" timestamptz,
      "manager" text,
      "department" text,
      "credential_provider" text,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "groups" (
      ${COMMON_COLUMNS},
      "name" text,
      "description" text,
      "origin" text NOT NULL,
      "source_application" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "membership_updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "memberships" (
      ${COMMON_COLUMNS},
      "group" text NOT NULL,
      "member_kind" text NOT NULL,
      "member" text NOT NULL,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "group_rules" (
      ${COMMON_COLUMNS},
      "name" text,
      "expression" text,
      "target_groups" text[] NOT NULL,
      "excluded_accounts" text[] NOT NULL,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "applications" (
      ${COMMON_COLUMNS},
      "label" text,
      "name" text,
      "status" text NOT NULL,
      "provider_status" text,
      "sign_on_mode" text,
      "features" text[] NOT NULL,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "app_assignments" (
      ${COMMON_COLUMNS},
      "application" text NOT NULL,
      "principal_kind" text NOT NULL,
      "principal" text NOT NULL,
      "scope" text NOT NULL,
      "username" text,
      "profile" jsonb,
      "provider_status" text,
      "priority" double precision,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "status_changed_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "roles" (
      ${COMMON_COLUMNS},
      "label" text,
      "description" text,
      "built_in" boolean NOT NULL,
      "permissions" text[] NOT NULL,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "role_assignments" (
      ${COMMON_COLUMNS},
      "role" text NOT NULL,
      "principal_kind" text NOT NULL,
      "principal" text NOT NULL,
      "target_kind" text,
      "target" text,
      "assignment" text,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "identity_providers" (
      ${COMMON_COLUMNS},
      "name" text,
      "type" text,
      "protocol" text,
      "status" text NOT NULL,
      "provider_status" text,
      "issuer" text,
      "account_link_action" text,
      "provisioning_action" text,
      "keys_expire_at" timestamptz,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "idp_links" (
      ${COMMON_COLUMNS},
      "identity_provider" text NOT NULL,
      "account" text NOT NULL,
      "external_id" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "authenticators" (
      ${COMMON_COLUMNS},
      "account" text NOT NULL,
      "factor_type" text,
      "provider" text,
      "name" text,
      "status" text NOT NULL,
      "provider_status" text,
      "phishing_resistant" boolean,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      PRIMARY KEY (integration_id, key)
    )`,
  `CREATE TABLE "activity" (
      ${COMMON_COLUMNS},
      "published" timestamptz NOT NULL,
      "type" text NOT NULL,
      "severity" text,
      "message" text,
      "outcome" text,
      "outcome_reason" text,
      "actor" jsonb,
      "targets" jsonb NOT NULL,
      "client" jsonb,
      "session" text,
      "transaction" text,
      PRIMARY KEY (integration_id, published, key)
    ) PARTITION BY RANGE (published)`,
  // Events whose time lies outside the months that we make partitions for: see ActivityPartitions.
  `CREATE TABLE "activity_default" PARTITION OF "activity" DEFAULT`,
];

export const DROP_RECORD_TABLES = `DROP TABLE "accounts", "groups", "memberships", "group_rules", "applications", "app_assignments", "roles", "role_assignments", "identity_providers", "idp_links", "authenticators", "activity"`;
