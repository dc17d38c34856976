import type { Json, RecordKind, Unlisted } from '@castellan/connector-sdk';
import { FenceLostError, type PageCommit, type PageResult, type RunLease, type SweepRule } from '@castellan/sync-engine';
import type { Database, Queries } from '../database/database.js';
import type { ActivityPartitions } from './activity-partitions.js';
import { plainJson, plainText } from './plain-text.js';
import { type RefusedRow, sortPage } from './prepared-rows.js';
import { keepRejected } from './rejected-records.js';
import { keptUnseen, removeKeys, type SweepResult, sweep } from './sweep.js';
import { add, isRowRefusal, NO_ROWS, markSeen, type Pass, type Written, writeKind, writeRowByRow } from './write-rows.js';

/**
 * Without waiting for the disk: when the server crashes, the last commits (under a second) may be gone, but rows and
 * position are gone TOGETHER, and the run reads those pages again. Claims, secrets and the end of a run do wait, and a
 * commit that waits writes everything before it.
 */
const BEGIN = 'BEGIN; SET LOCAL synchronous_commit = off';

/** From so many rows on, a page of which none is taken is no accident. */
const SUSPICIOUS_PAGE = 10;

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
      complete_generation = CASE WHEN $5 THEN generation ELSE complete_generation END,
      fresh_at = CASE WHEN $5 THEN now() ELSE fresh_at END
    WHERE integration_id = $2 AND stream = $3
  )
  UPDATE stream_runs SET state = CASE WHEN $5 THEN 'complete' ELSE 'reading' END, position = $4, error = NULL,
    pages = pages + 1, created = created + $7, changed = changed + $8, unchanged = unchanged + $9, removed = removed + $10,
    rejected = rejected + $11, unlisted = unlisted + $12, updated_at = now(),
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
  try {
    return await database.transaction((queries) => commit.run(queries, 'together'), BEGIN);
  } catch (error) {
    if (!isRowRefusal(error)) throw error;
    return database.transaction((queries) => commit.run(queries, 'row by row'), BEGIN);
  }
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

  async run(queries: Queries, mode: 'together' | 'row by row'): Promise<PageResult> {
    const { page, lease } = this;
    // The integration is the database's word, not the caller's: a lease cannot write into another one.
    const { integrationId, generation, unlisted: before } = await this.lockPass(queries);
    const pass: Pass = { integrationId, stream: page.stream.name, generation };
    const written = await this.write(queries, pass, mode);
    const named = await removeKeys(queries, integrationId, page.stream.kind, page.deleted.map(plainText));
    const unlisted = [...before, ...page.unlisted];
    const swept = await this.sweep(queries, pass, unlisted);
    const removed = named + swept.removed;
    const rejected = [...page.rejected, ...written.refused.map(({ reason, at }) => ({ reason, at }))];
    await keepRejected(queries, pass, lease.runId, rejected);
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

  private async write(queries: Queries, pass: Pass, mode: 'together' | 'row by row'): Promise<Written> {
    let counts = NO_ROWS;
    const refused: RefusedRow[] = [];
    for (const kind of sortPage(this.page.records)) {
      const written = mode === 'together' ? await writeKind(queries, pass, kind) : await writeRowByRow(queries, pass, kind);
      counts = add(counts, written.counts);
      refused.push(...written.refused);
    }
    // One bad row is the row's fault. A page without a good one is ours: going on would count everything as gone or done.
    if (refused.length >= SUSPICIOUS_PAGE && refused.length === this.page.records.length) {
      throw new Error(`The database refused every row of a page of ${pass.stream}: ${refused[0]?.reason ?? ''}`);
    }
    await markSeen(queries, pass, this.page.stream.kind, refused);
    return { counts, refused };
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
