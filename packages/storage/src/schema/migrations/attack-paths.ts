import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Everything from which tier zero can be reached, each with the next step on a shortest way: a path is read along them.
  `CREATE TABLE attack_nodes (
    integration_id uuid NOT NULL,
    -- kind:key; of a set of objects that a right is over, what it covers.
    node text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    key text COLLATE "C" NOT NULL,
    -- Steps to tier zero; 0 is tier zero itself.
    distance integer NOT NULL,
    -- Somebody, or something outside, that could go this way.
    is_start boolean NOT NULL,
    next text COLLATE "C",
    step text,
    because text,
    -- Other steps from here that lead nearer to tier zero as well.
    other_steps integer NOT NULL,
    PRIMARY KEY (integration_id, node)
  )`,
  `CREATE INDEX attack_nodes_starts ON attack_nodes (integration_id, distance, kind, key) WHERE is_start`,
  `CREATE INDEX attack_nodes_tier_zero ON attack_nodes (integration_id, kind, key) WHERE distance = 0`,
  `CREATE TABLE attack_surveys (
    integration_id uuid PRIMARY KEY,
    computed_at timestamptz NOT NULL,
    starts integer NOT NULL,
    tier_zero integer NOT NULL,
    -- Starting points that no single step cuts off.
    uncut integer NOT NULL,
    choke_points jsonb NOT NULL,
    -- What of the data was missing, so that there may be more ways.
    reasons jsonb NOT NULL,
    -- The last one has failed, and this is one before it.
    is_broken boolean NOT NULL
  )`,
];

const DOWN = [`DROP TABLE attack_surveys, attack_nodes`];

/** By which ways somebody can come to rights that nobody gave him. */
export class AttackPaths1764330000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
