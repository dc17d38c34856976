import type { RecordKind, StreamInfo } from '@castellan/connector-sdk';
import type { SweepRule } from '@castellan/sync-engine';
import type { Queries } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import type { Pass } from './write-rows.js';

export interface SweepResult {
  readonly removed: number;
  readonly held?: { readonly wouldRemove: number; readonly present: number };
}

export interface SweepScope extends Pass {
  readonly kind: RecordKind;
  /** The streams whose records the partitions are named after. */
  readonly dependsOn: readonly string[];
  /** Partitions that were not listed: what lies there is neither counted nor removed. */
  readonly exempt: readonly string[];
}

/** Rows that are present and not exempt. Walks the primary key of one integration: see the note in record-tables-sql.ts. */
const PRESENT = `integration_id = $1 AND stream = $2 AND removed_at IS NULL AND (partition IS NULL OR partition <> ALL ($3::text[]))`;

/** Those of them that the listing of the generation ($4) has not shown: what the sweep removes, or holds. */
export const UNSEEN = `${PRESENT} AND generation < $4`;

/** After the last page of a complete listing: what was not shown is gone, unless the rule wants a person to look first. */
export async function sweep(queries: Queries, runId: string, scope: SweepScope, rule: SweepRule): Promise<SweepResult> {
  // A new complete listing answers the question that an older one left open.
  await queries.query(
    `UPDATE sweep_holds SET state = 'superseded', decided_at = now() WHERE integration_id = $1 AND stream = $2 AND state = 'open'`,
    [scope.integrationId, scope.stream],
  );
  const { unseen, present } = await count(queries, scope);
  if (unseen === 0) return { removed: 0 };
  if (rule(unseen, present, 'stream') === 'hold') {
    await hold(queries, runId, scope, { wouldRemove: unseen, present });
    return { removed: 0, held: { wouldRemove: unseen, present } };
  }
  const suspicious = await suspiciousPartitions(queries, scope, rule);
  const removed = await remove(queries, {
    ...scope,
    exempt: [...scope.exempt, ...suspicious.map(({ partition }) => partition)],
  });
  if (suspicious.length === 0) return { removed };
  // The others are swept by now, so to accept this hold is to sweep what is left of the stream.
  const held = { wouldRemove: total(suspicious, 'unseen'), present: total(suspicious, 'present') };
  await hold(queries, runId, scope, held);
  return { removed, held };
}

async function hold(queries: Queries, runId: string, scope: SweepScope, held: NonNullable<SweepResult['held']>): Promise<void> {
  await queries.query(
    `INSERT INTO sweep_holds (integration_id, run_id, stream, kind, generation, would_remove, present, exempt)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [scope.integrationId, runId, scope.stream, scope.kind, scope.generation, held.wouldRemove, held.present, scope.exempt],
  );
}

interface PartitionCount {
  readonly partition: string;
  readonly unseen: number;
  readonly present: number;
}

function total(counts: readonly PartitionCount[], field: 'unseen' | 'present'): number {
  return counts.reduce((sum, one) => sum + one[field], 0);
}

/** Partitions that lost so much that a person should look, though the stream as a whole lost little. */
async function suspiciousPartitions(queries: Queries, scope: SweepScope, rule: SweepRule): Promise<readonly PartitionCount[]> {
  const counts = await queries.query<PartitionCount>(
    `SELECT partition, count(*) FILTER (WHERE generation < $4)::int AS unseen, count(*)::int AS present
     FROM "${recordTable(scope.kind).table}" WHERE ${PRESENT} AND partition IS NOT NULL
     GROUP BY partition HAVING count(*) FILTER (WHERE generation < $4) > 0`,
    [scope.integrationId, scope.stream, scope.exempt, scope.generation],
  );
  const candidates = counts.filter(({ unseen, present }) => rule(unseen, present, 'partition') === 'hold');
  if (candidates.length === 0) return [];
  // What lies below a group or an application that is itself gone goes with it.
  const alive = await presentParents(
    queries,
    scope,
    candidates.map(({ partition }) => partition),
  );
  return candidates.filter(({ partition }) => alive.has(partition));
}

async function presentParents(queries: Queries, scope: SweepScope, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const parents = await queries.query<{ readonly stream: string; readonly kind: RecordKind }>(
    `SELECT stream, kind FROM stream_state WHERE integration_id = $1 AND stream = ANY ($2::text[])`,
    [scope.integrationId, scope.dependsOn],
  );
  const alive = new Set<string>();
  for (const { stream, kind } of parents) {
    const rows = await queries.query<{ readonly key: string }>(
      `SELECT key FROM "${recordTable(kind).table}"
       WHERE integration_id = $1 AND stream = $2 AND key = ANY ($3::text[]) AND removed_at IS NULL`,
      [scope.integrationId, stream, keys],
    );
    for (const { key } of rows) alive.add(key);
  }
  return alive;
}

async function count(queries: Queries, scope: SweepScope): Promise<{ readonly unseen: number; readonly present: number }> {
  const [row] = await queries.query<{ readonly unseen: number; readonly present: number }>(
    `SELECT count(*) FILTER (WHERE generation < $4)::int AS unseen, count(*)::int AS present
     FROM "${recordTable(scope.kind).table}" WHERE ${PRESENT}`,
    [scope.integrationId, scope.stream, scope.exempt, scope.generation],
  );
  return row ?? { unseen: 0, present: 0 };
}

export async function remove(queries: Queries, scope: Omit<SweepScope, 'dependsOn'>): Promise<number> {
  const [row] = await queries.query<{ readonly removed: number }>(
    `WITH gone AS (
       UPDATE "${recordTable(scope.kind).table}" SET removed_at = now() WHERE ${UNSEEN} RETURNING 1
     ) SELECT count(*)::int AS removed FROM gone`,
    [scope.integrationId, scope.stream, scope.exempt, scope.generation],
  );
  return row?.removed ?? 0;
}

/** Keys that the provider itself called gone. */
export async function removeKeys(
  queries: Queries,
  integrationId: string,
  kind: RecordKind,
  keys: readonly string[],
): Promise<number> {
  if (keys.length === 0) return 0;
  const [row] = await queries.query<{ readonly removed: number }>(
    `WITH gone AS (
       UPDATE "${recordTable(kind).table}" SET removed_at = now()
       WHERE integration_id = $1 AND key = ANY ($2::text[]) AND removed_at IS NULL RETURNING 1
     ) SELECT count(*)::int AS removed FROM gone`,
    [integrationId, keys],
  );
  return row?.removed ?? 0;
}

/**
 * Keys of rows that a stream before this one kept without having seen them (a held sweep, an unlisted partition). This
 * stream was not told of them (see SyncedReader), so it could not list the partitions that are named after them: to sweep
 * those would remove, piece by piece, just what is being held for a person.
 */
export async function keptUnseen(queries: Queries, integrationId: string, stream: StreamInfo): Promise<readonly string[]> {
  if (stream.dependsOn.length === 0) return [];
  const before = await queries.query<{ readonly stream: string; readonly kind: RecordKind; readonly generation: number }>(
    `SELECT stream, kind, complete_generation AS generation FROM stream_state
     WHERE integration_id = $1 AND stream = ANY ($2::text[]) AND semantics = 'snapshot' AND complete_generation IS NOT NULL`,
    [integrationId, stream.dependsOn],
  );
  const keys: string[] = [];
  for (const { stream: name, kind, generation } of before) {
    const rows = await queries.query<{ readonly key: string }>(
      `SELECT key FROM "${recordTable(kind).table}"
       WHERE integration_id = $1 AND stream = $2 AND removed_at IS NULL AND generation < $3`,
      [integrationId, name, generation],
    );
    for (const { key } of rows) keys.push(key);
  }
  return keys;
}
