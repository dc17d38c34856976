import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen, like the tables. */
const GROUP_TEXT = `lower((key || E'\\x1f' || coalesce(name, '') || E'\\x1f' || coalesce(description, '')) COLLATE "C")`;

/** Whoever may not make the extension, or has a server without it, searches by going through all rows, as before (ADR 37). */
const EXTENSION = `DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
    RAISE NOTICE 'without pg_trgm searches go through all accounts and groups';
  END $$`;

/** Wherever the extension was put: its schema need not be on the search path, and may be closed to whoever owns the tables. */
const index = (table: string): string => `DO $$ DECLARE place text; BEGIN
    SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm' AND has_schema_privilege(n.oid, 'USAGE');
    IF place IS NOT NULL THEN
      EXECUTE format('CREATE INDEX ${table}_searched ON ${table} USING gin ((search_text COLLATE "C") %I.gin_trgm_ops) WHERE removed_at IS NULL', place);
    END IF;
  END $$`;

const UP = [
  `ALTER TABLE groups ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (${GROUP_TEXT}) STORED`,
  // With room on its page an unchanged row that is listed again stays where it is, and no index hears of it.
  `ALTER TABLE accounts SET (fillfactor = 50)`,
  `ALTER TABLE groups SET (fillfactor = 50)`,
  EXTENSION,
  index('accounts'),
  index('groups'),
  // Through which groups an application is reached, without going through the accounts that it was given to.
  `CREATE INDEX app_assignments_groups ON app_assignments (integration_id, application) WHERE principal_kind <> 'account'`,
  // What an account signs in with.
  `CREATE INDEX authenticators_account ON authenticators (integration_id, account) WHERE removed_at IS NULL`,
];

const DOWN = [
  `DROP INDEX app_assignments_groups, authenticators_account`,
  `ALTER TABLE accounts RESET (fillfactor)`,
  `ALTER TABLE groups RESET (fillfactor)`,
  `DROP INDEX IF EXISTS groups_searched, accounts_searched`,
  `ALTER TABLE groups DROP COLUMN search_text`,
];

/** What is found without going through every account: a word, and by whom an application is given. The extension stays: others may use it. */
export class SearchIndexes1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
