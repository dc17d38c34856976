import type { RunCounts, RunView, StreamRunView } from '@castellan/api';
import type { Run, StreamRun } from '@castellan/storage';

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
