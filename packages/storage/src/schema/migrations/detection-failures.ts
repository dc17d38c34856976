import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Whose new events could not be shown to rules, several times in a row.
  `CREATE TABLE detection_failures (
    integration_id uuid PRIMARY KEY,
    in_a_row integer NOT NULL,
    -- What it fails for is one of so many events, the oldest of the inbox.
    suspects integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
  )`,
  // Events that rules could not be shown, each alone.
  `CREATE TABLE detection_dead_letters (
    integration_id uuid NOT NULL,
    published timestamptz NOT NULL,
    key text COLLATE "C" NOT NULL,
    -- What kind of fault it was: never a value of the event.
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (integration_id, published, key)
  )`,
  // Whether it takes too long to hold a rule against events: it is off then, and not only not told.
  'ALTER TABLE detection_rule_settings ADD COLUMN too_slow boolean NOT NULL DEFAULT false',
  // What was done to somebody, and from an address, without going through what everybody has done for months.
  `CREATE INDEX activity_targets ON activity USING gin ((jsonb_path_query_array(targets, '$[*].id')))`,
  `CREATE INDEX activity_address ON activity (integration_id, (left(client ->> 'ip', 100)), published)`,
  // To whose incident a session belongs, if not to that of its own actor.
  `CREATE INDEX incidents_sessions ON incidents USING gin (sessions) WHERE sessions <> '{}'`,
];

const DOWN = [
  'DROP INDEX activity_targets, activity_address, incidents_sessions',
  'ALTER TABLE detection_rule_settings DROP COLUMN too_slow',
  'DROP TABLE detection_dead_letters, detection_failures',
];

/** One event that rules cannot be shown stops no longer all that come after it; what an incident is about is found by indexes. */
export class DetectionFailures1764360000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
