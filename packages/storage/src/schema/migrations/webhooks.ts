import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // What happened, written in the transaction in which it happened, until it has become deliveries.
  `CREATE TABLE events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    type text NOT NULL,
    data jsonb NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    dispatched_at timestamptz
  )`,
  `CREATE INDEX events_undispatched ON events (occurred_at) WHERE dispatched_at IS NULL`,
  `CREATE INDEX events_age ON events (occurred_at)`,
  `CREATE INDEX events_workspace ON events (workspace_id)`,
  `CREATE TABLE webhooks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    url text NOT NULL,
    description text,
    event_types text[] NOT NULL DEFAULT '{}',
    is_enabled boolean NOT NULL DEFAULT true,
    -- Why it is not, when no person has switched it off.
    disabled_reason text CHECK (disabled_reason IN ('gone')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX webhooks_workspace ON webhooks (workspace_id)`,
  // One without an end, and until its end the one before.
  `CREATE TABLE webhook_secrets (
    webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    version integer NOT NULL,
    algorithm text NOT NULL,
    key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    iv bytea NOT NULL,
    ciphertext bytea NOT NULL,
    tag bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    PRIMARY KEY (webhook_id, version)
  )`,
  `CREATE UNIQUE INDEX webhook_secrets_current ON webhook_secrets (webhook_id) WHERE expires_at IS NULL`,
  `CREATE TABLE deliveries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id uuid NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    cause text NOT NULL CHECK (cause IN ('event', 'test', 'redelivery')),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    give_up_at timestamptz NOT NULL,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL))
  )`,
  // A person may ask for an event again; the host itself delivers it once.
  `CREATE UNIQUE INDEX deliveries_once ON deliveries (webhook_id, event_id) WHERE cause = 'event'`,
  `CREATE INDEX deliveries_due ON deliveries (webhook_id, next_attempt_at) WHERE state = 'pending'`,
  `CREATE INDEX deliveries_leased ON deliveries (webhook_id) WHERE lease_until IS NOT NULL`,
  `CREATE INDEX deliveries_log ON deliveries (webhook_id, created_at, id)`,
  `CREATE INDEX deliveries_event ON deliveries (event_id)`,
  `CREATE TABLE delivery_attempts (
    delivery_id uuid NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number integer NOT NULL,
    at timestamptz NOT NULL,
    ms integer NOT NULL,
    status integer,
    error text,
    PRIMARY KEY (delivery_id, number)
  )`,
  // Since when its status may differ from the one told last, and which one that was.
  `ALTER TABLE integrations ADD COLUMN touched_at timestamptz, ADD COLUMN announced_state text`,
  `CREATE INDEX integrations_touched ON integrations (touched_at) WHERE touched_at IS NOT NULL`,
];

const DOWN = [
  `ALTER TABLE integrations DROP COLUMN touched_at, DROP COLUMN announced_state`,
  `DROP TABLE delivery_attempts, deliveries, webhook_secrets, webhooks, events`,
];

/** Events for the product that runs the host, and how they reach it. */
export class Webhooks1764220000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
