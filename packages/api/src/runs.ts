import type { ErrorView, SyncPlan } from '@castellan/connector-sdk';

/** Where a run is. */
export type RunState = 'queued' | 'running' | 'waiting' | 'complete' | 'incomplete' | 'failed' | 'cancelled';
/** Why it was made. */
export type RunCause = 'created' | 'edited' | 'reconnected' | 'manual' | 'scheduled';
/** `full`: everything is listed. `poll`: what the log names is read again. */
export type RunMode = 'full' | 'poll';
/** `pending`: not begun. `reading`: begun, its position is stored. `skipped`: not readable. `incomplete`: it broke off. */
export type StreamRunState = 'pending' | 'reading' | 'complete' | 'skipped' | 'incomplete';

/** A run as the API shows it. */
export interface RunView {
  readonly id: string;
  readonly integration: string;
  readonly state: RunState;
  readonly cause: RunCause;
  /** `full`: everything was listed. `poll`: what the log names was read again. */
  readonly mode: RunMode;
  /**
   * Rows that the listings have changed although the log had named none of them, at most: what happened while the run was
   * at work is counted as well. 0 is the aim. `null` where it cannot be told: a poll, a first run, or not all that the log
   * named had been read again.
   */
  readonly drift: number | null;
  /** The plan of calls with the time that is left, and what requests wait for; `null` once the run is over. */
  readonly progress: PlannedProgress | null;
  /** How often it was taken up again after a back-off. */
  readonly attempt: number;
  /** `waiting`: when it goes on. */
  readonly resumeAt: string | null;
  readonly cancelRequested: boolean;
  readonly error: ErrorView | null;
  readonly counts: RunCounts;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly streams: readonly StreamRunView[];
}

/** What a run at work has last said of itself. */
export interface PlannedProgress {
  readonly at: string;
  readonly plan: SyncPlan | null;
  readonly waits: readonly RunWait[];
}

/** What requests wait for. */
export interface RunWait {
  readonly bucket: string;
  readonly until: string;
  readonly reason: string;
}

/** Rows, by what became of them. */
export interface RunCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Rows that could not be understood. */
  readonly rejected: number;
  /** Parts of streams that could not be listed. */
  readonly unlisted: number;
  /** Parts of streams that were read again by themselves. */
  readonly refreshed: number;
}

/** One stream of a run. */
export interface StreamRunView {
  readonly name: string;
  readonly state: StreamRunState;
  readonly pages: number;
  readonly counts: RunCounts;
  readonly drift: number;
  readonly error: ErrorView | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}
