import type { ErrorView, Json, Logger, StreamInfo, SyncedReader } from '@castellan/connector-sdk';
import type {
  ClaimedRun,
  DeltaCommit,
  LeaseState,
  PageCommit,
  PageResult,
  RefreshCommit,
  RunLease,
  RunOutcome,
  RunProgress,
  RunStore,
  StaleBatch,
  StaleStream,
  StreamHistory,
  StreamPosition,
  SweepRule,
} from '@castellan/sync-engine';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Database, Queries } from '../database/database.js';
import { ActivityPartitions } from '../pages/activity-partitions.js';
import { commitPage, lockRun } from '../pages/commit-page.js';
import { plainJson } from '../pages/plain-text.js';
import { commitDelta, commitRefresh } from '../pages/commit-part.js';
import { refreshStatistics } from '../records/table-statistics.js';
import { staleFailed, staleStreams, takeStale, wholeFailed } from '../stale/stale-parts.js';
import { openStreams, stopStream } from './open-streams.js';
import { claimRun, finishRun, renewLease } from './run-lease.js';
import { claimNextRun, dueRuns, isPlaceWanted } from './run-turns.js';
import { PgSyncedReader } from './synced-reader.js';

/** The integration is touched when the provider begins to limit the run, and when it ends: its status is another then. */
const NOTE_PROGRESS = `
  WITH before AS (
    SELECT id, integration_id, coalesce(progress->'waits' @> '[{"reason": "rate_limit"}]', false) AS "limited"
    FROM sync_runs WHERE id = $1 AND fence = $2 FOR NO KEY UPDATE
  ), noted AS (
    UPDATE sync_runs r SET progress = $3 FROM before b WHERE r.id = b.id
  )
  UPDATE integrations i SET touched_at = clock_timestamp() FROM before b WHERE i.id = b.integration_id AND b.limited <> $4`;

export interface RunStoreSettings {
  /**
   * Pages of all runs of this process that are written side by side. A sync has more of them at a time than the pool has
   * connections: without a limit they took all, and whoever read a page of the API waited for a second.
   */
  readonly pagesAtOnce: number;
  /** Runs of one workspace at a time, by all hosts. Left out: any number. */
  readonly mostOfWorkspace?: number | undefined;
}

/** The engine's port over PostgreSQL. Keeps no state of its own but which partitions exist, and which pages wait to be written. */
export class PgRunStore implements RunStore {
  private readonly partitions: ActivityPartitions;
  private readonly write: LimitFunction;

  constructor(
    private readonly database: Database,
    private readonly settings: RunStoreSettings,
    private readonly logger: Logger,
  ) {
    this.partitions = new ActivityPartitions(database);
    this.write = pLimit(settings.pagesAtOnce);
  }

  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedRun | undefined> {
    return claimRun(this.database, runId, owner, leaseMs);
  }

  claimNext(owner: string, leaseMs: number, withFull: boolean): Promise<ClaimedRun | undefined> {
    return claimNextRun(this.database, owner, leaseMs, { withFull, mostOfWorkspace: this.settings.mostOfWorkspace });
  }

  async renew(lease: RunLease, leaseMs: number, isTurnOver = false): Promise<LeaseState> {
    const state = await renewLease(this.database, lease, leaseMs);
    if (state !== 'held' || !isTurnOver) return state;
    return (await isPlaceWanted(this.database, lease.runId, this.settings.mostOfWorkspace)) ? 'wanted' : 'held';
  }

  openStreams(lease: RunLease, streams: readonly StreamInfo[], again = false): Promise<readonly StreamPosition[]> {
    return openStreams(this.database, lease, streams, again);
  }

  async noteProgress(lease: RunLease, progress: RunProgress): Promise<void> {
    const isLimited = progress.waits.some(({ reason }) => reason === 'rate_limit');
    await this.database.query(NOTE_PROGRESS, [lease.runId, lease.fence, plainJson(progress), isLimited]);
  }

  commitPage(lease: RunLease, page: PageCommit, sweepRule: SweepRule): Promise<PageResult> {
    return this.write(() => commitPage(this.database, this.partitions, lease, page, sweepRule));
  }

  async history(lease: RunLease): Promise<readonly StreamHistory[]> {
    const rows = await this.database.query<StreamHistoryRow>(
      `SELECT stream, complete_began_at AS "listedAt", delta_at AS "deltaAt", resume_from AS "resumeFrom", status
       FROM stream_state WHERE integration_id = $1`,
      [lease.integrationId],
    );
    return rows.map(({ stream, status, listedAt, deltaAt, resumeFrom }) => ({
      stream,
      status,
      listedAt: listedAt ?? undefined,
      deltaAt: deltaAt ?? undefined,
      resumeFrom: resumeFrom ?? undefined,
    }));
  }

  async reconciles(lease: RunLease): Promise<void> {
    await this.database.query('UPDATE sync_runs SET reconciles = true WHERE id = $1 AND fence = $2', [
      lease.runId,
      lease.fence,
    ]);
  }

  staleStreams(lease: RunLease, wanted: readonly string[]): Promise<readonly StaleStream[]> {
    return this.fenced(lease, (queries) => staleStreams(queries, lease.integrationId, wanted));
  }

  takeStale(lease: RunLease, stream: string, limit: number, withLow: boolean): Promise<StaleBatch> {
    return takeStale(this.database, lease.integrationId, stream, limit, withLow);
  }

  commitRefresh(lease: RunLease, page: RefreshCommit): Promise<PageResult> {
    return this.write(() => commitRefresh(this.database, lease, page));
  }

  commitDelta(lease: RunLease, page: DeltaCommit): Promise<PageResult> {
    return this.write(() => commitDelta(this.database, lease, page));
  }

  staleFailed(lease: RunLease, ids: readonly string[]): Promise<number> {
    return this.fenced(lease, (queries) => staleFailed(queries, lease.integrationId, ids));
  }

  wholeFailed(lease: RunLease, stream: string): Promise<void> {
    return this.fenced(lease, (queries) => wholeFailed(queries, lease.integrationId, stream));
  }

  private fenced<T>(lease: RunLease, work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.database.transaction(async (queries) => {
      await lockRun(queries, lease);
      return work(queries);
    });
  }

  stopStream(lease: RunLease, stream: StreamInfo, status: 'skipped' | 'incomplete', error: ErrorView): Promise<void> {
    return stopStream(this.database, lease, stream, status, error);
  }

  async finish(lease: RunLease, outcome: RunOutcome): Promise<void> {
    await finishRun(this.database, lease, outcome);
    // One that is given back goes on elsewhere, and its host may be about to stop.
    if (outcome.state === 'queued' || outcome.state === 'waiting') return;
    await refreshStatistics(this.database).catch((error: unknown) => {
      // The run is over whatever becomes of it: without it reads are slow for a minute.
      this.logger.debug('the statistics of the tables were not renewed', {
        error: error instanceof Error ? error.message : String(error),
      });
    });
  }

  synced(lease: RunLease): SyncedReader {
    return new PgSyncedReader(this.database, lease.integrationId);
  }

  dueRuns(limit: number): Promise<readonly string[]> {
    return dueRuns(this.database, limit, this.settings.mostOfWorkspace);
  }
}

type StreamHistoryRow = Pick<StreamHistory, 'stream' | 'status'> & {
  readonly listedAt: Date | null;
  readonly deltaAt: Date | null;
  readonly resumeFrom: Json | null;
};
