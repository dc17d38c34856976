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

const lengths = (columns: readonly string[]): string =>
  columns.map((column) => `coalesce(octet_length("${column}"), 0)`).join(' + ');
const FIT = `octet_length(key) + octet_length(search_text) + ${lengths(TEXTS)} <= 2000`;
const FIT_BEFORE = `octet_length(key) + ${lengths(TEXTS)} <= 2000`;

const indexes = (fit: string, included: readonly string[]): readonly string[] => [
  `CREATE INDEX accounts_shown ON accounts (integration_id, (lower(left(display_name, 100) COLLATE "C")), key)
    INCLUDE (${included.join(', ')}) WHERE removed_at IS NULL AND ${fit}`,
  `CREATE INDEX accounts_unfit ON accounts (integration_id, key) WHERE removed_at IS NULL AND NOT (${fit})`,
];

const UP = [
  `DROP INDEX accounts_unfit, accounts_shown`,
  // Each word of a search goes through every account: one text in small letters takes a fraction of what four in any letters take.
  // The separator is a character that nobody types.
  `ALTER TABLE accounts ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (${SEARCH_TEXT}) STORED`,
  ...indexes(FIT, ['search_text', ...TEXTS, ...OTHERS]),
];

const DOWN = [
  `DROP INDEX accounts_unfit, accounts_shown`,
  `ALTER TABLE accounts DROP COLUMN search_text`,
  ...indexes(FIT_BEFORE, [...TEXTS, ...OTHERS]),
];

/** What a search looks at, made ready by the database as accounts are written. */
export class SearchText1764280000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
