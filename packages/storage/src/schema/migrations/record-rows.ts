import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen, like the tables: what accounts are listed, filtered and sorted by. */
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
const SEARCHED = ['login', 'email', 'display_name'];
const SEARCH_TEXT = `lower((key || ${SEARCHED.map((column) => `E'\\x1f' || coalesce("${column}", '')`).join(' || ')}) COLLATE "C")`;
const FIT = `octet_length(key) + octet_length(search_text) + ${TEXTS.map((column) => `coalesce(octet_length("${column}"), 0)`).join(' + ')} <= 2000`;

const UP = [
  // Each word of a search goes through every account: one text in small letters takes a fraction of what four in any letters take.
  // The separator is a character that nobody types.
  `ALTER TABLE accounts ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (${SEARCH_TEXT}) STORED`,
  // A table of accounts is counted, searched and sorted a page at a time, and most of a row is what the provider said: with
  // this, a page of 100,000 reads 46 MB instead of 112. None of its columns changes when an unchanged row is listed again.
  `CREATE INDEX accounts_shown ON accounts (integration_id, (lower(left(display_name, 100) COLLATE "C")), key)
    INCLUDE (${['search_text', ...TEXTS, ...OTHERS].join(', ')}) WHERE removed_at IS NULL AND ${FIT}`,
  // An entry of an index has a longest form. Whoever uses the one above asks here first whether it has all rows.
  `CREATE INDEX accounts_unfit ON accounts (integration_id, key) WHERE removed_at IS NULL AND NOT (${FIT})`,
  `CREATE INDEX accounts_manager ON accounts (integration_id, (left(manager, 200))) WHERE manager IS NOT NULL`,
  `CREATE INDEX role_assignments_principal ON role_assignments (integration_id, principal)`,
  // What somebody has done, without going through what everybody has done.
  `CREATE INDEX activity_actor ON activity (integration_id, (left(actor ->> 'id', 200)), published)`,
];

const DOWN = [
  `DROP INDEX activity_actor, role_assignments_principal, accounts_manager, accounts_unfit, accounts_shown`,
  `ALTER TABLE accounts DROP COLUMN search_text`,
];

/** What the API's tables of records walk along. */
export class RecordRows1764270000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
