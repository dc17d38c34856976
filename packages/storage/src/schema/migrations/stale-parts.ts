import type { MigrationInterface, QueryRunner } from 'typeorm';

const LIVE = `('queued', 'running', 'waiting')`;

const UP = [
  // What an event has said to have changed and nobody has read again yet. `field = ''`: all of the stream.
  `CREATE TABLE stale_parts (
    id bigserial PRIMARY KEY,
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    stream text NOT NULL,
    field text NOT NULL DEFAULT '',
    value text NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL,
    low boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT stale_parts_part UNIQUE (integration_id, stream, field, value)
  )`,
  `ALTER TABLE sync_runs ADD COLUMN mode text NOT NULL DEFAULT 'full' CHECK (mode IN ('full', 'poll')),
    ADD COLUMN reconciles boolean NOT NULL DEFAULT false, ADD COLUMN progress jsonb`,
  // One live run an integration and mode: a person's sync can be asked for while a poll is at work, and waits for it.
  `DROP INDEX sync_runs_live`,
  `CREATE UNIQUE INDEX sync_runs_live ON sync_runs (integration_id, mode) WHERE state IN ${LIVE}`,
  `ALTER TABLE stream_runs ADD COLUMN drift integer NOT NULL DEFAULT 0, ADD COLUMN refreshed integer NOT NULL DEFAULT 0`,
  `ALTER TABLE stream_state ADD COLUMN resume_from jsonb, ADD COLUMN delta_at timestamptz,
    ADD COLUMN pass_began_at timestamptz, ADD COLUMN complete_began_at timestamptz`,
  // Of a database from before: the last listing began at most when it ended. Too late is the safe side of nothing, so a day.
  `UPDATE stream_state SET complete_began_at = fresh_at - interval '1 day', pass_began_at = updated_at - interval '1 day'`,
  `ALTER TABLE integrations ADD COLUMN poll_seconds integer CHECK (poll_seconds > 0), ADD COLUMN next_poll_at timestamptz,
    ADD COLUMN polled_at timestamptz, ADD COLUMN poll_failures integer NOT NULL DEFAULT 0`,
  // Edges are keyed by the side that they are listed under; from the other side they are found by these. The columns never
  // change, so that re-listing an unchanged row still updates it in place.
  `CREATE INDEX memberships_member ON memberships (integration_id, member)`,
  `CREATE INDEX app_assignments_principal ON app_assignments (integration_id, principal)`,
  `CREATE INDEX idp_links_account ON idp_links (integration_id, account)`,
];

const DOWN = [
  `DROP INDEX memberships_member, app_assignments_principal, idp_links_account`,
  `ALTER TABLE integrations DROP COLUMN poll_seconds, DROP COLUMN next_poll_at, DROP COLUMN polled_at, DROP COLUMN poll_failures`,
  `ALTER TABLE stream_state DROP COLUMN resume_from, DROP COLUMN delta_at, DROP COLUMN pass_began_at, DROP COLUMN complete_began_at`,
  `ALTER TABLE stream_runs DROP COLUMN drift, DROP COLUMN refreshed`,
  `DROP INDEX sync_runs_live`,
  `DELETE FROM sync_runs WHERE mode = 'poll'`,
  `CREATE UNIQUE INDEX sync_runs_live ON sync_runs (integration_id) WHERE state IN ${LIVE}`,
  `ALTER TABLE sync_runs DROP COLUMN mode, DROP COLUMN reconciles, DROP COLUMN progress`,
  `DROP TABLE stale_parts`,
];

/** Polls, parts to be read again, and what a delta goes on from. */
export class StaleParts1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
