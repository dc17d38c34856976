import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE action_batches (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    integration_id uuid NOT NULL,
    action text NOT NULL,
    title text NOT NULL,
    effect text NOT NULL CHECK (effect IN ('write', 'destructive')),
    reason text,
    -- What was asked for and is not in it, each with its input and why.
    refused jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
    requested_by jsonb NOT NULL,
    decided_by jsonb,
    decided_at timestamptz,
    -- Of one wish that came twice.
    wish text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    stopped_at timestamptz,
    -- NULL of one that was stopped: it stopped by itself.
    stopped_by jsonb,
    stop_reason jsonb,
    UNIQUE (workspace_id, wish),
    CONSTRAINT action_batches_stopped_check CHECK ((stopped_at IS NULL) = (stop_reason IS NULL))
  )`,
  `CREATE INDEX action_batches_list ON action_batches (workspace_id, created_at DESC, id)`,
  `CREATE INDEX action_batches_integration ON action_batches (integration_id)`,
  `ALTER TABLE action_requests ADD COLUMN batch_id uuid REFERENCES action_batches (id) ON DELETE CASCADE,
     -- Nothing else is done at its integration: two who look at once may each take what the other one leaves.
     ADD COLUMN exclusive boolean NOT NULL DEFAULT false`,
  `CREATE UNIQUE INDEX action_requests_exclusive ON action_requests (integration_id) WHERE exclusive`,
  `CREATE INDEX action_requests_batch ON action_requests (batch_id) WHERE batch_id IS NOT NULL`,
  `CREATE INDEX action_requests_ended ON action_requests (coalesce(ended_at, created_at)) WHERE due_at IS NULL`,
  `CREATE INDEX action_requests_undo_of ON action_requests (undo_of) WHERE undo_of IS NOT NULL`,
  `CREATE INDEX action_requests_undone_by ON action_requests (undone_by) WHERE undone_by IS NOT NULL`,
];

/** The same for many, and one at a time in each integration. */
export class ActionBatches1764390000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['ended', 'undo_of', 'undone_by']) await runner.query(`DROP INDEX action_requests_${index}`);
    await runner.query(`ALTER TABLE action_requests DROP COLUMN batch_id, DROP COLUMN exclusive`);
    await runner.query(`DROP TABLE action_batches`);
  }
}
