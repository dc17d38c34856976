import type { ErrorView } from '@castellan/connector-sdk';
import type { Run, StreamRun } from '@castellan/storage';
import type { RunState } from '@castellan/sync-engine';

/** A run as the API shows it. */
export interface RunView {
  readonly id: string;
  readonly integration: string;
  readonly state: RunState;
  readonly cause: Run['cause'];
  /** `full`: everything was listed. `poll`: what the log names was read again. */
  readonly mode: Run['mode'];
  /**
   * Rows that the listings have changed although the log had named none of them, at most: what happened while the run was
   * at work is counted as well. 0 is the aim. `null` where it cannot be told: a poll, a first run, or not all that the log
   * named had been read again.
   */
  readonly drift: number | null;
  /** The plan of calls with the time that is left, and what requests wait for; `null` once the run is over. */
  readonly progress: Run['progress'];
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
export interface StreamRunView {
  readonly name: string;
  readonly state: StreamRun['state'];
  readonly pages: number;
  readonly counts: RunCounts;
  readonly drift: number;
  readonly error: ErrorView | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export function runView(run: Run): RunView {
  const { id, state, cause, mode, attempt, cancelRequested, error } = run;
  return {
    id,
    integration: run.integrationId,
    state,
    cause,
    mode,
    drift: run.reconciles ? run.streamRuns.reduce((total, stream) => total + stream.drift, 0) : null,
    progress: run.finishedAt === null ? run.progress : null,
    attempt,
    resumeAt: iso(run.resumeAt),
    cancelRequested,
    error,
    counts: sum(run.streamRuns),
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    streams: run.streamRuns.map(streamView),
  };
}

function streamView(stream: StreamRun): StreamRunView {
  const { state, pages, drift, error, startedAt, finishedAt } = stream;
  const times = { startedAt: startedAt.toISOString(), finishedAt: iso(finishedAt) };
  return { name: stream.stream, state, pages, counts: sum([stream]), drift, error, ...times };
}

function sum(streams: readonly StreamRun[]): RunCounts {
  const total = (key: keyof RunCounts): number => streams.reduce((result, stream) => result + stream[key], 0);
  return {
    created: total('created'),
    changed: total('changed'),
    unchanged: total('unchanged'),
    removed: total('removed'),
    rejected: total('rejected'),
    unlisted: total('unlisted'),
    refreshed: total('refreshed'),
  };
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
