import type { Queries } from '../database/database.js';

/** Of an incident that has more, those of the latest findings are read: what the others name is known by then. */
const LATEST = 200;
const MOST_PEOPLE = 500;
const MOST_LINES = 1_000;
const LONGEST = 500;

/** Somebody may come from thousands of addresses: where there is no room for all, names go before them. */
const IS_ADDRESS = `line ~ '^[0-9a-f:.]+$'`;

/**
 * Adds to incidents the people that their findings name, and what they are searched by: these, their rules, their addresses and what
 * is said besides, in small letters. In the caller's transaction. A name that was there stays, also when somebody is called otherwise by now.
 * @param besides of an incident, by its id: what its findings do not say
 */
export async function nameIncidents(
  queries: Queries,
  ids: readonly string[],
  besides: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Promise<void> {
  if (ids.length === 0) return;
  const said = Object.fromEntries([...besides].map(([id, words]) => [id, [...words]]));
  await queries.query(
    `UPDATE incidents i SET people = w.people, search_text = array_to_string(w.lines, E'\\n')
     FROM incidents o CROSS JOIN LATERAL (
       -- Of each incident by itself: together, each would go through the names of all.
       WITH latest AS MATERIALIZED (
         SELECT f.evidence
         FROM (SELECT d.* FROM detection_findings d WHERE d.incident_id = o.id ORDER BY d.first_at DESC LIMIT ${LATEST}) d
           JOIN findings f ON f.id = d.finding_id
       ), named AS MATERIALIZED (
         SELECT DISTINCT evidence ->> 'title' AS title, p ->> 'id' AS key, p ->> 'name' AS name
         FROM latest LEFT JOIN LATERAL jsonb_array_elements(
             coalesce(evidence -> 'actors', '[]') || coalesce(evidence -> 'targets', '[]')
           ) p ON p ->> 'type' = 'User'
       )
       SELECT
         ARRAY(SELECT key FROM (
             SELECT o.subject_key AS key, 0 AS place WHERE o.subject_kind = 'account'
             UNION ALL SELECT unnest(o.people), 1
             UNION ALL SELECT key, 2 FROM named WHERE key IS NOT NULL
           ) k GROUP BY key ORDER BY min(place), key COLLATE "C" LIMIT ${MOST_PEOPLE}) AS people,
         ARRAY(SELECT line FROM (
             SELECT unnest(string_to_array(o.search_text, E'\\n')) AS line, 0 AS place
             UNION ALL SELECT ${line('o.subject_label')}, 1
             UNION ALL SELECT ${line('title')}, 1 FROM named
             UNION ALL SELECT ${line('name')}, 1 FROM named
             UNION ALL SELECT ${line('t.search_text')}, 1 FROM (SELECT DISTINCT key FROM named) n
               JOIN accounts t ON t.integration_id = o.integration_id AND t.key = n.key COLLATE "C"
             UNION ALL SELECT ${line('b')}, 1 FROM jsonb_array_elements_text(coalesce($2::jsonb -> o.id::text, '[]')) b
             UNION ALL SELECT ${line("a ->> 'value'")}, 1 FROM latest, jsonb_array_elements(coalesce(evidence -> 'addresses', '[]')) a
           ) k WHERE line <> '' GROUP BY line ORDER BY ${IS_ADDRESS}, min(place), line COLLATE "C" LIMIT ${MOST_LINES}) AS lines
     ) w
     WHERE o.id = ANY ($1::uuid[]) AND i.id = o.id
       AND NOT (i.people @> w.people AND string_to_array(i.search_text, E'\\n') @> w.lines)`,
    [[...new Set(ids)], JSON.stringify(said)],
  );
}

/** A text as one line of what is searched. */
function line(text: string): string {
  return `lower(left(translate(${text}, E'\\n', ' '), ${LONGEST}) COLLATE "C")`;
}
