import type {
  ErrorView,
  Json,
  Progress,
  Rejected,
  SourceRecord,
  StreamInfo,
  SyncedReader,
  Unlisted,
} from '@castellan/connector-sdk';

/** The right to write for a run. The fence grows with each claim, and is checked inside each writing transaction. */
export interface RunLease {
  readonly runId: string;
  readonly integrationId: string;
  readonly fence: number;
}

/**
 * - `queued`: waits for a host. `waiting`: goes on at `resumeAt` (rate limit, back-off).
 * - `complete`: every stream was listed to its end. `incomplete`: some were not, and the rows say which and why.
 * - `failed`: nothing more could be read, and trying again will not help until somebody acts.
 */
export type RunState = 'queued' | 'running' | 'waiting' | 'complete' | 'incomplete' | 'failed' | 'cancelled';
export type RunCause = 'created' | 'manual' | 'scheduled';

/** `pending`: not begun. `reading`: begun, its position is stored. `skipped`: not readable. `incomplete`: it broke off. */
export type StreamRunState = 'pending' | 'reading' | 'complete' | 'skipped' | 'incomplete';

export interface ClaimedRun extends RunLease {
  readonly connectorId: string;
  /** Names of the streams to read; empty means all. */
  readonly streams: readonly string[];
  /** How often this run has been picked up after a back-off, 0 at first. */
  readonly attempt: number;
}

/** Where a stream of this run stands. */
export interface StreamPosition {
  readonly stream: string;
  readonly complete: boolean;
  /** The position after the last committed page; `undefined` for a fresh pass. */
  readonly cursor: Json | undefined;
}

export interface PageCommit {
  readonly stream: StreamInfo;
  readonly records: readonly SourceRecord[];
  readonly deleted: readonly string[];
  readonly unlisted: readonly Unlisted[];
  readonly rejected: readonly Rejected[];
  readonly progress: Progress;
}

/** What a page did, in rows. */
export interface PageResult {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Rows that the database would not take, and the first reason. They count as seen: the sweep leaves what was there before. */
  readonly refused?: { readonly rows: number; readonly reason: string };
  /** The sweep at the end of the stream was held for a person. */
  readonly held?: { readonly wouldRemove: number; readonly present: number };
}

/**
 * Decides over the rows that a complete listing did not show again. Asked for the stream as a whole and then, where the
 * stream fans out, for each partition that has such rows: one group whose list came back empty is lost in the crowd of all
 * memberships. What is held is left alone and shown to a person; the other partitions are swept.
 */
export type SweepRule = (unseen: number, present: number, of: 'stream' | 'partition') => 'sweep' | 'hold';

export type RunOutcome =
  | { readonly state: 'complete' | 'incomplete' | 'cancelled'; readonly error?: ErrorView }
  | { readonly state: 'failed'; readonly error: ErrorView }
  | { readonly state: 'waiting'; readonly resumeAfterMs: number; readonly error: ErrorView }
  /** Given back at once: this host stops, another may go on. */
  | { readonly state: 'queued' };

/** What the engine needs of a database. Every time is the database's; every write checks the fence in its transaction. */
export interface RunStore {
  /** `undefined` when the run is over, not due, or held by somebody whose lease has not run out. Raises the fence. */
  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedRun | undefined>;
  /** Keeps the lease. `lost`: somebody else has it. `cancelled`: a person asked to stop. */
  renew(lease: RunLease, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'>;
  /** Begins or resumes the streams: a new generation for a fresh pass, the stored position for one that was cut. */
  openStreams(lease: RunLease, streams: readonly StreamInfo[]): Promise<readonly StreamPosition[]>;
  /**
   * One transaction: fence -> upsert rows -> `deleted` -> position -> counters -> on the last page of a snapshot the sweep.
   * @throws FenceLostError when the lease is no longer ours; nothing is written then.
   */
  commitPage(lease: RunLease, page: PageCommit, sweepRule: SweepRule): Promise<PageResult>;
  /** Records why a stream was not completed; its rows and position stay. */
  stopStream(lease: RunLease, stream: StreamInfo, status: 'skipped' | 'incomplete', error: ErrorView): Promise<void>;
  /** Ends the lease. */
  finish(lease: RunLease, outcome: RunOutcome): Promise<void>;
  /** Rows of the latest complete pass, by key in byte order (`COLLATE "C"`). */
  synced(lease: RunLease): SyncedReader;
  /** Runs that somebody should look at now: queued, waiting and due, or running with a lease that ran out. */
  dueRuns(limit: number): Promise<readonly string[]>;
}

/** The lease was taken over: stop at once, write nothing more. */
export class FenceLostError extends Error {
  constructor(runId: string) {
    super(`The lease of run ${runId} was lost.`);
    this.name = 'FenceLostError';
  }
}
