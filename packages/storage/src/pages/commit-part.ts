import type { Rejected, Scope, SourceRecord, Stale, StreamInfo } from '@castellan/connector-sdk';
import type { DeltaCommit, PageResult, RefreshCommit, RunLease } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import { recordTable } from '../schema/record-tables.js';
import { keyRange, scopeColumn } from '../schema/scope-columns.js';
import { answerDelta, answerStale, keepStale, leaveToFull } from '../stale/stale-parts.js';
import { lockRun } from './commit-page.js';
import { plainJson, plainText } from './plain-text.js';
import { keepRejectedOnce } from './rejected-records.js';
import { pageTransaction, writeRecords, type Writing } from './write-records.js';
import type { Pass } from './write-rows.js';

/** Rows of parts that were read again: written, and what their scopes do not show any more is removed. */
export async function commitRefresh(database: Database, lease: RunLease, page: RefreshCommit): Promise<PageResult> {
  return pageTransaction(database, async (queries, writing) => {
    const integrationId = await lockRun(queries, lease);
    const pass = await standingPass(queries, integrationId, page.stream.name);
    const result = await writePart(queries, lease, pass, page, writing);
    const removed = await removeUnseen(queries, pass, page);
    writing.counts.disappeared(integrationId, page.stream.kind, removed);
    await answerStale(queries, integrationId, page.answered);
    if (page.unread.some(({ retry }) => retry !== true)) await leaveToFull(queries, integrationId, page.stream.name);
    await count(queries, lease, page.stream.name, { ...result, removed }, page.answered.length);
    return { ...result, removed };
  });
}

/** Rows that a delta has shown. Nothing is removed: a delta cannot see what is gone. */
export async function commitDelta(database: Database, lease: RunLease, page: DeltaCommit): Promise<PageResult> {
  return pageTransaction(database, async (queries, writing) => {
    const integrationId = await lockRun(queries, lease);
    const pass = await standingPass(queries, integrationId, page.stream.name);
    const result = await writePart(queries, lease, pass, page, writing);
    if (page.resumeFrom !== undefined) {
      await queries.query(
        'UPDATE stream_state SET resume_from = $3, delta_at = now() WHERE integration_id = $1 AND stream = $2',
        [integrationId, page.stream.name, plainJson(page.resumeFrom)],
      );
      await answerDelta(queries, integrationId, page.stream.name);
    }
    await count(queries, lease, page.stream.name, result, 0);
    return result;
  });
}

/**
 * Rows count as shown by the listing that is under way, or by the last: of one that was cut they would else look as if it had
 * not seen them, and its end would sweep them.
 */
async function standingPass(queries: Queries, integrationId: string, stream: string): Promise<Pass> {
  const [state] = await queries.query<{ readonly generation: number }>(
    'SELECT generation FROM stream_state WHERE integration_id = $1 AND stream = $2 AND complete_generation IS NOT NULL',
    [integrationId, stream],
  );
  if (state === undefined) throw new Error(`Stream ${stream} was never listed completely, so no part of it can be read again.`);
  return { integrationId, stream, generation: state.generation };
}

interface Part {
  readonly stream: StreamInfo;
  readonly records: readonly SourceRecord[];
  readonly rejected: readonly Rejected[];
  readonly stale: readonly Stale[];
}

async function writePart(queries: Queries, lease: RunLease, pass: Pass, part: Part, writing: Writing): Promise<PageResult> {
  const { counts, refused } = await writeRecords(queries, pass, part.stream.kind, part.records, writing);
  const rejected = [...part.rejected, ...refused.map(({ reason, at }) => ({ reason, at }))];
  await keepRejectedOnce(queries, pass, lease.runId, rejected);
  await keepStale(queries, pass.integrationId, part.stale);
  const [first] = refused;
  const { created, changed, unchanged } = counts;
  return {
    created,
    changed,
    unchanged,
    removed: 0,
    ...(first !== undefined && { refused: { rows: refused.length, reason: first.reason } }),
  };
}

/** What lies in a scope that was read to its end, and was not shown since the reading began, is gone. */
async function removeUnseen(queries: Queries, pass: Pass, { stream, complete, since }: RefreshCommit): Promise<number> {
  let removed = 0;
  for (const [field, values] of byField(complete)) {
    for (const group of walkable(stream, field, values.map(plainText))) {
      const [row] = await queries.query<{ readonly removed: number }>(
        `WITH gone AS (
           UPDATE "${recordTable(stream.kind).table}" SET removed_at = now()
           WHERE integration_id = $1 AND stream = $2 AND "${scopeColumn(stream.kind, field)}" = ANY ($3::text[])
             AND removed_at IS NULL AND last_seen_at < $4::timestamptz ${group.range === undefined ? '' : 'AND key >= $5 AND key < $6'}
           RETURNING 1
         ) SELECT count(*)::int AS removed FROM gone`,
        [
          pass.integrationId,
          pass.stream,
          group.values,
          since,
          ...(group.range === undefined ? [] : [group.range.from, group.range.to]),
        ],
      );
      removed += row?.removed ?? 0;
    }
  }
  return removed;
}

interface Walk {
  readonly values: readonly string[];
  readonly range: { readonly from: string; readonly to: string } | undefined;
}

/** One walk for all values, or one along the primary key for each: an organisation's memberships must not be read for one group. */
function walkable({ kind }: StreamInfo, field: string, values: readonly string[]): readonly Walk[] {
  if (keyRange(kind, field, '') === undefined) return [{ values, range: undefined }];
  return values.map((value) => ({ values: [value], range: keyRange(kind, field, value) }));
}

function byField(scopes: readonly Scope[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const { field, value } of scopes) fields.set(field, [...(fields.get(field) ?? []), value]);
  return fields;
}

/** Beside the counters of a pass of the same run, if it has one. */
async function count(
  queries: Queries,
  lease: RunLease,
  stream: string,
  { created, changed, unchanged, removed }: PageResult,
  answered: number,
): Promise<void> {
  await queries.query(
    `INSERT INTO stream_runs AS r (run_id, stream, state, generation, pages, created, changed, unchanged, removed, refreshed, finished_at)
     VALUES ($1, $2, 'complete', -1, 1, $3, $4, $5, $6, $7, now())
     ON CONFLICT (run_id, stream) DO UPDATE SET pages = r.pages + 1, created = r.created + excluded.created,
       changed = r.changed + excluded.changed, unchanged = r.unchanged + excluded.unchanged,
       removed = r.removed + excluded.removed, refreshed = r.refreshed + excluded.refreshed, updated_at = now()`,
    [lease.runId, stream, created, changed, unchanged, removed, answered],
  );
}
