import type { RecordKind } from '@castellan/connector-sdk';
import type { Queries } from '../database/database.js';

interface CountChange {
  readonly integrationId: string;
  readonly kind: RecordKind;
  readonly present: number;
  readonly removed: number;
}

/** What one transaction changes in how many rows of each kind there are. To count the rows themselves takes seconds at a million. */
export class CountChanges {
  private readonly changes = new Map<string, CountChange>();

  /** @param restored those of `created` that were there before and had been removed */
  appeared(integrationId: string, kind: RecordKind, { created, restored }: { created: number; restored: number }): void {
    this.add({ integrationId, kind, present: created, removed: -restored });
  }

  disappeared(integrationId: string, kind: RecordKind, rows: number): void {
    this.add({ integrationId, kind, present: -rows, removed: rows });
  }

  /**
   * The last statement of its transaction, and in the order of the kinds: whoever holds a counter waits for nothing but the
   * counters after it, so no two pages can wait for each other, and two streams of one kind meet only for the commit.
   */
  async save(queries: Queries): Promise<void> {
    const changes = [...this.changes.values()].filter(({ present, removed }) => present !== 0 || removed !== 0);
    // Most pages show what was there before: they cost nothing here.
    if (changes.length === 0) return;
    await queries.query(SAVE, [
      changes.map(({ integrationId }) => integrationId),
      changes.map(({ kind }) => kind),
      changes.map(({ present }) => present),
      changes.map(({ removed }) => removed),
    ]);
  }

  private add(change: CountChange): void {
    const { integrationId, kind } = change;
    const known = this.changes.get(`${integrationId} ${kind}`);
    const present = (known?.present ?? 0) + change.present;
    const removed = (known?.removed ?? 0) + change.removed;
    this.changes.set(`${integrationId} ${kind}`, { integrationId, kind, present, removed });
  }
}

const SAVE = {
  name: 'save_counts',
  text: `INSERT INTO record_counts AS c (integration_id, kind, present, removed)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[]) AS p (integration_id, kind, present, removed)
    ORDER BY integration_id, kind
    ON CONFLICT (integration_id, kind) DO UPDATE
      SET present = c.present + excluded.present, removed = c.removed + excluded.removed`,
} as const;
