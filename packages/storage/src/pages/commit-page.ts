import type { Json, RecordKind, Unlisted } from '@castellan/connector-sdk';
import { FenceLostError, type PageCommit, type PageResult, type RunLease, type SweepRule } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import type { ActivityPartitions } from './activity-partitions.js';
import { plainJson, plainText } from './plain-text.js';
import { keepStale, staleListed } from '../stale/stale-parts.js';
import { keepRejected } from './rejected-records.js';
import { keptUnseen, removeKeys, type SweepResult, sweep } from './sweep.js';
import { pageTransaction, writeRecords, type Writing } from './write-records.js';
import type { Pass } from './write-rows.js';

const NOTHING_SWEPT: SweepResult = { removed: 0 };

/** SHARE: pages of several streams commit side by side, while a take-over (an UPDATE) waits for them, and they for it. */
const LOCK_RUN = {
  name: 'lock_run',
  text: `SELECT integration_id AS "integrationId" FROM sync_runs WHERE id = $1 AND fence = $2 AND state = 'running' FOR SHARE`,
} as const;

/** The same with the stream's pass, in one round trip. */
const LOCK_PASS = {
  name: 'lock_pass',
  text: `SELECT q.integration_id AS "integrationId", s.generation, s.unlisted FROM sync_runs q
    LEFT JOIN (stream_runs r JOIN stream_state s ON s.stream = r.stream AND s.generation = r.generation)
      ON r.run_id = q.id AND r.stream = $3 AND r.state <> 'complete' AND s.integration_id = q.integration_id
    WHERE q.id = $1 AND q.fence = $2 AND q.state = 'running' FOR SHARE OF q`,
} as const;

const SAVE_POSITION = {
  name: 'save_position',
  // $4 cursor, $5 done, $6 unlisted so far, $7.. counters
  text: `WITH state AS (
    UPDATE stream_state SET cursor = $4, unlisted = $6, updated_at = now(),
      status = CASE WHEN $5 THEN 'complete' ELSE 'reading' END,
      error = NULL,
      resume_from = CASE WHEN $5 AND semantics = 'snapshot' THEN $4 ELSE resume_from END,
      delta_at = CASE WHEN $5 THEN now() ELSE delta_at END,
      complete_began_at = CASE WHEN $5 THEN pass_began_at ELSE complete_began_at END,
      complete_generation = CASE WHEN $5 THEN generation ELSE complete_generation END,
      first_complete_at = CASE WHEN $5 THEN coalesce(first_complete_at, now()) ELSE first_complete_at END,
      fresh_at = CASE WHEN $5 THEN now() ELSE fresh_at END
    WHERE integration_id = $2 AND stream = $3
  ), drifted AS (
    -- Both statements see the state as it was before: a first complete listing is growth and not drift.
    SELECT q.reconciles AND s.semantics = 'snapshot' AND s.complete_generation IS NOT NULL AS counts
    FROM sync_runs q JOIN stream_state s ON s.integration_id = q.integration_id AND s.stream = $3 WHERE q.id = $1
  )
  UPDATE stream_runs SET state = CASE WHEN $5 THEN 'complete' ELSE 'reading' END, position = $4, error = NULL,
    pages = pages + 1, created = created + $7, changed = changed + $8, unchanged = unchanged + $9, removed = removed + $10,
    rejected = rejected + $11, unlisted = unlisted + $12, updated_at = now(),
    drift = drift + CASE WHEN (SELECT counts FROM drifted) THEN $7 + $8 + $10 ELSE 0 END,
    finished_at = CASE WHEN $5 THEN now() END
  WHERE run_id = $1 AND stream = $3`,
} as const;

/** One transaction: fence, rows, removed keys, sweep, position and counters. */
export async function commitPage(
  database: Database,
  partitions: ActivityPartitions,
  lease: RunLease,
  page: PageCommit,
  rule: SweepRule,
): Promise<PageResult> {
  await partitions.ensure(page.records);
  const commit = new PageTransaction(lease, page, rule);
  return pageTransaction(database, (queries, writing) => commit.run(queries, writing));
}

/** @throws FenceLostError when the lease is no longer ours. */
export async function lockRun(queries: Queries, lease: RunLease): Promise<string> {
  const [run] = await queries.query<{ readonly integrationId: string }>(LOCK_RUN, [lease.runId, lease.fence]);
  if (run === undefined) throw new FenceLostError(lease.runId);
  return run.integrationId;
}

class PageTransaction {
  constructor(
    private readonly lease: RunLease,
    private readonly page: PageCommit,
    private readonly rule: SweepRule,
  ) {}

  async run(queries: Queries, writing: Writing): Promise<PageResult> {
    const { page, lease } = this;
    // The integration is the database's word, not the caller's: a lease cannot write into another one.
    const { integrationId, generation, unlisted: before } = await this.lockPass(queries);
    const pass: Pass = { integrationId, stream: page.stream.name, generation };
    const written = await writeRecords(queries, pass, page.stream.kind, page.records, writing);
    const named = await removeKeys(queries, integrationId, page.stream.kind, page.deleted.map(plainText));
    const unlisted = [...before, ...page.unlisted];
    const swept = await this.sweep(queries, pass, unlisted);
    const removed = named + swept.removed;
    writing.counts.disappeared(integrationId, page.stream.kind, removed);
    const rejected = [...page.rejected, ...written.refused.map(({ reason, at }) => ({ reason, at }))];
    await keepRejected(queries, pass, lease.runId, rejected);
    await keepStale(queries, integrationId, page.stale);
    const { progress } = page;
    const cursor: Json | undefined = progress.done ? progress.resumeFrom : progress.cursor;
    const { created, changed, unchanged } = written.counts;
    await queries.query(SAVE_POSITION, [
      lease.runId,
      integrationId,
      page.stream.name,
      cursor === undefined ? null : plainJson(cursor),
      progress.done,
      plainJson(unlisted),
      created,
      changed,
      unchanged,
      removed,
      rejected.length,
      page.unlisted.length,
    ]);
    if (progress.done) await staleListed(queries, integrationId, page.stream.name);
    const [first] = written.refused;
    return {
      created,
      changed,
      unchanged,
      removed,
      ...(first !== undefined && { refused: { rows: written.refused.length, reason: first.reason } }),
      ...(swept.held !== undefined && { held: swept.held }),
    };
  }

  private async lockPass(queries: Queries): Promise<OpenPass> {
    const { name } = this.page.stream;
    const [run] = await queries.query<LockedRun>(LOCK_PASS, [this.lease.runId, this.lease.fence, name]);
    if (run === undefined) throw new FenceLostError(this.lease.runId);
    const { integrationId, generation, unlisted } = run;
    if (generation !== null && unlisted !== null) return { integrationId, generation, unlisted };
    throw new Error(`Stream ${name} was not opened in run ${this.lease.runId}, or is complete.`);
  }

  private async sweep(queries: Queries, pass: Pass, unlisted: readonly Unlisted[]): Promise<SweepResult> {
    const { stream, progress } = this.page;
    // Only a snapshot that SAID it is complete tells what is gone; events are never gone.
    if (!progress.done || stream.semantics !== 'snapshot' || !isSwept(stream.kind)) return NOTHING_SWEPT;
    const kept = await keptUnseen(queries, pass.integrationId, stream);
    const exempt = [...new Set([...unlisted.map(({ partition }) => plainText(partition)), ...kept])];
    return sweep(queries, this.lease.runId, { ...pass, kind: stream.kind, dependsOn: stream.dependsOn, exempt }, this.rule);
  }
}

interface LockedRun {
  readonly integrationId: string;
  readonly generation: number | null;
  readonly unlisted: readonly Unlisted[] | null;
}
interface OpenPass {
  readonly integrationId: string;
  readonly generation: number;
  readonly unlisted: readonly Unlisted[];
}

function isSwept(kind: RecordKind): boolean {
  return kind !== 'activity';
}
