import type {
  ErrorView,
  Json,
  Progress,
  DeltaMessage,
  RefreshMessage,
  Rejected,
  Scope,
  SourceRecord,
  Stale,
  StreamInfo,
  SyncedReader,
  SyncPlan,
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
export type RunCause = 'created' | 'edited' | 'reconnected' | 'manual' | 'scheduled';
/** `full`: every stream is listed. `poll`: streams of changes, and what they say must be read again. */
export type RunMode = 'full' | 'poll';

/** `pending`: not begun. `reading`: begun, its position is stored. `skipped`: not readable. `incomplete`: it broke off. */
export type StreamRunState = 'pending' | 'reading' | 'complete' | 'skipped' | 'incomplete';

export interface ClaimedRun extends RunLease {
  readonly connectorId: string;
  /** Names of the streams to read; empty means all. */
  readonly streams: readonly string[];
  /** How often this run has been picked up after a back-off, 0 at first. */
  readonly attempt: number;
  readonly mode: RunMode;
  readonly cause: RunCause;
}

/** What a run costs and what it waits for, as of a moment. */
export interface RunProgress {
  readonly at: string;
  readonly plan: SyncPlan | null;
  readonly waits: readonly RunWait[];
}
export interface RunWait {
  readonly bucket: string;
  readonly until: string;
  readonly reason: string;
}

/** What is known of a stream from the runs before. */
export interface StreamHistory {
  readonly stream: string;
  /** When its last complete listing began; `undefined`: it was never listed to its end. */
  readonly listedAt: Date | undefined;
  /** When that listing, or the last delta, ended. */
  readonly deltaAt: Date | undefined;
  /** What the listing, or the last delta, gave its successor. */
  readonly resumeFrom: Json | undefined;
  readonly status: 'reading' | 'complete' | 'skipped' | 'incomplete';
}

/** What waits to be read again, for one stream. */
export interface StaleStream {
  readonly stream: string;
  /** All of it. */
  readonly whole: boolean;
  /** What its delta shows. */
  readonly delta: boolean;
  /** Something of it was given up: only a listing can mend it. */
  readonly leftToFull: boolean;
  readonly parts: number;
  /** Among `parts`. */
  readonly low: number;
}

export interface StaleBatch {
  readonly parts: readonly StalePart[];
  /** The database's time before the first of them is read: what a complete scope does not show after it is gone. */
  readonly since: string;
}
export interface StalePart {
  readonly id: string;
  readonly scope: Scope;
}

export interface RefreshCommit extends RefreshMessage {
  readonly stream: StreamInfo;
  readonly since: string;
  /** Parts that this page answers: they no longer wait. */
  readonly answered: readonly string[];
}

export interface DeltaCommit extends DeltaMessage {
  readonly stream: StreamInfo;
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
  readonly stale: readonly Stale[];
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

/** `lost`: somebody else has it. `cancelled`: a person asked to stop. `wanted`: others wait for the place. */
export type LeaseState = 'held' | 'lost' | 'cancelled' | 'wanted';

/** What the engine needs of a database. Every time is the database's; every write checks the fence in its transaction. */
export interface RunStore {
  /** `undefined` when the run is over, not due, or held by somebody whose lease has not run out. Raises the fence. */
  claim(runId: string, owner: string, leaseMs: number): Promise<ClaimedRun | undefined>;
  /** Claims the run whose turn it is: see `docs/adr/0045`. `undefined`: none waits that may begin. @param withFull or a poll alone */
  claimNext(owner: string, leaseMs: number, withFull: boolean): Promise<ClaimedRun | undefined>;
  /** Keeps the lease. @param isTurnOver whether it may be asked to give way: it has had the place for long enough */
  renew(lease: RunLease, leaseMs: number, isTurnOver?: boolean): Promise<LeaseState>;
  /**
   * Begins or resumes the streams: a new generation for a fresh pass, the stored position for one that was cut. `again`: a
   * stream of changes that this run has read to its end is read once more, from there.
   */
  openStreams(lease: RunLease, streams: readonly StreamInfo[], again?: boolean): Promise<readonly StreamPosition[]>;
  /**
   * One transaction: fence -> upsert rows -> `deleted` -> position -> counters -> on the last page of a snapshot the sweep.
   * @throws FenceLostError when the lease is no longer ours; nothing is written then.
   */
  commitPage(lease: RunLease, page: PageCommit, sweepRule: SweepRule): Promise<PageResult>;
  /** All streams that this integration has ever opened. */
  history(lease: RunLease): Promise<readonly StreamHistory[]>;
  /** For people who look: the last word counts. */
  noteProgress(lease: RunLease, progress: RunProgress): Promise<void>;
  /** From now on what listings of this run change is drift: the log was read, and everything that it says was read again. */
  reconciles(lease: RunLease): Promise<void>;
  /** Without streams that were never listed completely: their parts wait for that. Parts of streams that are not wanted are forgotten. */
  staleStreams(lease: RunLease, wanted: readonly string[]): Promise<readonly StaleStream[]>;
  /** A listing that an event had asked for did not come to its end. */
  wholeFailed(lease: RunLease, stream: string): Promise<void>;
  /** The oldest first, those of low priority last. */
  takeStale(lease: RunLease, stream: string, limit: number, withLow: boolean): Promise<StaleBatch>;
  /** One transaction: fence -> upsert rows -> remove what complete scopes did not show -> `answered` -> new stale parts -> counters. */
  commitRefresh(lease: RunLease, page: RefreshCommit): Promise<PageResult>;
  /** One transaction: fence -> upsert rows -> new stale parts -> position. */
  commitDelta(lease: RunLease, page: DeltaCommit): Promise<PageResult>;
  /** They were tried in vain. @returns how many are given up: the next full listing sees to them. */
  staleFailed(lease: RunLease, ids: readonly string[]): Promise<number>;
  /** Records why a stream was not completed; its rows and position stay. */
  stopStream(lease: RunLease, stream: StreamInfo, status: 'skipped' | 'incomplete', error: ErrorView): Promise<void>;
  /** Ends the lease. */
  finish(lease: RunLease, outcome: RunOutcome): Promise<void>;
  /** Rows of the latest complete pass, by key in byte order (`COLLATE "C"`). */
  synced(lease: RunLease): SyncedReader;
  /** Runs that somebody should work on now, in the order of their turns: queued, waiting and due, or running with a lease that ran out. */
  dueRuns(limit: number): Promise<readonly string[]>;
}

/** The lease was taken over: stop at once, write nothing more. */
export class FenceLostError extends Error {
  constructor(runId: string) {
    super(`The lease of run ${runId} was lost.`);
    this.name = 'FenceLostError';
  }
}
