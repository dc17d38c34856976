import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import type { FindingStatus, SeverityNumber } from '../findings/finding.js';
import { Bindings } from '../records/row-query.js';
import {
  type Incident,
  INCIDENT_STATUSES,
  type IncidentConditions,
  incidentConditions,
  type IncidentEvent,
  type IncidentSort,
  type IncidentStatus,
} from './incident.js';

export interface IncidentPage {
  readonly incidents: readonly Incident[];
  /** For `after`; `null` on the last page. */
  readonly next: string | null;
}

export interface IncidentPageQuery extends IncidentConditions {
  readonly sort?: IncidentSort;
  readonly after?: string | undefined;
  readonly limit?: number;
}

/** A finding of an incident. */
export interface IncidentFindingRow {
  readonly id: string;
  readonly incidentId: string;
  readonly rule: string;
  readonly title: string | null;
  readonly severity: SeverityNumber;
  readonly confidence: 1 | 2 | 3;
  readonly status: FindingStatus;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The first of its events may be of what lies below it: that was before its own first. */
  readonly beganAt: Date;
  readonly events: readonly string[];
}

const COLUMNS = `n.id, n.integration_id AS "integrationId", i.name AS "integrationName", n.subject_kind AS "subjectKind",
  n.subject_key AS "subjectKey", n.subject_label AS "subjectLabel", n.sessions, n.status, n.verdict, n.severity, n.confidence, n.findings,
  n.rule, w.title, n.first_at AS "firstAt", n.last_at AS "lastAt", n.owner_id AS "ownerId", u.name AS "ownerName",
  n.opened_at AS "openedAt", n.changed_at AS "changedAt", n.closed_at AS "closedAt"`;
const FOUND = `f.id, d.incident_id AS "incidentId", f.rule, f.evidence ->> 'title' AS title, f.severity, d.confidence, f.status,
  d.first_at AS "firstAt", d.last_at AS "lastAt", least(d.first_at, (f.evidence ->> 'since')::timestamptz) AS "beganAt", d.events`;
const POSITION = `n.severity || '|' || n.confidence || '|' || ${instantText('n.last_at')} || '|' || n.id`;

/** Further apart, the same person in two incidents is no sign that they belong together. */
const NEAR = `interval '24 hours'`;
const MOST_RELATED = 20;
/** Of each so many say why. */
const MOST_SHARED = 5;

/** What happened, by actor; what becomes of it: {@link IncidentChanges}. */
export class IncidentRepository {
  constructor(private readonly database: Database) {}

  /** Each status is read by itself along an index, as far as the page goes, and the best of all are taken. */
  async page(workspaceId: string, query: IncidentPageQuery): Promise<IncidentPage> {
    const { sort = 'worst', after, limit = 100, statuses = INCIDENT_STATUSES, ...others } = query;
    const bindings = new Bindings();
    const { bind } = bindings;
    const conditions = [
      ...incidentConditions(workspaceId, others, bindings),
      'n.status = s.status',
      '(SELECT true FROM integrations i WHERE i.id = n.integration_id)',
    ];
    if (after !== undefined) {
      const [severity = '', confidence = '', lastAt = '', id = ''] = after.split('|');
      const place = `${bind(lastAt)}::timestamptz, ${bind(id)}::uuid`;
      conditions.push(
        sort === 'newest'
          ? `(n.last_at, n.id) < (${place})`
          : `(n.severity, n.confidence, n.last_at, n.id) < (${bind(severity)}::smallint, ${bind(confidence)}::smallint, ${place})`,
      );
    }
    const youngest = 'n.last_at DESC, n.id DESC';
    const order = sort === 'newest' ? youngest : `n.severity DESC, n.confidence DESC, ${youngest}`;
    const best = `ORDER BY ${order} LIMIT ${bind(limit + 1)}`;
    const rows = await this.database.query<Incident & { readonly position: string }>(
      `SELECT ${COLUMNS}, ${POSITION} AS position
       FROM unnest(${bind([...new Set(statuses)])}::text[]) AS s (status)
         CROSS JOIN LATERAL (SELECT n.* FROM incidents n WHERE ${conditions.join(' AND ')} ${best}) n
         JOIN integrations i ON i.id = n.integration_id LEFT JOIN users u ON u.id = n.owner_id
         LEFT JOIN LATERAL (
           SELECT f.evidence ->> 'title' AS title FROM detection_findings d JOIN findings f ON f.id = d.finding_id
           WHERE d.incident_id = n.id AND f.rule = n.rule LIMIT 1
         ) w ON true
       ${best}`,
      bindings.values,
    );
    const shown = rows.slice(0, limit);
    return {
      incidents: shown.map(({ position: _position, ...incident }) => incident),
      next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
    };
  }

  async find(workspaceId: string, id: string): Promise<Incident | undefined> {
    return (await this.page(workspaceId, { ids: [id], limit: 1 })).incidents[0];
  }

  /**
   * Others of the same organisation, within a day of it, that have somebody in common with it: the worst first, at most 20.
   * `shared`: keys of accounts, at most five.
   */
  async related(
    workspaceId: string,
    id: string,
  ): Promise<readonly { readonly incident: Incident; readonly shared: readonly string[] }[]> {
    const near = await this.database.query<{ readonly id: string; readonly shared: readonly string[] }>(
      `SELECT n.id, ARRAY(SELECT unnest(n.people) INTERSECT SELECT unnest(o.people) ORDER BY 1 LIMIT ${MOST_SHARED}) AS shared
       FROM incidents o JOIN incidents n ON n.people && o.people AND n.integration_id = o.integration_id AND n.id <> o.id
         AND n.first_at <= o.last_at + ${NEAR} AND n.last_at >= o.first_at - ${NEAR}
       WHERE o.workspace_id = $1 AND o.id = $2
       ORDER BY n.severity DESC, n.confidence DESC, n.last_at DESC, n.id DESC LIMIT ${MOST_RELATED}`,
      [workspaceId, id],
    );
    if (near.length === 0) return [];
    const shared = new Map(near.map((one) => [one.id, one.shared]));
    const { incidents } = await this.page(workspaceId, { ids: [...shared.keys()], limit: MOST_RELATED });
    return incidents.map((incident) => ({ incident, shared: shared.get(incident.id) ?? [] }));
  }

  /** Those that are not closed. */
  async counts(
    workspaceId: string,
    query: IncidentConditions,
  ): Promise<readonly { readonly status: IncidentStatus; readonly severity: SeverityNumber; readonly count: number }[]> {
    const bindings = new Bindings();
    const conditions = [...incidentConditions(workspaceId, query, bindings), `n.status <> 'closed'`];
    return this.database.query(
      `SELECT n.status, n.severity, count(*)::integer AS count FROM incidents n JOIN integrations i ON i.id = n.integration_id
       WHERE ${conditions.join(' AND ')} GROUP BY 1, 2 ORDER BY 1, 2`,
      bindings.values,
    );
  }

  /** In the order of their first events; at most 200. */
  async findingsOf(id: string): Promise<readonly IncidentFindingRow[]> {
    return this.findingsOfEach([id], 200);
  }

  /** Of several incidents, of each in the order of their first events. @param most of each */
  async findingsOfEach(ids: readonly string[], most: number): Promise<readonly IncidentFindingRow[]> {
    return this.database.query<IncidentFindingRow>(
      `SELECT f.* FROM unnest($1::uuid[]) AS s (id) CROSS JOIN LATERAL (
         SELECT ${FOUND} FROM detection_findings d JOIN findings f ON f.id = d.finding_id WHERE d.incident_id = s.id
         ORDER BY d.first_at, f.id LIMIT $2
       ) f ORDER BY "firstAt", id`,
      [ids, most],
    );
  }

  /** What rules have found, of these findings. */
  async found(findingIds: readonly string[]): Promise<readonly IncidentFindingRow[]> {
    if (findingIds.length === 0) return [];
    return this.database.query<IncidentFindingRow>(
      `SELECT ${FOUND} FROM detection_findings d JOIN findings f ON f.id = d.finding_id WHERE d.finding_id = ANY ($1::uuid[])`,
      [findingIds],
    );
  }

  /** Newest first; the latest 200. */
  async events(id: string): Promise<readonly IncidentEvent[]> {
    return this.database.query<IncidentEvent>(
      `SELECT id::text AS id, at, kind, actor, detail FROM incident_events WHERE incident_id = $1 ORDER BY id DESC LIMIT 200`,
      [id],
    );
  }
}
