import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE action_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    integration_id uuid NOT NULL,
    action text NOT NULL,
    title text NOT NULL,
    effect text NOT NULL CHECK (effect IN ('write', 'destructive')),
    input jsonb NOT NULL,
    subject_kind text NOT NULL,
    subject_key text COLLATE "C" NOT NULL,
    subject_name text NOT NULL,
    -- What was agreed to.
    plan jsonb NOT NULL,
    fingerprint text NOT NULL,
    reason text,
    finding_id uuid,
    incident_id uuid,
    -- The one that this takes back.
    undo_of uuid REFERENCES action_requests (id) ON DELETE SET NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'running', 'done', 'verified', 'failed', 'rejected', 'withdrawn')),
    requested_by jsonb NOT NULL,
    decided_by jsonb,
    decided_at timestamptz,
    -- Of one wish that came twice.
    wish text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz,
    lease_until timestamptz,
    tries integer NOT NULL DEFAULT 0,
    started_at timestamptz,
    ended_at timestamptz,
    changed boolean,
    message text,
    problem jsonb,
    undone_by uuid REFERENCES action_requests (id) ON DELETE SET NULL,
    UNIQUE (workspace_id, wish),
    CONSTRAINT action_requests_waits_check CHECK (state NOT IN ('approved', 'running') OR due_at IS NOT NULL),
    CONSTRAINT action_requests_over_check CHECK (state NOT IN ('proposed', 'verified', 'failed', 'rejected', 'withdrawn') OR due_at IS NULL)
  )`,
  // A second click finds the first.
  `CREATE UNIQUE INDEX action_requests_open ON action_requests (integration_id, action, md5(input::text))
     WHERE state IN ('proposed', 'approved', 'running')`,
  `CREATE INDEX action_requests_due ON action_requests (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX action_requests_list ON action_requests (workspace_id, created_at DESC, id)`,
  `CREATE INDEX action_requests_subject ON action_requests (integration_id, subject_kind, subject_key)`,
  `CREATE INDEX action_requests_finding ON action_requests (finding_id) WHERE finding_id IS NOT NULL`,
  `CREATE INDEX action_requests_incident ON action_requests (incident_id) WHERE incident_id IS NOT NULL`,
];

/** What somebody wants to have done at a provider, and what became of it. */
export class ActionRequests1764380000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE action_requests`);
  }
}
