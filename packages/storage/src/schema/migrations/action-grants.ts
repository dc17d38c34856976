import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an integration was seen to have of the permissions that its actions need. */
export class ActionGrants1764430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE integrations ADD COLUMN action_grants jsonb, ADD COLUMN action_grants_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE integrations DROP COLUMN action_grants, DROP COLUMN action_grants_at`);
  }
}
