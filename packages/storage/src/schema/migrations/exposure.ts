import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COMMON_COLUMNS } from './record-tables-sql.js';

/** Frozen, like the first migration's tables: see there. With the kind, as the trigger of past presences wants it. */
const TABLES: readonly (readonly [table: string, kind: string, columns: string])[] = [
  [
    'group_owners',
    'group_owner',
    `"group" text NOT NULL,
      "owner_kind" text NOT NULL,
      "owner" text NOT NULL,
      "source" text,
      "updated_at" timestamptz`,
  ],
  [
    'app_credentials',
    'app_credential',
    `"application" text NOT NULL,
      "type" text NOT NULL,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "expires_at" timestamptz`,
  ],
  [
    'client_secrets',
    'client_secret',
    `"application" text NOT NULL,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "expires_at" timestamptz`,
  ],
  [
    'app_provisionings',
    'app_provisioning',
    `"application" text NOT NULL,
      "status" text NOT NULL,
      "provider_status" text,
      "endpoint" text,
      "creates_accounts" boolean,
      "updates_accounts" boolean,
      "deactivates_accounts" boolean,
      "imports_accounts" boolean,
      "password" text NOT NULL`,
  ],
  [
    'group_pushes',
    'group_push',
    `"application" text NOT NULL,
      "group" text NOT NULL,
      "target_group" text,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  ],
  [
    'resource_set_members',
    'resource_set_member',
    `"resource_set" text NOT NULL,
      "set_name" text,
      "resource_kind" text NOT NULL,
      "resource" text,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  ],
  [
    'account_devices',
    'account_device',
    `"account" text NOT NULL,
      "device" text NOT NULL,
      "name" text,
      "platform" text,
      "status" text NOT NULL,
      "provider_status" text,
      "managed" boolean,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  ],
  [
    'token_grants',
    'token_grant',
    `"account" text NOT NULL,
      "application" text,
      "client_id" text,
      "type" text NOT NULL,
      "scopes" text[] NOT NULL,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "expires_at" timestamptz`,
  ],
];

/** Frozen: what kinds that were there before can say now. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    '"user_type" text',
    '"second_email" text',
    '"mobile_phone" text',
    '"employee_number" text',
    '"recovery_question" boolean',
  ],
  applications: [
    '"sign_on_method" text',
    '"client_id" text',
    '"oauth_client" jsonb',
    '"assertion" jsonb',
    '"stored_password" jsonb',
    '"self_service" boolean',
    '"ends_sessions" boolean',
    '"policy" text',
  ],
  roles: ['"powers" text[]', '"over_administrators" boolean'],
  role_assignments: ['"governed" boolean', '"expires_at" timestamptz'],
  identity_providers: ['"trust" jsonb'],
  policies: ['"password" jsonb'],
  policy_rules: ['"session" jsonb', '"requirement" jsonb', '"inactivity" jsonb', '"enrolment" text'],
  sign_in_methods: ['"fips_only" boolean'],
};

/** Frozen: what accounts are listed, filtered and sorted by, before and with the new columns. */
const TEXTS = ['login', 'email', 'display_name', 'status', 'provider_status', 'manager', 'department', 'credential_provider'];
const OTHERS = [
  'is_human',
  'created_at',
  'activated_at',
  'last_login_at',
  'password_changed_at',
  'status_changed_at',
  'updated_at',
  'first_seen_at',
  'present_since',
  'changed_at',
];

/** The indexes that a table of accounts is read along, which must have all that is shown of one. */
function shownIndexes(texts: readonly string[], others: readonly string[]): readonly string[] {
  const lengths = texts.map((column) => `coalesce(octet_length("${column}"), 0)`);
  const fit = `octet_length(key) + octet_length(search_text) + ${lengths.join(' + ')} <= 2000`;
  return [
    'DROP INDEX accounts_unfit, accounts_shown',
    `CREATE INDEX accounts_shown ON accounts (integration_id, (lower(left(display_name, 100) COLLATE "C")), key)
    INCLUDE (${['search_text', ...texts, ...others].join(', ')}) WHERE removed_at IS NULL AND ${fit}`,
    `CREATE INDEX accounts_unfit ON accounts (integration_id, key) WHERE removed_at IS NULL AND NOT (${fit})`,
  ];
}

/** Tables and columns for what ADR 38 adds to the vocabulary. */
export class Exposure1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, kind, columns] of TABLES) {
      await runner.query(`CREATE TABLE "${table}" (
      ${COMMON_COLUMNS},
      ${columns},
      PRIMARY KEY (integration_id, key)
    )`);
      await runner.query(`CREATE TRIGGER "${table}_past" AFTER UPDATE ON "${table}" FOR EACH ROW
      WHEN (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL) EXECUTE FUNCTION keep_past_presence('${kind}')`);
    }
    for (const [table, columns] of Object.entries(ADDED))
      await runner.query(`ALTER TABLE "${table}" ${columns.map((column) => `ADD COLUMN ${column}`).join(', ')}`);
    for (const statement of shownIndexes([...TEXTS, 'user_type'], [...OTHERS, 'recovery_question']))
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of shownIndexes(TEXTS, OTHERS)) await runner.query(statement);
    await runner.query(`DROP TABLE ${TABLES.map(([table]) => `"${table}"`).join(', ')}`);
    for (const [table, columns] of Object.entries(ADDED)) {
      const dropped = columns.map((column) => `DROP COLUMN ${column.split(' ')[0]}`);
      await runner.query(`ALTER TABLE "${table}" ${dropped.join(', ')}`);
    }
  }
}
