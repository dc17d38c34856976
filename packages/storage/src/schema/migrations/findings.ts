import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // What is wrong, from whoever found it: checks of the posture, and rules over the activity. One life cycle for both.
  // `fingerprint` is what makes two sightings one fact. No foreign key to `integrations`, like the tables of records: an
  // organisation has a hundred thousand of them, and they go with the records.
  `CREATE TABLE findings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('posture', 'detection')),
    rule text NOT NULL,
    subject_kind text NOT NULL,
    subject_key text COLLATE "C" NOT NULL,
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    -- As OCSF counts: 1 informational, 2 low, 3 medium, 4 high, 5 critical.
    severity smallint NOT NULL CHECK (severity BETWEEN 1 AND 5),
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved', 'excepted')),
    evidence jsonb NOT NULL,
    owner_id uuid REFERENCES users (id) ON DELETE SET NULL,
    excepted_until timestamptz,
    excepted_reason text,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    -- Since when it has been there without a gap.
    opened_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    CONSTRAINT findings_one_fact UNIQUE (integration_id, fingerprint),
    CONSTRAINT findings_check CHECK ((status = 'resolved') = (resolved_at IS NOT NULL) AND (status <> 'excepted' OR excepted_until IS NOT NULL))
  )`,
  // Lists are asked status by status, so that each is read in its order, of any of them and however many are resolved by now.
  `CREATE INDEX findings_worst ON findings (workspace_id, status, severity DESC, opened_at DESC, id DESC)`,
  `CREATE INDEX findings_newest ON findings (workspace_id, status, opened_at DESC, id DESC)`,
  `CREATE INDEX findings_of_rule ON findings (workspace_id, rule, status, severity DESC, opened_at DESC, id DESC)`,
  `CREATE INDEX findings_rule ON findings (integration_id, rule, status, severity DESC, opened_at DESC, id DESC)`,
  // Each answer about the posture counts all that are not resolved. By so few columns hundreds of them are one entry: that of
  // 560,000 takes 4 MB, and the rows are not read.
  `CREATE INDEX findings_standing ON findings (workspace_id, integration_id, rule, status, severity) WHERE status <> 'resolved'`,
  `CREATE INDEX findings_subject ON findings (integration_id, subject_kind, subject_key)`,
  `CREATE INDEX findings_excepted ON findings (excepted_until) WHERE status = 'excepted'`,
  `CREATE INDEX findings_owner ON findings (owner_id) WHERE owner_id IS NOT NULL`,
  // What became of it, and what people said. That it was found first is in the finding.
  `CREATE TABLE finding_events (
    finding_id uuid NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    id bigserial NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    -- As the audit log names who did it; null: we ourselves.
    actor jsonb,
    detail jsonb,
    PRIMARY KEY (finding_id, id)
  )`,
  // What each check last said of each organisation.
  `CREATE TABLE check_results (
    integration_id uuid NOT NULL,
    "check" text NOT NULL,
    status text NOT NULL CHECK (status IN ('failed', 'passed', 'unknown')),
    -- Why it is unknown, or what of its data is missing.
    reasons jsonb NOT NULL,
    -- Subjects that it names now, and of how many.
    findings integer NOT NULL,
    examined integer NOT NULL,
    parameters jsonb NOT NULL,
    evaluated_at timestamptz NOT NULL,
    -- Since when the status is what it is.
    since timestamptz NOT NULL,
    took_ms integer NOT NULL,
    PRIMARY KEY (integration_id, "check")
  )`,
  // What a workspace has set apart from the defaults.
  `CREATE TABLE check_settings (
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    "check" text NOT NULL,
    enabled boolean NOT NULL,
    reason text,
    parameters jsonb NOT NULL,
    changed_by jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, "check")
  )`,
  `CREATE TABLE posture_scores (
    integration_id uuid NOT NULL,
    day date NOT NULL,
    area text NOT NULL,
    -- Of the checks that say something: what they can take from the score, and what they take. No quotient: several
    -- organisations have one score of all their checks together.
    weight double precision NOT NULL,
    lost double precision NOT NULL,
    PRIMARY KEY (integration_id, day, area)
  )`,
  // Every few seconds somebody asks which runs were finished since the last look.
  `CREATE INDEX sync_runs_finished ON sync_runs (integration_id, finished_at)`,
  // How far an organisation has been looked at.
  `CREATE TABLE posture_evaluations (
    integration_id uuid PRIMARY KEY,
    -- When the last look began.
    evaluated_at timestamptz NOT NULL,
    -- When every check was looked at, not only those whose data had changed.
    complete_at timestamptz,
    -- When somebody has asked for a look at everything.
    asked_at timestamptz,
    -- What the last look went by. What is not here has come since: times do not tell, because what is written down with an
    -- earlier one may be committed after a look has begun.
    answered_at timestamptz,
    -- Runs that were finished shortly before it.
    runs text[] NOT NULL,
    -- A digest of what the workspace had set of the checks.
    settings text,
    -- When access was counted.
    counted_at timestamptz
  )`,
];

const DOWN = [
  'DROP INDEX sync_runs_finished',
  `DROP TABLE posture_evaluations, posture_scores, check_settings, check_results, finding_events, findings`,
];

/** What is wrong, what became of it, and how the whole stands. */
export class Findings1764320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
