import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen: tables whose rows may come back after they were gone, with their kind. Events never do. */
const RETURNING: Readonly<Record<string, string>> = {
  accounts: 'account',
  groups: 'group',
  memberships: 'membership',
  group_rules: 'group_rule',
  applications: 'application',
  app_assignments: 'app_assignment',
  roles: 'role',
  role_assignments: 'role_assignment',
  identity_providers: 'identity_provider',
  idp_links: 'idp_link',
  authenticators: 'authenticator',
  policies: 'policy',
  policy_rules: 'policy_rule',
  network_zones: 'network_zone',
  sign_in_methods: 'sign_in_method',
  api_tokens: 'api_token',
  app_grants: 'app_grant',
  log_streams: 'log_stream',
  org_settings: 'org_setting',
};

/** Frozen: edges that an organisation has many of. */
const DATED = ['memberships', 'app_assignments'];

const UP = [
  `ALTER TABLE activity ADD COLUMN "use" text, ADD COLUMN "used" text`,
  // When a stream had been listed completely for the first time: what is as old may be older.
  `ALTER TABLE stream_state ADD COLUMN first_complete_at timestamptz`,
  // Of a database from before: what went and came back until now is not known, so that its past begins now.
  `UPDATE stream_state SET first_complete_at = now() WHERE complete_generation IS NOT NULL`,
  // A row says since when it is there, and until when it was. This has the times before: who had what on a day of the past.
  // No foreign key, like the tables of records.
  `CREATE TABLE past_presences (
    integration_id uuid NOT NULL,
    kind text NOT NULL,
    key text COLLATE "C" NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (integration_id, kind, key, until)
  )`,
  // By a trigger, so that nobody who brings a row back can forget it. Its condition costs next to nothing.
  `CREATE FUNCTION keep_past_presence() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO past_presences (integration_id, kind, key, since, until)
      VALUES (OLD.integration_id, TG_ARGV[0], OLD.key, OLD.present_since, OLD.removed_at) ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$`,
  ...Object.entries(RETURNING).map(
    ([table, kind]) => `CREATE TRIGGER "${table}_past" AFTER UPDATE ON "${table}" FOR EACH ROW
      WHEN (OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL) EXECUTE FUNCTION keep_past_presence('${kind}')`,
  ),
  // What events show to have been used, added up (ADR 35). `object` is '' where an event does not say what. Of days the
  // newest are kept, each with how often in `day_times`. No index has a column that changes: a row is updated in place.
  `CREATE TABLE usage (
    integration_id uuid NOT NULL,
    "use" text NOT NULL,
    principal text COLLATE "C" NOT NULL,
    object text COLLATE "C" NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    times bigint NOT NULL,
    days date[] NOT NULL,
    day_times integer[] NOT NULL,
    PRIMARY KEY (integration_id, "use", principal, object)
  ) WITH (fillfactor = 75)`,
  `CREATE INDEX usage_object ON usage (integration_id, "use", object, principal)`,
  `CREATE TABLE usage_days (
    integration_id uuid NOT NULL,
    "use" text NOT NULL,
    object text COLLATE "C" NOT NULL,
    day date NOT NULL,
    times bigint NOT NULL,
    PRIMARY KEY (integration_id, "use", object, day)
  ) WITH (fillfactor = 75)`,
  // The oldest event whose use was counted: since when there could be one. Events from before this migration say none.
  `CREATE TABLE usage_since (
    integration_id uuid PRIMARY KEY,
    since timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
  )`,
  // How many accounts reach an application, and of how many of them the last use was on which day: to count them takes
  // seconds in a large organisation, so it is done after a sync and not for each question.
  `CREATE TABLE access_counts (
    integration_id uuid NOT NULL,
    application text COLLATE "C" NOT NULL,
    accounts integer NOT NULL,
    last_at timestamptz,
    last_days date[] NOT NULL,
    last_accounts integer[] NOT NULL,
    PRIMARY KEY (integration_id, application)
  )`,
  `CREATE TABLE access_counted (
    integration_id uuid PRIMARY KEY,
    counted_at timestamptz
  )`,
  // Groups in groups, of which most organisations have none: the way down from a group must not go through its people.
  `CREATE INDEX memberships_nested ON memberships (integration_id, "group") WHERE member_kind = 'group'`,
  // What has come and gone since a day. Rows lie in the order in which they came, so that a summary of each stretch is enough,
  // and costs a sync nothing; those that are gone are few.
  ...DATED.flatMap((table) => [
    `CREATE INDEX ${table}_came ON ${table} USING brin (present_since) WITH (pages_per_range = 32, autosummarize = on)`,
    `CREATE INDEX ${table}_went ON ${table} (integration_id, removed_at) WHERE removed_at IS NOT NULL`,
  ]),
];

const DOWN = [
  `DROP INDEX memberships_nested`,
  ...DATED.map((table) => `DROP INDEX ${table}_came, ${table}_went`),
  `DROP TABLE access_counted, access_counts, usage_since, usage_days, usage`,
  ...Object.keys(RETURNING).map((table) => `DROP TRIGGER "${table}_past" ON "${table}"`),
  `DROP FUNCTION keep_past_presence`,
  `DROP TABLE past_presences`,
  `ALTER TABLE stream_state DROP COLUMN first_complete_at`,
  `ALTER TABLE activity DROP COLUMN "use", DROP COLUMN "used"`,
];

/** What "since when", "until when" and "whether it is used" are answered from. */
export class Visibility1764280000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
