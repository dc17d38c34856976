import type { JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';
import type { Database, Queries } from '../database/database.js';
import type { IncidentEvent, IncidentVerdict } from './incident.js';
import { tellIncidents } from './tell-found.js';

/** What people do with incidents. */
export type IncidentChange =
  | { readonly do: 'acknowledge' | 'unacknowledge' | 'reopen' }
  | { readonly do: 'close'; readonly verdict: IncidentVerdict; readonly reason: string }
  | { readonly do: 'assign'; readonly ownerId: string | null; readonly ownerName: string | null }
  | { readonly do: 'comment'; readonly text: string };

interface Step {
  readonly event: IncidentEvent['kind'];
  /** Which incidents it can be done to. */
  readonly from: string;
  /** Of `from`, from `$3`. */
  readonly fromValues?: readonly unknown[];
  /** What becomes of the row; `null`: it stays as it is. */
  readonly set: string | null;
  /** Of `set`, from `$2`. */
  readonly values: readonly unknown[];
  readonly detail: JsonObject | null;
  /** What becomes of its findings, and of which. */
  readonly findings: { readonly from: string; readonly set: string; readonly event: string } | null;
}

/** The life cycle of incidents, by people. Their findings go with them, and everything is in the histories. */
export class IncidentChanges {
  constructor(private readonly database: Database) {}

  /** One that is so already, or cannot be, is left alone. @returns how many were changed */
  async apply(workspaceId: string, ids: readonly string[], change: IncidentChange, actor: AuditActor): Promise<number> {
    const step = stepOf(change);
    return this.database.transaction(async (queries) => {
      const chosen = await queries.query<{ readonly id: string }>(
        `SELECT n.id FROM incidents n JOIN integrations i ON i.id = n.integration_id
         WHERE n.workspace_id = $1 AND n.id = ANY ($2::uuid[]) AND ${step.from} ORDER BY n.id FOR UPDATE OF n`,
        [workspaceId, ids, ...(step.fromValues ?? [])],
      );
      const changed = chosen.map(({ id }) => id);
      if (changed.length === 0) return 0;
      if (step.set !== null)
        await queries.query(`UPDATE incidents n SET ${step.set}, changed_at = now() WHERE n.id = ANY ($1::uuid[])`, [
          changed,
          ...step.values,
        ]);
      const [by, detail] = [JSON.stringify(actor), step.detail === null ? null : JSON.stringify(step.detail)];
      await queries.query(
        `INSERT INTO incident_events (incident_id, kind, actor, detail) SELECT id, $2, $3::jsonb, $4::jsonb FROM unnest($1::uuid[]) AS s (id)`,
        [changed, step.event, by, detail],
      );
      if (step.findings !== null) await changeFindings(queries, changed, step.findings, by, detail);
      await tellIncidents(queries, changed);
      return changed.length;
    });
  }
}

async function changeFindings(
  queries: Queries,
  incidents: readonly string[],
  { from, set, event }: NonNullable<Step['findings']>,
  by: string,
  detail: string | null,
): Promise<void> {
  await queries.query(
    `WITH changed AS (
       UPDATE findings f SET ${set}, changed_at = now() FROM detection_findings d
       WHERE d.incident_id = ANY ($1::uuid[]) AND f.id = d.finding_id AND ${from} RETURNING f.id
     ) INSERT INTO finding_events (finding_id, kind, actor, detail) SELECT id, $2, $3::jsonb, $4::jsonb FROM changed`,
    [incidents, event, by, detail],
  );
}

/** And not because a late event has shown that there is none, or that it is part of another. */
const CLOSED_BY_SOMEBODY = `f.status = 'resolved' AND (
  SELECT e.actor IS NOT NULL FROM finding_events e WHERE e.finding_id = f.id AND e.kind = 'resolved' ORDER BY e.id DESC LIMIT 1
)`;

function stepOf(change: IncidentChange): Step {
  const plain = { values: [], detail: null };
  switch (change.do) {
    case 'acknowledge':
      return {
        ...plain,
        event: 'acknowledged',
        from: `n.status = 'open'`,
        set: `status = 'acknowledged'`,
        findings: { from: `f.status = 'open'`, set: `status = 'acknowledged'`, event: 'acknowledged' },
      };
    case 'unacknowledge':
      return {
        ...plain,
        event: 'unacknowledged',
        from: `n.status = 'acknowledged'`,
        set: `status = 'open'`,
        findings: { from: `f.status = 'acknowledged'`, set: `status = 'open'`, event: 'unacknowledged' },
      };
    case 'close':
      return {
        event: 'closed',
        from: `n.status <> 'closed'`,
        set: `status = 'closed', closed_at = now(), verdict = $2`,
        values: [change.verdict],
        detail: { verdict: change.verdict, reason: change.reason },
        findings: {
          from: `f.status IN ('open', 'acknowledged')`,
          set: `status = 'resolved', resolved_at = now()`,
          event: 'resolved',
        },
      };
    case 'reopen':
      return {
        ...plain,
        event: 'reopened',
        from: `n.status = 'closed' AND EXISTS (
          SELECT 1 FROM detection_findings d JOIN findings f ON f.id = d.finding_id WHERE d.incident_id = n.id AND ${CLOSED_BY_SOMEBODY}
        )`,
        set: `status = 'open', closed_at = NULL, verdict = NULL`,
        findings: {
          from: CLOSED_BY_SOMEBODY,
          set: `status = 'open', resolved_at = NULL`,
          event: 'reopened',
        },
      };
    case 'assign':
      return {
        event: 'owner',
        from: 'n.owner_id IS DISTINCT FROM $3::uuid',
        fromValues: [change.ownerId],
        set: `owner_id = $2::uuid`,
        values: [change.ownerId],
        detail: { id: change.ownerId, name: change.ownerName },
        findings: null,
      };
    case 'comment':
      return { ...plain, event: 'comment', from: 'true', set: null, detail: { text: change.text }, findings: null };
  }
}
