import type { ResponseRole, ResponseSubject } from '@castellan/api';
import type { IncidentFindingRow, Storage } from '@castellan/storage';

/** Beside a finding there is room for so many. */
const MOST_RECORDS = 20;
const MOST_ADDRESSES = 10;
/** What an attack touches shows in its first events; a flood of them names nobody else. */
const MOST_EVENTS = 1_000;

interface NamedByEvents {
  readonly role: 'actor' | 'target' | 'address';
  readonly key: string;
}

/** In `$2` to `$3` the events by their keys; who is actor somewhere is no target beside it. */
const NAMED = `WITH e AS (
    SELECT a.actor ->> 'id' AS actor, jsonb_path_query_array(a.targets, '$[*].id') AS targets, a.client ->> 'ip' AS ip
    FROM activity a WHERE a.integration_id = $1 AND a.published BETWEEN $2 AND $3 AND a.key = ANY ($4::text[])
    ORDER BY a.published LIMIT ${MOST_EVENTS}
  ), n AS (
    SELECT 'actor' AS role, actor AS key FROM e
    UNION ALL SELECT 'target', t.id FROM e CROSS JOIN LATERAL jsonb_array_elements_text(e.targets) t (id)
    UNION ALL SELECT 'address', ip FROM e
  ) SELECT min(role) AS role, key FROM n WHERE key IS NOT NULL GROUP BY key, role = 'address' ORDER BY count(*) DESC, key`;

/**
 * Whom and what the events of findings name: each once, what most of them name first.
 * @param isOfUse whether something can be done to records of a kind
 */
export async function subjectsOfEvents(
  { queries, recordRelations }: Pick<Storage, 'queries' | 'recordRelations'>,
  integrationId: string,
  findings: readonly Pick<IncidentFindingRow, 'beganAt' | 'lastAt' | 'events'>[],
  isOfUse: (kind: string) => boolean,
): Promise<readonly (ResponseSubject & { readonly role: ResponseRole })[]> {
  if (findings.length === 0) return [];
  const times = findings.flatMap(({ beganAt, lastAt }) => [beganAt.getTime(), lastAt.getTime()]);
  const keys = [...new Set(findings.flatMap(({ events }) => events))];
  const named = await queries.query<NamedByEvents>(NAMED, [
    integrationId,
    new Date(Math.min(...times)),
    new Date(Math.max(...times)),
    keys,
  ]);
  const roles = new Map(named.filter(({ role }) => role !== 'address').map(({ key, role }) => [key, role]));
  const records = await recordRelations.spokenOf(integrationId, [...roles.keys()]);
  const addresses = named.filter(({ role }) => role === 'address').slice(0, MOST_ADDRESSES);
  return [
    ...records
      .filter(({ kind }) => isOfUse(kind))
      .slice(0, MOST_RECORDS)
      .map(({ kind, key, label, detail }) => ({
        kind,
        key,
        label,
        detail,
        role: roles.get(key) ?? ('target' as const),
      })),
    ...addresses.map(({ key }) => ({ kind: 'address', key, label: key, detail: null, role: 'address' as const })),
  ];
}
