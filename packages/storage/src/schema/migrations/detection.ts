import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // New events that no rule has seen yet, a row for each page that was written. A row goes in the transaction in which rules
  // see its events, so that none is seen twice and none is left out, whoever is killed when.
  `CREATE TABLE detection_inbox (
    seq bigserial PRIMARY KEY,
    integration_id uuid NOT NULL,
    keys text[] NOT NULL,
    published timestamptz[] NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX detection_inbox_integration ON detection_inbox (integration_id, seq)`,
  // How far the log of an organisation has been seen. Who looks at it holds its row.
  `CREATE TABLE detection_progress (
    integration_id uuid PRIMARY KEY,
    -- The latest moment that the log has reached.
    reached timestamptz NOT NULL,
    events bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
  )`,
  // Windows of correlations, each of one group. Their names may be longer than an index takes.
  `CREATE TABLE detection_groups (
    integration_id uuid NOT NULL,
    rule text NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    name text NOT NULL,
    -- Of the rule: what another one has left is of no use.
    version text NOT NULL,
    state jsonb NOT NULL,
    -- When something is missed that has not come by then.
    due_at timestamptz,
    -- When nothing of it is of use any more.
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (integration_id, rule, digest)
  ) WITH (fillfactor = 75)`,
  `CREATE INDEX detection_groups_due ON detection_groups (integration_id, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX detection_groups_ends ON detection_groups (integration_id, ends_at)`,
  // What was seen of an account or an application: addresses, devices, and so on.
  `CREATE TABLE detection_histories (
    integration_id uuid NOT NULL,
    subject text COLLATE "C" NOT NULL,
    history jsonb NOT NULL,
    PRIMARY KEY (integration_id, subject)
  ) WITH (fillfactor = 75)`,
  `CREATE TABLE detection_hits (
    integration_id uuid NOT NULL,
    rule text NOT NULL,
    day date NOT NULL,
    hits bigint NOT NULL,
    PRIMARY KEY (integration_id, rule, day)
  )`,
  // What belongs together: findings of one actor, one after the other.
  `CREATE TABLE incidents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    subject_kind text NOT NULL,
    subject_key text COLLATE "C" NOT NULL,
    subject_label text NOT NULL,
    sessions text[] NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'closed')),
    verdict text CHECK (verdict IN ('attack', 'benign', 'test', 'false_alarm')),
    severity smallint NOT NULL CHECK (severity BETWEEN 1 AND 5),
    confidence smallint NOT NULL CHECK (confidence BETWEEN 1 AND 3),
    findings integer NOT NULL,
    -- Rule of its worst finding: what it is called by.
    rule text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    owner_id uuid REFERENCES users (id) ON DELETE SET NULL,
    -- What receivers of events have been told of it last; null: nothing.
    told_severity smallint CHECK (told_severity BETWEEN 1 AND 5),
    told_closed boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    CHECK ((status = 'closed') = (closed_at IS NOT NULL))
  )`,
  `CREATE INDEX incidents_worst ON incidents (workspace_id, status, severity DESC, confidence DESC, last_at DESC, id DESC)`,
  `CREATE INDEX incidents_newest ON incidents (workspace_id, status, last_at DESC, id DESC)`,
  `CREATE INDEX incidents_subject ON incidents (integration_id, subject_kind, subject_key, last_at)`,
  `CREATE INDEX incidents_owner ON incidents (owner_id) WHERE owner_id IS NOT NULL`,
  `CREATE TABLE incident_events (
    incident_id uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    id bigserial NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    actor jsonb,
    detail jsonb,
    PRIMARY KEY (incident_id, id)
  )`,
  // What a finding of a rule has beside those of a check.
  `CREATE TABLE detection_findings (
    finding_id uuid PRIMARY KEY REFERENCES findings (id) ON DELETE CASCADE,
    incident_id uuid NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    confidence smallint NOT NULL CHECK (confidence BETWEEN 1 AND 3),
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    -- Keys of its events: the first thousand.
    events text[] NOT NULL,
    -- Whether receivers of events have been told of it.
    told boolean NOT NULL DEFAULT false
  )`,
  `CREATE INDEX detection_findings_incident ON detection_findings (incident_id, first_at)`,
  // What a workspace has set apart from what a rule says.
  `CREATE TABLE detection_rule_settings (
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    rule text NOT NULL,
    enabled boolean NOT NULL,
    level text,
    bounds jsonb,
    timespan text,
    reason text,
    changed_by jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, rule)
  )`,
  // Rules and filters of a workspace's own, as they were uploaded.
  `CREATE TABLE detection_rule_files (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name text NOT NULL,
    content text NOT NULL,
    enabled boolean NOT NULL,
    changed_by jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    -- Of two files with the same rule, that is the rule of the one that was there first.
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT detection_rule_files_name UNIQUE (workspace_id, name)
  )`,
  // Networks of a workspace's own, lists of threats, accounts for emergencies, what placeholders of rules stand for: lines of text.
  `CREATE TABLE detection_lists (
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('own_network', 'threat', 'break_glass', 'placeholder')),
    name text NOT NULL,
    entries text[] NOT NULL,
    changed_by jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, kind, name)
  )`,
  // What nobody wants to be told of until a date.
  `CREATE TABLE detection_suppressions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    rule text,
    subject_key text,
    reason text NOT NULL,
    until timestamptz NOT NULL,
    made_by jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CHECK (rule IS NOT NULL OR subject_key IS NOT NULL)
  )`,
  `CREATE INDEX detection_suppressions_workspace ON detection_suppressions (workspace_id, until)`,
  `ALTER TABLE webhooks
    -- Of events that have a severity a webhook is told from this one on; null: of all.
    ADD COLUMN least_severity smallint CHECK (least_severity BETWEEN 1 AND 5),
    ADD COLUMN format text NOT NULL DEFAULT 'castellan' CHECK (format IN ('castellan', 'slack', 'json')),
    -- What is posted instead: JSON with placeholders.
    ADD COLUMN template text,
    ADD CONSTRAINT webhooks_template_check CHECK ((format = 'json') = (template IS NOT NULL))`,
  // Whether the account of a person has ended elsewhere is asked for each batch of events.
  `CREATE INDEX accounts_ended ON accounts (integration_id, (lower(email))) WHERE status = 'deprovisioned' AND email IS NOT NULL`,
];

const DOWN = [
  'DROP INDEX accounts_ended',
  'ALTER TABLE webhooks DROP CONSTRAINT webhooks_template_check, DROP COLUMN least_severity, DROP COLUMN format, DROP COLUMN template',
  `DROP TABLE detection_suppressions, detection_lists, detection_rule_files, detection_rule_settings, detection_findings,
    incident_events, incidents, detection_hits, detection_histories, detection_groups, detection_progress, detection_inbox`,
];

/** Rules over the activity: what they have seen, and what they have found. */
export class Detection1764340000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
