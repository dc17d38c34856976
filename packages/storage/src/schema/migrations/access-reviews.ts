import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Who signed which file. The file itself is not kept: its digest says whether one that somebody shows is it.
  `CREATE TABLE access_reviews (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    integration_id uuid NOT NULL REFERENCES integrations (id) ON DELETE CASCADE,
    application text COLLATE "C" NOT NULL,
    application_label text NOT NULL,
    -- As the audit log names it: the name stays when the user goes.
    reviewer jsonb NOT NULL,
    note text,
    -- The instant that the file is about.
    as_of timestamptz NOT NULL,
    format text NOT NULL CHECK (format IN ('csv', 'jsonl')),
    accounts integer NOT NULL,
    -- Of all bytes before the last line.
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX access_reviews_list ON access_reviews (integration_id, created_at, id)`,
  `CREATE INDEX access_reviews_workspace ON access_reviews (workspace_id)`,
  `CREATE TABLE saved_questions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name text NOT NULL,
    address text NOT NULL,
    created_by uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT saved_questions_name UNIQUE (workspace_id, name)
  )`,
  `CREATE INDEX saved_questions_maker ON saved_questions (created_by) WHERE created_by IS NOT NULL`,
];

const DOWN = [`DROP TABLE saved_questions, access_reviews`];

/** Reviews of access that were signed, and questions that were kept. */
export class AccessReviews1764290000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
