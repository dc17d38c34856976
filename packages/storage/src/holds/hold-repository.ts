import type { RecordKind } from '@castellan/connector-sdk';
import { CountChanges } from '../counts/count-changes.js';
import type { Database } from '../database/database.js';
import { remove } from '../pages/sweep.js';

export type HoldState = 'open' | 'accepted' | 'rejected' | 'superseded';

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

interface HoldRow extends SweepHold {
  readonly generation: number;
  readonly exempt: readonly string[];
}

export class HoldRepository {
  constructor(private readonly database: Database) {}

  async list(
    workspaceId: string,
    options: { readonly integrationId?: string; readonly state?: HoldState } = {},
  ): Promise<readonly SweepHold[]> {
    return this.database.query<SweepHold>(
      `SELECT h.id, h.integration_id AS "integrationId", h.stream, h.kind, h.would_remove AS "wouldRemove", h.present, h.state,
         h.decided_by AS "decidedBy", h.created_at AS "createdAt", h.decided_at AS "decidedAt"
       FROM sweep_holds h JOIN integrations i ON i.id = h.integration_id
       WHERE i.workspace_id = $1 AND ($2::uuid IS NULL OR i.id = $2) AND ($3::text IS NULL OR h.state = $3)
       ORDER BY h.created_at DESC, h.id`,
      [workspaceId, options.integrationId ?? null, options.state ?? null],
    );
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
}

/** Only an open one: two people who decide at once decide once. */
const DECIDE = `WITH decided AS (
    UPDATE sweep_holds h SET state = $3, decided_by = $4, decided_at = now() FROM integrations i
    WHERE i.id = h.integration_id AND i.workspace_id = $1 AND h.id = $2 AND h.state = 'open'
    RETURNING h.integration_id AS "integrationId", h.stream, h.kind, h.generation, h.exempt
  ), touched AS (
    UPDATE integrations SET touched_at = clock_timestamp() WHERE id IN (SELECT "integrationId" FROM decided)
  )
  SELECT * FROM decided`;
