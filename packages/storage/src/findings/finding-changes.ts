import type { JsonObject } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';
import type { Database } from '../database/database.js';
import { refreshIncidentsOf } from '../detection/incident-standing.js';
import { Bindings } from '../records/row-query.js';
import type { FindingEventKind } from './finding.js';
import { type FindingConditions, findingConditions } from './finding-query.js';

/** What people do with findings. */
export type FindingChange =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'unacknowledge' }
  | { readonly do: 'except'; readonly until: Date; readonly reason: string }
  | { readonly do: 'end_exception' }
  | { readonly do: 'assign'; readonly ownerId: string | null; readonly ownerName: string | null }
  | { readonly do: 'comment'; readonly text: string }
  | { readonly do: 'by_hand'; readonly note: string };

interface Step {
  readonly event: FindingEventKind;
  /** Which findings it can be done to. */
  readonly from: string;
  /** What becomes of the row; `null`: it stays as it is, and when it was changed, too. */
  readonly set: string | null;
  readonly detail: JsonObject | null;
}

/** More than a person works through in a year, and few enough for one transaction. */
export const MOST_FINDINGS_AT_ONCE = 10_000;

export class TooManyFindingsError extends Error {
  constructor(readonly count: number) {
    super(`The change is of ${count} findings; at most ${MOST_FINDINGS_AT_ONCE} can be changed at once.`);
  }
}

/** The life cycle of findings, by people and by the calendar. Everything that is done is in the history. */
export class FindingChanges {
  constructor(private readonly database: Database) {}

  /**
   * Changes all that match, or none. One that is so already, or cannot be (a resolved one cannot be acknowledged), is left alone.
   * @returns how many were changed
   * @throws TooManyFindingsError
   */
  async apply(workspaceId: string, which: FindingConditions, change: FindingChange, actor: AuditActor): Promise<number> {
    const bindings = new Bindings();
    const { bind } = bindings;
    const step = stepOf(change, (value) => bind(value));
    const conditions = [...findingConditions(workspaceId, which, bindings), step.from];
    const by = bind(JSON.stringify(actor));
    const detail = bind(step.detail === null ? null : JSON.stringify(step.detail));
    const changed =
      step.set === null
        ? 'SELECT id FROM chosen'
        : `UPDATE findings t SET ${step.set}, changed_at = now() FROM chosen c WHERE t.id = c.id RETURNING t.id`;
    // Nobody waits for what is only said: but the row must be there for as long as that takes.
    const lock = step.set === null ? 'FOR KEY SHARE' : 'FOR UPDATE';
    return this.database.transaction(async (queries) => {
      const [row] = await queries.query<{ readonly ids: readonly string[] }>(
        `WITH chosen AS (
           SELECT f.id FROM findings f WHERE ${conditions.join(' AND ')} ORDER BY f.id LIMIT ${MOST_FINDINGS_AT_ONCE + 1} ${lock}
         ), changed AS (
           ${changed}
         ), told AS (
           INSERT INTO finding_events (finding_id, kind, actor, detail) SELECT id, '${step.event}', ${by}::jsonb, ${detail}::jsonb FROM changed
         )
         SELECT coalesce(array_agg(id), '{}') AS ids FROM changed`,
        bindings.values,
      );
      const ids = row?.ids ?? [];
      const count = ids.length;
      // Undone with the transaction.
      if (count > MOST_FINDINGS_AT_ONCE) throw new TooManyFindingsError(count);
      if (change.do === 'except' || change.do === 'end_exception') await refreshIncidentsOf(queries, ids);
      return count;
    });
  }

  /** Opens what was excepted until now. @returns how many */
  async endExceptions(limit = 1_000): Promise<number> {
    return this.database.transaction(async (queries) => {
      const [row] = await queries.query<{ readonly ids: readonly string[] }>(
        `WITH chosen AS (
         SELECT id FROM findings WHERE status = 'excepted' AND excepted_until <= now() ORDER BY excepted_until LIMIT $1 FOR UPDATE SKIP LOCKED
       ), changed AS (
         UPDATE findings t SET status = 'open', excepted_until = NULL, excepted_reason = NULL, changed_at = now() FROM chosen c WHERE t.id = c.id RETURNING t.id
       ), told AS (
         INSERT INTO finding_events (finding_id, kind) SELECT id, 'exception_ended' FROM changed
       )
       SELECT coalesce(array_agg(id), '{}') AS ids FROM changed`,
        [limit],
      );
      const ids = row?.ids ?? [];
      await refreshIncidentsOf(queries, ids);
      return ids.length;
    });
  }
}

function stepOf(change: FindingChange, bind: (value: unknown) => string): Step {
  switch (change.do) {
    case 'acknowledge':
      return { event: 'acknowledged', from: `f.status = 'open'`, set: `status = 'acknowledged'`, detail: null };
    case 'unacknowledge':
      return { event: 'unacknowledged', from: `f.status = 'acknowledged'`, set: `status = 'open'`, detail: null };
    case 'except': {
      const [until, reason] = [`${bind(change.until)}::timestamptz`, `${bind(change.reason)}::text`];
      return {
        event: 'excepted',
        from: `f.status <> 'resolved'`,
        set: `status = 'excepted', excepted_until = ${until}, excepted_reason = ${reason}`,
        detail: { until: change.until.toISOString(), reason: change.reason },
      };
    }
    case 'end_exception': {
      const set = `status = 'open', excepted_until = NULL, excepted_reason = NULL`;
      return { event: 'exception_ended', from: `f.status = 'excepted'`, set, detail: null };
    }
    case 'assign': {
      const owner = `${bind(change.ownerId)}::uuid`;
      const detail = { id: change.ownerId, name: change.ownerName };
      return { event: 'owner', from: `f.owner_id IS DISTINCT FROM ${owner}`, set: `owner_id = ${owner}`, detail };
    }
    case 'by_hand': {
      // What a rule has found happened: nobody mends that.
      const from = `f.source = 'posture' AND f.status <> 'resolved'`;
      return { event: 'by_hand', from, set: null, detail: { note: change.note } };
    }
    case 'comment':
      return { event: 'comment', from: 'true', set: null, detail: { text: change.text } };
  }
}
