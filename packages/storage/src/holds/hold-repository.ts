import type { RecordKind } from '@castellan/connector-sdk';
import { CountChanges } from '../counts/count-changes.js';
import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';
import { remove, UNSEEN } from '../pages/sweep.js';
import { type ListedRow, pageOf, selectListed, startAfter, walkOf } from '../records/listed-rows.js';
import type { RecordPage } from '../records/record-repository.js';
import { recordTable } from '../schema/record-tables.js';

export const HOLD_STATES = ['open', 'accepted', 'rejected', 'superseded'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** How long it can be looked up what became of a removal. The audit log says for longer who decided. */
const KEPT_DAYS = 90;

/** A sweep that waits for a person: the listing was complete, but would have removed suspiciously much. */
export interface SweepHold {
  readonly id: string;
  readonly integrationId: string;
  readonly stream: string;
  readonly kind: RecordKind;
  readonly wouldRemove: number;
  readonly present: number;
  readonly state: HoldState;
  readonly decidedBy: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

export interface HoldPage {
  readonly holds: readonly SweepHold[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

export interface HoldQuery {
  readonly integrationId?: string | undefined;
  readonly state?: HoldState | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

interface HoldRow extends SweepHold {
  readonly generation: number;
  readonly exempt: readonly string[];
}

export class HoldRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, { integrationId, state, after, limit = 1_000 }: HoldQuery = {}): Promise<HoldPage> {
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<SweepHold & { readonly position: string }>(
      `SELECT ${COLUMNS}, ${instantText('h.created_at')} || '|' || h.id AS position
       FROM sweep_holds h JOIN integrations i ON i.id = h.integration_id
       WHERE i.workspace_id = $1 AND ($2::uuid IS NULL OR i.id = $2) AND ($3::text IS NULL OR h.state = $3)
         AND ($4::timestamptz IS NULL OR (h.created_at <= $4 AND (h.created_at < $4 OR h.id > $5::uuid)))
       ORDER BY h.created_at DESC, h.id LIMIT $6`,
      [workspaceId, integrationId ?? null, state ?? null, createdAt, id, limit + 1],
    );
    const holds = rows.slice(0, limit).map(({ position, ...hold }) => ({ position, hold }));
    return {
      holds: holds.map(({ hold }) => hold),
      next: rows.length > limit ? (holds.at(-1)?.position ?? null) : null,
    };
  }

  async get(workspaceId: string, integrationId: string, holdId: string): Promise<SweepHold | undefined> {
    const [hold] = await this.database.query<SweepHold>(`SELECT ${COLUMNS} ${ONE}`, [workspaceId, integrationId, holdId]);
    return hold;
  }

  /** What `accept` would remove now: nothing, if the hold is not open. By key, like a list of records. */
  async records(
    workspaceId: string,
    integrationId: string,
    holdId: string,
    { after, limit = 100 }: { readonly after?: string | undefined; readonly limit?: number } = {},
  ): Promise<RecordPage> {
    const [hold] = await this.database.query<HoldRow>(`SELECT ${COLUMNS}, h.generation, h.exempt ${ONE} AND h.state = 'open'`, [
      workspaceId,
      integrationId,
      holdId,
    ]);
    if (hold === undefined) return { records: [], next: null };
    const table = recordTable(hold.kind);
    const values: unknown[] = [hold.integrationId, hold.stream, hold.exempt, hold.generation, limit + 1];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const from = after === undefined ? '' : `AND ${startAfter(table, after, bind)}`;
    const rows = await this.database.query<ListedRow>(
      `${selectListed(table)} WHERE ${UNSEEN} ${from} ORDER BY ${walkOf(table)} LIMIT $5`,
      values,
    );
    return pageOf(hold.kind, table, rows, limit);
  }

  /** Removes what the sweep would have removed, except rows that were seen since. `undefined`: no such open hold. */
  async accept(workspaceId: string, holdId: string, decidedBy: string): Promise<{ readonly removed: number } | undefined> {
    return this.database.transaction(async (queries) => {
      const [hold] = await queries.query<HoldRow>(DECIDE, [workspaceId, holdId, 'accepted', decidedBy]);
      if (hold === undefined) return undefined;
      const removed = await remove(queries, hold);
      const counts = new CountChanges();
      counts.disappeared(hold.integrationId, hold.kind, removed);
      await counts.save(queries);
      return { removed };
    });
  }

  /** Keeps the rows. The next complete pass asks again, if they are still not listed. */
  async reject(workspaceId: string, holdId: string, decidedBy: string): Promise<boolean> {
    const rows = await this.database.query(DECIDE, [workspaceId, holdId, 'rejected', decidedBy]);
    return rows.length > 0;
  }

  /** Forgets those that were decided or superseded long ago. Any number of hosts may call it at once. @returns how many */
  async purge(limit: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM sweep_holds WHERE id IN (
         SELECT id FROM sweep_holds WHERE state <> 'open' AND decided_at < now() - $2 * interval '1 day'
         LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [limit, KEPT_DAYS],
    );
    return rows.length;
  }
}

const COLUMNS = `h.id, h.integration_id AS "integrationId", h.stream, h.kind, h.would_remove AS "wouldRemove", h.present, h.state,
  h.decided_by AS "decidedBy", h.created_at AS "createdAt", h.decided_at AS "decidedAt"`;

const ONE = `FROM sweep_holds h JOIN integrations i ON i.id = h.integration_id
  WHERE i.workspace_id = $1 AND i.id = $2 AND h.id = $3`;

/** Only an open one: two people who decide at once decide once. */
const DECIDE = `WITH decided AS (
    UPDATE sweep_holds h SET state = $3, decided_by = $4, decided_at = now() FROM integrations i
    WHERE i.id = h.integration_id AND i.workspace_id = $1 AND h.id = $2 AND h.state = 'open'
    RETURNING h.integration_id AS "integrationId", h.stream, h.kind, h.generation, h.exempt
  ), touched AS (
    UPDATE integrations SET touched_at = clock_timestamp() WHERE id IN (SELECT "integrationId" FROM decided)
  )
  SELECT * FROM decided`;
