import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import { Bindings } from '../records/row-query.js';
import { type Finding, FINDING_STATUSES, type FindingEvent, type FindingStatus, type SeverityNumber } from './finding.js';
import { type FindingConditions, findingConditions, type FindingSort } from './finding-query.js';

export interface FindingPageQuery extends FindingConditions {
  readonly sort?: FindingSort;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

export interface FindingPage {
  readonly findings: readonly Finding[];
  /** For `after`: `severity|instant|id`; `null` on the last page. */
  readonly next: string | null;
}

/** How many findings there are of each status and severity. */
export interface FindingCount {
  readonly status: FindingStatus;
  readonly severity: SeverityNumber;
  readonly count: number;
}

const COLUMNS = `f.id, f.integration_id AS "integrationId", i.name AS "integrationName", f.source, f.rule, f.subject_kind AS "subjectKind",
  f.subject_key AS "subjectKey", encode(f.fingerprint, 'hex') AS fingerprint, f.severity, f.status, f.evidence, f.owner_id AS "ownerId",
  u.name AS "ownerName", f.excepted_until AS "exceptedUntil", f.excepted_reason AS "exceptedReason", f.first_seen_at AS "firstSeenAt",
  f.opened_at AS "openedAt", f.changed_at AS "changedAt", f.resolved_at AS "resolvedAt"`;
/** What was deleted goes piece by piece. No join: whoever has few integrations would have all findings of each read and sorted. */
const OF_THOSE_THAT_ARE_THERE = '(SELECT true FROM integrations i WHERE i.id = f.integration_id)';
const POSITION = `f.severity || '|' || ${instantText('f.opened_at')} || '|' || f.id`;

/** What is wrong in the organisations of a workspace, read. What becomes of it: {@link FindingChanges}. */
export class FindingRepository {
  constructor(private readonly database: Database) {}

  /**
   * Each status is read by itself, as far as the page goes, and the best of all are taken: so every list is read along an index,
   * however few of the findings are of the statuses that were asked for.
   */
  async page(workspaceId: string, query: FindingPageQuery): Promise<FindingPage> {
    const { sort = 'worst', after, limit = 100, statuses = FINDING_STATUSES, ...others } = query;
    const bindings = new Bindings();
    const { bind } = bindings;
    const conditions = [...findingConditions(workspaceId, others, bindings), 'f.status = s.status', OF_THOSE_THAT_ARE_THERE];
    if (after !== undefined) {
      const [severity = '', openedAt = '', id = ''] = after.split('|');
      // Row by row, as the indexes go: what is as severe and as young goes by its id.
      const place = [`${bind(openedAt)}::timestamptz`, `${bind(id)}::uuid`];
      conditions.push(
        sort === 'newest'
          ? `(f.opened_at, f.id) < (${place.join(', ')})`
          : `(f.severity, f.opened_at, f.id) < (${bind(severity)}::smallint, ${place.join(', ')})`,
      );
    }
    const order = sort === 'newest' ? 'f.opened_at DESC, f.id DESC' : 'f.severity DESC, f.opened_at DESC, f.id DESC';
    const best = `ORDER BY ${order} LIMIT ${bind(limit + 1)}`;
    const rows = await this.database.query<Finding & { readonly position: string }>(
      `SELECT ${COLUMNS}, ${POSITION} AS position
       FROM unnest(${bind([...new Set(statuses)])}::text[]) AS s (status)
         CROSS JOIN LATERAL (SELECT f.* FROM findings f WHERE ${conditions.join(' AND ')} ${best}) f
         JOIN integrations i ON i.id = f.integration_id LEFT JOIN users u ON u.id = f.owner_id
       ${best}`,
      bindings.values,
    );
    const shown = rows.slice(0, limit);
    return {
      findings: shown.map(withoutPosition),
      next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
    };
  }

  async find(workspaceId: string, id: string): Promise<Finding | undefined> {
    return (await this.page(workspaceId, { ids: [id], limit: 1 })).findings[0];
  }

  async count(workspaceId: string, query: FindingConditions): Promise<number> {
    const bindings = new Bindings();
    const conditions = findingConditions(workspaceId, query, bindings);
    const [row] = await this.database.query<{ readonly count: number }>(
      `SELECT count(*)::float8 AS count FROM findings f WHERE ${conditions.join(' AND ')}`,
      bindings.values,
    );
    return row?.count ?? 0;
  }

  /** Those that are not resolved. */
  async counts(workspaceId: string, query: FindingConditions): Promise<readonly FindingCount[]> {
    const bindings = new Bindings();
    const conditions = [...findingConditions(workspaceId, query, bindings), `f.status <> 'resolved'`];
    return this.database.query<FindingCount>(
      `SELECT f.status, f.severity, count(*)::integer AS count FROM findings f WHERE ${conditions.join(' AND ')} GROUP BY 1, 2 ORDER BY 1, 2`,
      bindings.values,
    );
  }

  /** Newest first, of one finding; the latest 200. */
  async events(workspaceId: string, id: string): Promise<readonly FindingEvent[]> {
    return this.database.query<FindingEvent>(
      `SELECT e.id::text AS id, e.at, e.kind, e.actor, e.detail FROM finding_events e JOIN findings f ON f.id = e.finding_id
       WHERE f.workspace_id = $1 AND f.id = $2 ORDER BY e.id DESC LIMIT 200`,
      [workspaceId, id],
    );
  }
}

function withoutPosition(row: Finding & { readonly position: string }): Finding {
  const { position: _position, ...finding } = row;
  return finding;
}
