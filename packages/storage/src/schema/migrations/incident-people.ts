import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Frozen, like the tables: the names in what is there already. Later ones are added as they are found. */
const NAMES = `
  WITH named AS (
    SELECT d.incident_id, f.evidence ->> 'title' AS title, p ->> 'id' AS key, p ->> 'name' AS name
    FROM detection_findings d JOIN findings f ON f.id = d.finding_id LEFT JOIN LATERAL jsonb_array_elements(
      coalesce(f.evidence -> 'actors', '[]') || coalesce(f.evidence -> 'targets', '[]')
    ) p ON p ->> 'type' = 'User'
  ), keys AS (
    SELECT incident_id, key FROM named WHERE key IS NOT NULL
    UNION SELECT id, subject_key FROM incidents WHERE subject_kind = 'account'
  ), people AS (
    SELECT incident_id, (array_agg(key ORDER BY key COLLATE "C"))[1:500] AS keys FROM keys GROUP BY incident_id
  ), lines AS (
    SELECT n.incident_id, l.line FROM named n, LATERAL (VALUES (n.title), (n.name)) l (line)
    UNION SELECT k.incident_id, t.search_text FROM keys k JOIN incidents i ON i.id = k.incident_id
      JOIN accounts t ON t.integration_id = i.integration_id AND t.key = k.key COLLATE "C"
  ), texts AS (
    SELECT incident_id, string_agg(line, E'\\n') AS text FROM lines GROUP BY incident_id
  )
  UPDATE incidents i SET
    people = coalesce(p.keys, '{}'), search_text = lower(concat_ws(E'\\n', i.subject_label, t.text) COLLATE "C")
  FROM incidents j LEFT JOIN people p ON p.incident_id = j.id LEFT JOIN texts t ON t.incident_id = j.id
  WHERE j.id = i.id`;

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
