import { LOCKS } from '../../database/lock-numbers.js';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const AUDIT = [
  // Numbers without a gap, given by whoever holds the head: a serial would leave one behind each rollback.
  `CREATE TABLE audit_log (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    -- No foreign key: what happened in a workspace is known longer than the workspace.
    workspace_id uuid,
    actor jsonb NOT NULL,
    address text,
    action text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
    target jsonb,
    before jsonb,
    after jsonb,
    prev bytea NOT NULL,
    mac bytea NOT NULL
  )`,
  `CREATE INDEX audit_log_workspace ON audit_log (workspace_id, seq)`,
  `CREATE INDEX audit_log_action ON audit_log (workspace_id, action, seq)`,
  `CREATE INDEX audit_log_actor ON audit_log (workspace_id, (actor ->> 'id'), seq)`,
  `CREATE INDEX audit_log_target ON audit_log (workspace_id, (target ->> 'id'), seq)`,
  `CREATE TABLE audit_head (
    id integer PRIMARY KEY CHECK (id = 1),
    seq bigint NOT NULL,
    mac bytea NOT NULL,
    sealed bytea NOT NULL
  )`,
  `CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'audit_log takes new rows only' USING ERRCODE = 'object_not_in_prerequisite_state';
    END
  $$`,
  // For each statement: one that would hit no row is refused as well.
  `CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()`,
  // Also in a session that calls itself a replica, which fires no ordinary trigger.
  `ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only`,
];

const KEYS = [
  `CREATE TABLE host_keys (
    name text PRIMARY KEY,
    key_id text NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  // A row for each key in use, and for those that were.
  `ALTER TABLE key_check DROP COLUMN id, ADD PRIMARY KEY (key_id), ADD COLUMN retired_at timestamptz`,
];

const DOWN = [
  `DROP FUNCTION create_activity_partition`,
  `DELETE FROM key_check WHERE key_id <> (
    SELECT key_id FROM key_check ORDER BY retired_at NULLS FIRST, created_at DESC LIMIT 1)`,
  `ALTER TABLE key_check DROP CONSTRAINT key_check_pkey, DROP COLUMN retired_at,
    ADD COLUMN id integer NOT NULL DEFAULT 1 PRIMARY KEY CHECK (id = 1)`,
  `ALTER TABLE key_check ALTER COLUMN id DROP DEFAULT`,
  `DROP TABLE host_keys, audit_head, audit_log`,
  `DROP FUNCTION audit_log_append_only`,
];

/**
 * With the rights of the tables' owner, so that the host's own role needs none to make tables. Its names are looked up in
 * `schema` whatever the caller's search path says: else a caller could put a table of his in their place.
 */
function activityPartitionFunction(schema: string): string {
  return `CREATE FUNCTION create_activity_partition(month date) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
    DECLARE
      part text := 'activity_' || to_char(month, 'YYYY_MM');
      first timestamptz := month::timestamp AT TIME ZONE 'UTC';
      past timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
    BEGIN
      -- Looser than what the host asks for, whose clock may differ; but nobody fills the catalogue with tables.
      IF extract(day FROM month) <> 1 OR month < '2000-01-01' OR month > now() + interval '70 days' THEN
        RAISE EXCEPTION 'there is no partition of activity for %', month USING ERRCODE = 'invalid_parameter_value';
      END IF;
      -- The same number in every host: partitions are made one at a time.
      PERFORM pg_advisory_xact_lock(${LOCKS.partition});
      IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
      -- ATTACH, unlike CREATE ... PARTITION OF, lets other hosts read and write the table meanwhile.
      EXECUTE format('CREATE TABLE %I (LIKE activity INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
      LOCK TABLE activity_default IN ACCESS EXCLUSIVE MODE;
      -- What came while this month was still too far ahead; ATTACH refuses to leave it behind.
      EXECUTE format('WITH moved AS (DELETE FROM activity_default WHERE published >= $1 AND published < $2 RETURNING *)
        INSERT INTO %I SELECT * FROM moved', part) USING first, past;
      EXECUTE format('ALTER TABLE activity ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, first, past);
    END
  $$`;
}

/** The audit log and its chain, keys of the host, keys in use, and partitions that a role without DDL can have made. */
export class Audit1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...AUDIT, ...KEYS]) await runner.query(statement);
    const [{ schema }]: [{ schema: string }] = await runner.query('SELECT quote_ident(current_schema()) AS schema');
    await runner.query(activityPartitionFunction(schema));
    await runner.query('REVOKE EXECUTE ON FUNCTION create_activity_partition FROM PUBLIC');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
