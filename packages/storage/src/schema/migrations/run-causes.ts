import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // A run that goes looks for what refers to it, and decided holds go by their date.
  `CREATE INDEX sweep_holds_run ON sweep_holds (run_id)`,
  `CREATE INDEX rejected_records_run ON rejected_records (run_id)`,
  `CREATE INDEX sweep_holds_decided ON sweep_holds (decided_at) WHERE state <> 'open'`,
  // New settings are read at once, and the history says that they were the reason.
  `ALTER TABLE sync_runs DROP CONSTRAINT sync_runs_cause_check,
    ADD CONSTRAINT sync_runs_cause_check CHECK (cause IN ('created', 'edited', 'reconnected', 'manual', 'scheduled'))`,
];

const DOWN = [
  `UPDATE sync_runs SET cause = 'manual' WHERE cause IN ('edited', 'reconnected')`,
  `ALTER TABLE sync_runs DROP CONSTRAINT sync_runs_cause_check,
    ADD CONSTRAINT sync_runs_cause_check CHECK (cause IN ('created', 'manual', 'scheduled'))`,
  `DROP INDEX sweep_holds_decided`,
  `DROP INDEX rejected_records_run`,
  `DROP INDEX sweep_holds_run`,
];

/** Why a run was made: also that settings were edited, or a credential was given anew. */
export class RunCauses1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
