import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_RECORD_TABLES, DROP_RECORD_TABLES } from './record-tables-sql.js';

const CREATE = [
  `CREATE TABLE workspaces (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  // The workspace of a host that serves one organisation.
  `INSERT INTO workspaces (id, name) VALUES ('00000000-0000-4000-8000-000000000001', 'Default')`,
  `CREATE TABLE integrations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id),
    connector_id text NOT NULL,
    name text NOT NULL,
    owner text,
    config jsonb NOT NULL,
    tenant_id text,
    schedule_seconds integer NOT NULL DEFAULT 86400 CHECK (schedule_seconds > 0),
    paused boolean NOT NULL DEFAULT false,
    next_run_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT integrations_name UNIQUE (workspace_id, name)
  )`,
  `CREATE TABLE secrets (
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    field text NOT NULL,
    version integer NOT NULL,
    algorithm text NOT NULL,
    key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    iv bytea NOT NULL,
    ciphertext bytea NOT NULL,
    tag bytea NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (integration_id, field)
  )`,
  `CREATE TABLE key_check (
    id integer PRIMARY KEY CHECK (id = 1),
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE sync_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'queued'
      CHECK (state IN ('queued', 'running', 'waiting', 'complete', 'incomplete', 'failed', 'cancelled')),
    cause text NOT NULL CHECK (cause IN ('created', 'manual', 'scheduled')),
    streams text[] NOT NULL DEFAULT '{}',
    lease_owner text,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    attempt integer NOT NULL DEFAULT 0,
    resume_at timestamptz,
    cancel_requested boolean NOT NULL DEFAULT false,
    error jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    heartbeat_at timestamptz
  )`,
  // One live run an integration: what two clicks, two hosts or two ticks cannot get around.
  `CREATE UNIQUE INDEX sync_runs_live ON sync_runs (integration_id) WHERE state IN ('queued', 'running', 'waiting')`,
  `CREATE INDEX sync_runs_newest ON sync_runs (integration_id, created_at DESC, id DESC)`,
  `CREATE TABLE stream_runs (
    run_id uuid NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    stream text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'reading', 'complete', 'skipped', 'incomplete')),
    generation integer NOT NULL,
    pages integer NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    removed integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    unlisted integer NOT NULL DEFAULT 0,
    error jsonb,
    position jsonb,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (run_id, stream)
  )`,
  `CREATE TABLE stream_state (
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    stream text NOT NULL,
    kind text NOT NULL,
    semantics text NOT NULL CHECK (semantics IN ('snapshot', 'changes')),
    status text NOT NULL CHECK (status IN ('reading', 'complete', 'skipped', 'incomplete')),
    generation integer NOT NULL,
    complete_generation integer,
    cursor jsonb,
    fresh_at timestamptz,
    unlisted jsonb NOT NULL DEFAULT '[]',
    error jsonb,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (integration_id, stream)
  )`,
  `CREATE TABLE sweep_holds (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    run_id uuid REFERENCES sync_runs (id) ON DELETE SET NULL,
    stream text NOT NULL,
    kind text NOT NULL,
    generation integer NOT NULL,
    would_remove integer NOT NULL,
    present integer NOT NULL,
    exempt text[] NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected', 'superseded')),
    decided_by text,
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz
  )`,
  `CREATE UNIQUE INDEX sweep_holds_open ON sweep_holds (integration_id, stream) WHERE state = 'open'`,
  `CREATE TABLE rejected_records (
    id bigserial PRIMARY KEY,
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    stream text NOT NULL,
    run_id uuid REFERENCES sync_runs (id) ON DELETE SET NULL,
    position text NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX rejected_records_stream ON rejected_records (integration_id, stream)`,
];

/** TypeORM orders migrations by the number at the end of their class's name. */
export class Initial1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CREATE, ...CREATE_RECORD_TABLES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DROP_RECORD_TABLES);
    const tables =
      'rejected_records, sweep_holds, stream_state, stream_runs, sync_runs, key_check, secrets, integrations, workspaces';
    await runner.query(`DROP TABLE ${tables}`);
  }
}
