import type { ErrorView, StreamInfo, SyncedReader } from '@castellan/connector-sdk';
import type {
  ClaimedRun,
  PageCommit,
  PageResult,
  RunLease,
  RunOutcome,
  RunStore,
  StreamPosition,
  SweepRule,
} from '@castellan/sync-engine';
import type { Database } from '../database/database.js';
import { ActivityPartitions } from '../pages/activity-partitions.js';
import { commitPage } from '../pages/commit-page.js';
import { openStreams, stopStream } from './open-streams.js';
import { claimRun, finishRun, renewLease } from './run-lease.js';
import { PgSyncedReader } from './synced-reader.js';

/** The engine's port over PostgreSQL. Keeps no state of its own but which partitions exist. */
export class PgRunStore implements RunStore {
  private readonly partitions: ActivityPartitions;

  constructor(private readonly database: Database) {
    this.partitions = new ActivityPartitions(database);
  }

  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedRun | undefined> {
    return claimRun(this.database, runId, owner, leaseMs);
  }

  renew(lease: RunLease, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'> {
    return renewLease(this.database, lease, leaseMs);
  }

  openStreams(lease: RunLease, streams: readonly StreamInfo[]): Promise<readonly StreamPosition[]> {
    return openStreams(this.database, lease, streams);
  }

  commitPage(lease: RunLease, page: PageCommit, sweepRule: SweepRule): Promise<PageResult> {
    return commitPage(this.database, this.partitions, lease, page, sweepRule);
  }

  stopStream(lease: RunLease, stream: StreamInfo, status: 'skipped' | 'incomplete', error: ErrorView): Promise<void> {
    return stopStream(this.database, lease, stream, status, error);
  }

  finish(lease: RunLease, outcome: RunOutcome): Promise<void> {
    return finishRun(this.database, lease, outcome);
  }

  synced(lease: RunLease): SyncedReader {
    return new PgSyncedReader(this.database, lease.integrationId);
  }

  async dueRuns(limit: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ readonly id: string }>(
      `SELECT id FROM sync_runs
       WHERE state IN ('queued', 'running', 'waiting') AND (
         state = 'queued'
         OR (state = 'waiting' AND resume_at <= clock_timestamp())
         OR (state = 'running' AND lease_until <= clock_timestamp())
       )
       ORDER BY created_at, id LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
