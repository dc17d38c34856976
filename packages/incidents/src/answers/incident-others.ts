import type { IncidentView } from '@castellan/api';
import type { Incident, Queries } from '@castellan/storage';
import { namesOfAccounts } from './account-names.js';

type Others = IncidentView['others'];

export const NOBODY_ELSE: Others = { first: [], count: 0 };

const MOST_FINDINGS = 50;
const MOST_NAMED = 5;

interface OtherRow {
  readonly id: string;
  readonly integrationId: string;
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

/** Whom incidents are about, besides their subjects, by id. */
export async function othersOf(queries: Queries, incidents: readonly Incident[]): Promise<ReadonlyMap<string, Others>> {
  if (incidents.length === 0) return new Map();
  const rows = await queries.query<OtherRow>(
    `SELECT id, "integrationId", key, name, count FROM (
       SELECT n.id, n.integration_id AS "integrationId", p ->> 'id' AS key, min(p ->> 'name') AS name,
         count(*) OVER (PARTITION BY n.id)::integer AS count,
         row_number() OVER (PARTITION BY n.id ORDER BY count(DISTINCT d.finding_id) DESC, min(p ->> 'name') COLLATE "C", p ->> 'id') AS place
       FROM incidents n CROSS JOIN LATERAL (
           SELECT d.finding_id FROM detection_findings d WHERE d.incident_id = n.id ORDER BY d.first_at, d.finding_id LIMIT ${MOST_FINDINGS}
         ) d JOIN findings f ON f.id = d.finding_id CROSS JOIN LATERAL jsonb_array_elements(
           coalesce(f.evidence -> 'targets', '[]')
             || CASE WHEN n.subject_kind = 'account' THEN '[]' ELSE coalesce(f.evidence -> 'actors', '[]') END
         ) p
       WHERE n.id = ANY ($1::uuid[]) AND p ->> 'type' = 'User' AND p ->> 'id' <> n.subject_key
       GROUP BY n.id, n.integration_id, p ->> 'id'
     ) o WHERE place <= ${MOST_NAMED} ORDER BY id, place`,
    [incidents.map(({ id }) => id)],
  );
  const names = await namesOfAccounts(queries, rows);
  const others = new Map<string, Others>();
  for (const { id, integrationId, key, name, count } of rows) {
    const label = names.get(`${integrationId} ${key}`)?.label ?? name;
    others.set(id, { first: [...(others.get(id)?.first ?? []), { key, label }], count });
  }
  return others;
}
