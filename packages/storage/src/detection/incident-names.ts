import type { Queries } from '../database/database.js';

/** Of an incident that has more, those of the latest findings are read: what the others name is known by then. */
const LATEST = 200;
const MOST_PEOPLE = 500;
const MOST_LINES = 1_000;
const LONGEST = 500;

/**
 * Adds to incidents the people that their findings name, and what they are searched by: these and their rules, in small letters.
 * In the caller's transaction. A name that was there stays, also when somebody is called otherwise by now.
 */
export async function nameIncidents(queries: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.query(
    `WITH named AS (
       SELECT d.incident_id, f.evidence ->> 'title' AS title, p ->> 'id' AS key, p ->> 'name' AS name
       FROM unnest($1::uuid[]) AS s (id) CROSS JOIN LATERAL (
           SELECT d.* FROM detection_findings d WHERE d.incident_id = s.id ORDER BY d.first_at DESC LIMIT ${LATEST}
         ) d JOIN findings f ON f.id = d.finding_id
         LEFT JOIN LATERAL jsonb_array_elements(
           coalesce(f.evidence -> 'actors', '[]') || coalesce(f.evidence -> 'targets', '[]')
         ) p ON p ->> 'type' = 'User'
     ), whole AS (
       SELECT i.id,
         ARRAY(SELECT key FROM (
             SELECT i.subject_key AS key, 0 AS place WHERE i.subject_kind = 'account'
             UNION ALL SELECT unnest(i.people), 1
             UNION ALL SELECT n.key, 2 FROM named n WHERE n.incident_id = i.id AND n.key IS NOT NULL
           ) k GROUP BY key ORDER BY min(place), key COLLATE "C" LIMIT ${MOST_PEOPLE}) AS people,
         ARRAY(SELECT line FROM (
             SELECT unnest(string_to_array(i.search_text, E'\\n')) AS line, 0 AS place
             UNION ALL SELECT lower(left(translate(i.subject_label, E'\\n', ' '), ${LONGEST}) COLLATE "C"), 1
             UNION ALL SELECT lower(left(translate(l.line, E'\\n', ' '), ${LONGEST}) COLLATE "C"), 1 FROM named n, LATERAL (VALUES (n.title), (n.name)) l (line) WHERE n.incident_id = i.id
             UNION ALL SELECT left(translate(t.search_text, E'\\n', ' '), ${LONGEST}), 1 FROM named n
               JOIN accounts t ON t.integration_id = i.integration_id AND t.key = n.key COLLATE "C" WHERE n.incident_id = i.id
           ) k WHERE line <> '' GROUP BY line ORDER BY min(place), line COLLATE "C" LIMIT ${MOST_LINES}) AS lines
       FROM incidents i WHERE i.id = ANY ($1::uuid[])
     )
     UPDATE incidents i SET people = w.people, search_text = array_to_string(w.lines, E'\\n') FROM whole w
     WHERE i.id = w.id AND NOT (i.people @> w.people AND string_to_array(i.search_text, E'\\n') @> w.lines)`,
    [[...new Set(ids)]],
  );
}
