import type { IncidentTimeline, TimelineEvent } from '@castellan/api';
import type { Incident, IncidentFindingRow, Queries } from '@castellan/storage';

const MOST = 500;
const HOUR_MS = 3_600_000;

interface EventRow {
  readonly key: string;
  readonly published: Date;
  readonly type: string;
  readonly message: string | null;
  readonly outcome: string | null;
  readonly outcomeReason: string | null;
  readonly actor: Party | null;
  readonly targets: readonly Party[];
  readonly client: Client | null;
}

interface Party {
  readonly id: string | null;
  readonly type: string | null;
  readonly login: string | null;
  readonly displayName: string | null;
}

interface Client {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

const COLUMNS = `a.key, a.published, a.type, a.message, a.outcome, a.outcome_reason AS "outcomeReason", a.actor, a.targets, a.client`;

const WITHIN = 'a.integration_id = $1 AND a.published BETWEEN $2 AND $3';
/** The first, as far as are shown, and one to see whether there are more. */
const FIRST = `ORDER BY a.published LIMIT ${MOST + 1}`;

/** Each half goes along an index of its own; one condition for both would go through all that everybody has done. */
const OF_ACCOUNT = `SELECT * FROM (
    (SELECT ${COLUMNS} FROM activity a WHERE ${WITHIN} AND left(a.actor ->> 'id', 200) = left($5, 200) ${FIRST})
    UNION ALL
    (SELECT ${COLUMNS} FROM activity a WHERE ${WITHIN} AND jsonb_path_query_array(a.targets, '$[*].id') ? $5
       AND left(a.actor ->> 'id', 200) IS DISTINCT FROM left($5, 200) ${FIRST})
  ) a ${FIRST}`;
const OF_ADDRESS = `SELECT ${COLUMNS} FROM activity a WHERE ${WITHIN} AND left(a.client ->> 'ip', 100) = left($5, 100) ${FIRST}`;

/** What the log says of whom an incident is about, around it, and all that its findings are made of. */
export async function incidentTimeline(
  queries: Queries,
  { integrationId, subjectKind, subjectKey, firstAt, lastAt }: Incident,
  findings: readonly IncidentFindingRow[],
): Promise<IncidentTimeline> {
  const [from, to] = [new Date(firstAt.getTime() - HOUR_MS), new Date(lastAt.getTime() + HOUR_MS)];
  const began = new Date(Math.min(from.getTime(), ...findings.map(({ beganAt }) => beganAt.getTime())));
  const keys = [...new Set(findings.flatMap(({ events }) => events))];
  const rows = await queries.query<EventRow>(
    `SELECT * FROM (
       (SELECT ${COLUMNS} FROM activity a WHERE a.integration_id = $1 AND a.published BETWEEN $6 AND $3
          AND a.key = ANY ($4::text[]) ${FIRST})
       UNION ALL
       (SELECT * FROM (${subjectKind === 'account' ? OF_ACCOUNT : OF_ADDRESS}) o WHERE NOT o.key = ANY ($4::text[]))
     ) e ORDER BY published, key`,
    [integrationId, from, to, keys, subjectKey, began],
  );
  const named = new Map<string, string[]>();
  for (const { id, events } of findings) for (const key of events) named.set(key, [...(named.get(key) ?? []), id]);
  const events = rows.map((row) => timelineEvent(row, named.get(row.key) ?? []));
  return { from: from.toISOString(), to: to.toISOString(), events: kept(events), isCut: events.length > MOST };
}

const MOST_OF_FINDING = 200;

/** What the log still has of the first events of a finding. */
export async function findingEvents(
  queries: Queries,
  integrationId: string,
  { id, beganAt, lastAt, events }: Pick<IncidentFindingRow, 'id' | 'beganAt' | 'lastAt' | 'events'>,
): Promise<readonly TimelineEvent[]> {
  const rows = await queries.query<EventRow>(
    `SELECT ${COLUMNS} FROM activity a WHERE ${WITHIN} AND a.key = ANY ($4::text[]) ORDER BY a.published, a.key LIMIT $5`,
    [integrationId, beganAt, lastAt, events, MOST_OF_FINDING],
  );
  return rows.map((row) => timelineEvent(row, [id]));
}

/** Of too many those that findings are made of come first. */
function kept(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  if (events.length <= MOST) return events;
  const own = events.filter(({ findings }) => findings.length > 0).slice(0, MOST);
  const others = events.filter(({ findings }) => findings.length === 0).slice(0, MOST - own.length);
  return [...own, ...others].toSorted((one, other) => (one.published < other.published ? -1 : 1));
}

function timelineEvent(row: EventRow, findings: readonly string[]): TimelineEvent {
  const { key, type, message, outcome, outcomeReason, actor, client } = row;
  return {
    key,
    published: row.published.toISOString(),
    type,
    message,
    outcome,
    outcomeReason,
    actor: actor === null ? null : { id: actor.id ?? '', label: labelOf(actor) },
    targets: row.targets.map((target) => ({ id: target.id ?? '', type: target.type ?? '', label: labelOf(target) })),
    address: client?.ip ?? null,
    city: client?.city ?? null,
    country: client?.country ?? null,
    latitude: client?.latitude ?? null,
    longitude: client?.longitude ?? null,
    userAgent: client?.userAgent ?? null,
    findings,
  };
}

function labelOf({ displayName, login, id }: Party): string {
  return displayName ?? login ?? id ?? '';
}
