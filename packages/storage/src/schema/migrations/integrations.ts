import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // The free text in `owner` stays: it is shown until somebody names a user.
  `ALTER TABLE integrations ADD COLUMN owner_id uuid REFERENCES users (id) ON DELETE SET NULL,
    ADD COLUMN config_revision integer NOT NULL DEFAULT 1`,
  `CREATE INDEX integrations_owner ON integrations (owner_id)`,
  `CREATE INDEX integrations_created ON integrations (workspace_id, created_at, id)`,
  // 0: never.
  `ALTER TABLE integrations DROP CONSTRAINT integrations_poll_seconds_check,
    ADD CONSTRAINT integrations_poll_seconds_check CHECK (poll_seconds >= 0)`,
  // The latest run of each mode, which every status begins with, without reading past a month of polls.
  `CREATE INDEX sync_runs_newest_of_mode ON sync_runs (integration_id, mode, created_at DESC, id DESC)`,
  // Integrations that are gone and have left rows. No foreign key: there is nothing left to refer to.
  `CREATE TABLE deleted_integrations (
    integration_id uuid PRIMARY KEY,
    deleted_at timestamptz NOT NULL DEFAULT now()
  )`,
];

const DOWN = [
  `DROP TABLE deleted_integrations`,
  `DROP INDEX sync_runs_newest_of_mode`,
  `UPDATE integrations SET poll_seconds = NULL WHERE poll_seconds = 0`,
  `ALTER TABLE integrations DROP CONSTRAINT integrations_poll_seconds_check,
    ADD CONSTRAINT integrations_poll_seconds_check CHECK (poll_seconds > 0)`,
  `DROP INDEX integrations_created`,
  // The older release knows an owner by a text only.
  `UPDATE integrations i SET owner = u.name FROM users u WHERE u.id = i.owner_id`,
  `ALTER TABLE integrations DROP COLUMN owner_id, DROP COLUMN config_revision`,
];

/** Owners that are users, settings that two people change at once, and deletion in pieces. */
export class Integrations1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
