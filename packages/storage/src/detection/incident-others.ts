import type { Queries } from '../database/database.js';
import { namingSql } from '../records/table-fields.js';

/** Accounts that incidents name besides their subjects. */
export interface IncidentOthers {
  /** Those that most of its findings name first; what people call them, or how the log does. */
  readonly first: readonly { readonly key: string; readonly label: string }[];
  readonly count: number;
}

export const MOST_OTHERS = 5;
const MOST_FINDINGS = 20;

interface OtherRow {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

/** Whom it was done to and, of an address or an organisation, also who did it, by the id of the incident. */
export async function othersOfIncidents(
  queries: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, IncidentOthers>> {
  if (ids.length === 0) return new Map();
  const rows = await queries.query<OtherRow>(
    `SELECT o.id, o.key, o.count, coalesce((
       SELECT ${namingSql('account').label} FROM accounts t WHERE t.integration_id = o.integration_id AND t.key = o.key COLLATE "C" LIMIT 1
     ), o.name) AS label
     FROM (
       SELECT n.id, n.integration_id, p ->> 'id' AS key, min(p ->> 'name') AS name, count(*) OVER (PARTITION BY n.id)::integer AS count,
         row_number() OVER (PARTITION BY n.id ORDER BY count(*) DESC, min(p ->> 'name') COLLATE "C", p ->> 'id') AS place
       FROM incidents n CROSS JOIN LATERAL (
           SELECT d.finding_id FROM detection_findings d WHERE d.incident_id = n.id ORDER BY d.first_at, d.finding_id LIMIT ${MOST_FINDINGS}
         ) d JOIN findings f ON f.id = d.finding_id CROSS JOIN LATERAL jsonb_array_elements(
           coalesce(f.evidence -> 'targets', '[]')
             || CASE WHEN n.subject_kind = 'account' THEN '[]' ELSE coalesce(f.evidence -> 'actors', '[]') END
         ) p
       WHERE n.id = ANY ($1::uuid[]) AND p ->> 'type' = 'User' AND p ->> 'id' <> n.subject_key
       GROUP BY n.id, n.integration_id, p ->> 'id'
     ) o WHERE place <= ${MOST_OTHERS} ORDER BY id, place`,
    [ids],
  );
  const others = new Map<string, IncidentOthers>();
  for (const { id, key, label, count } of rows)
    others.set(id, { first: [...(others.get(id)?.first ?? []), { key, label }], count });
  return others;
}
