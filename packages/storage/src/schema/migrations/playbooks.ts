import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // What a workspace has set of a playbook, by its version: another version is another playbook, and is off.
  `CREATE TABLE playbook_settings (
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    playbook text NOT NULL,
    enabled_version integer,
    enabled_at timestamptz,
    enabled_by jsonb,
    simulated_version integer,
    simulated_at timestamptz,
    PRIMARY KEY (workspace_id, playbook),
    CONSTRAINT playbook_settings_enabled_check CHECK ((enabled_version IS NULL) = (enabled_at IS NULL))
  )`,
  `CREATE TABLE playbook_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    integration_id uuid NOT NULL,
    playbook text NOT NULL,
    version integer NOT NULL,
    -- As it was read when the run began: it goes on by that, whatever comes later.
    definition jsonb NOT NULL,
    -- What began it: the same for all findings of one incident about one subject.
    opening text COLLATE "C" NOT NULL,
    finding_id uuid NOT NULL,
    incident_id uuid,
    subject_kind text NOT NULL,
    subject_key text COLLATE "C" NOT NULL,
    subject_name text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'waiting', 'ended', 'stopped', 'expired')),
    waits_for text CHECK (waits_for IN ('approval', 'agreement', 'hand', 'action', 'event')),
    step text,
    ended_as text,
    -- What became of each step: the one who has the lease writes it.
    log jsonb NOT NULL DEFAULT '[]',
    -- What people have said, by step and item: only added to, by whoever asks them.
    answers jsonb NOT NULL DEFAULT '{}',
    started_by jsonb NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    deadline_at timestamptz NOT NULL,
    ended_at timestamptz,
    stopped_by jsonb,
    reason text,
    due_at timestamptz,
    lease_until timestamptz,
    tries integer NOT NULL DEFAULT 0,
    CONSTRAINT playbook_runs_opening UNIQUE (workspace_id, playbook, opening),
    CONSTRAINT playbook_runs_over_check CHECK ((state IN ('running', 'waiting')) = (ended_at IS NULL) AND (ended_at IS NULL) = (due_at IS NOT NULL))
  )`,
  // One at a time for one subject: two would do the same twice.
  `CREATE UNIQUE INDEX playbook_runs_open ON playbook_runs (integration_id, playbook, subject_kind, subject_key)
     WHERE state IN ('running', 'waiting')`,
  `CREATE INDEX playbook_runs_due ON playbook_runs (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX playbook_runs_ended ON playbook_runs (ended_at) WHERE ended_at IS NOT NULL`,
  `CREATE INDEX playbook_runs_list ON playbook_runs (workspace_id, started_at DESC, id)`,
  `CREATE INDEX playbook_runs_finding ON playbook_runs (finding_id)`,
  `CREATE INDEX playbook_runs_incident ON playbook_runs (incident_id) WHERE incident_id IS NOT NULL`,
  `CREATE INDEX playbook_runs_integration ON playbook_runs (integration_id, id)`,
];

/** Which playbooks begin by themselves, and what became of each run. */
export class Playbooks1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE playbook_runs, playbook_settings`);
  }
}
