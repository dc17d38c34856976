import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen, like the tables: the names in what is there already. Later ones are added as they are found. */
const NAMES = `
  WITH named AS (
    SELECT d.incident_id, f.evidence ->> 'title' AS title, p ->> 'id' AS key, p ->> 'name' AS name
    FROM detection_findings d JOIN findings f ON f.id = d.finding_id LEFT JOIN LATERAL jsonb_array_elements(
      coalesce(f.evidence -> 'actors', '[]') || coalesce(f.evidence -> 'targets', '[]')
    ) p ON p ->> 'type' = 'User'
  )
  UPDATE incidents i SET
    people = ARRAY(SELECT key FROM (
        SELECT i.subject_key AS key WHERE i.subject_kind = 'account'
        UNION SELECT n.key FROM named n WHERE n.incident_id = i.id AND n.key IS NOT NULL
      ) k ORDER BY key COLLATE "C" LIMIT 500),
    search_text = lower(concat_ws(E'\\n', i.subject_label, (
        SELECT string_agg(DISTINCT line, E'\\n') FROM named n, LATERAL (VALUES (n.title), (n.name)) l (line) WHERE n.incident_id = i.id
      ), (
        SELECT string_agg(DISTINCT t.search_text, E'\\n') FROM named n
          JOIN accounts t ON t.integration_id = i.integration_id AND t.key = n.key COLLATE "C" WHERE n.incident_id = i.id
      )) COLLATE "C")`;

/** As for accounts and groups: whoever may not make the extension goes through all rows (ADR 37). */
const SEARCHED = `DO $$ DECLARE place text; BEGIN
    SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm' AND has_schema_privilege(n.oid, 'USAGE');
    IF place IS NOT NULL THEN
      EXECUTE format('CREATE INDEX incidents_searched ON incidents USING gin ((search_text COLLATE "C") %I.gin_trgm_ops)', place);
    END IF;
  END $$`;

const UP = [
  `ALTER TABLE incidents
    -- Keys of the accounts that its findings name, whether they did it or it was done to them: at most 500.
    ADD COLUMN people text[] NOT NULL DEFAULT '{}',
    -- What these are called, and its rules, in small letters.
    ADD COLUMN search_text text NOT NULL DEFAULT ''`,
  NAMES,
  `CREATE INDEX incidents_people ON incidents USING gin (people)`,
  SEARCHED,
];

const DOWN = ['ALTER TABLE incidents DROP COLUMN people, DROP COLUMN search_text'];

/** Whom an incident is about, beside its subject: what relates it to others, and what it is searched by. */
export class IncidentPeople1764370000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
