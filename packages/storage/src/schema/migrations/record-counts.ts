import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen, like the tables themselves: kind by table. */
const KINDS: Readonly<Record<string, string>> = {
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
  activity: 'activity',
};

const UP = [
  // No foreign key, like the tables that are counted. A page updates its row in place: there is room left for that.
  `CREATE TABLE record_counts (
    integration_id uuid NOT NULL,
    kind text NOT NULL,
    present bigint NOT NULL,
    removed bigint NOT NULL,
    PRIMARY KEY (integration_id, kind)
  ) WITH (fillfactor = 50)`,
  ...Object.entries(KINDS).map(
    ([table, kind]) => `INSERT INTO record_counts (integration_id, kind, present, removed)
      SELECT integration_id, '${kind}', count(*) FILTER (WHERE removed_at IS NULL), count(*) FILTER (WHERE removed_at IS NOT NULL)
      FROM "${table}" GROUP BY integration_id`,
  ),
  // An event is asked for by its key alone; its primary key begins with the time.
  `CREATE INDEX activity_key ON activity (integration_id, key)`,
  `CREATE INDEX sweep_holds_newest ON sweep_holds (integration_id, created_at DESC, id)`,
];

const DOWN = [`DROP INDEX sweep_holds_newest`, `DROP INDEX activity_key`, `DROP TABLE record_counts`];

/** How many rows of each kind an integration has, kept by those who write them; and what the API's reads walk along. */
export class RecordCounts1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
