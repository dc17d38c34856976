import type { CallProgress, IntegrationProgress, RunProgressView, StreamProgress, StreamView } from '@castellan/api';
import type { LiveRun, LiveStream } from '@castellan/storage';
import type { RunWait } from '@castellan/sync-engine';
import type { IntegrationOverview } from '../integrations/integration-views.js';
import { secondsLeft } from './seconds-left.js';

/** What several looks at the same run tell. */
export interface RunPace {
  /** Rows a second. */
  perSecond(stream: string): number | null;
  /** The same, once it has been watched long enough to say how long the rest will take. */
  steady(stream: string): number | null;
  /** Seconds since the plan was first seen as it is. */
  readonly planAge: number;
  /** Rows of the last complete listing. */
  lastListed(stream: string): number | undefined;
}

export function integrationProgress(
  { id, name, status, streams }: IntegrationOverview,
  run: LiveRun | undefined,
  pace: RunPace,
): IntegrationProgress {
  return { integration: id, name, status, run: run === undefined ? null : runProgress(run, streams, pace) };
}

function runProgress(run: LiveRun, known: readonly StreamView[], pace: RunPace): RunProgressView {
  const { id, mode, cause, state, startedAt } = run;
  const streams = shownStreams(run, known).map(({ view, row }) => streamProgress(view, row, run, pace));
  const plan = run.progress?.plan ?? null;
  const paces = streams.map((stream) => ({ ...stream, steady: run.isAtWork ? pace.steady(stream.name) : null }));
  return {
    id,
    mode,
    cause,
    state,
    startedAt: startedAt?.toISOString() ?? null,
    streams,
    calls: callsOf(run),
    waits: waitsOf(run),
    secondsLeft: secondsLeft(forecastOf(run, pace.planAge), paces),
    floorMinutes: plan?.floorMinutes ?? null,
  };
}

interface ShownStream {
  readonly view: StreamView;
  readonly row: LiveStream | undefined;
}

/**
 * In the connector's order. A full run opens its listings all at once, after it has read the log: until then every stream
 * may come, and afterwards one that was not opened is not read by this run.
 */
function shownStreams(run: LiveRun, known: readonly StreamView[]): readonly ShownStream[] {
  const rows = new Map(run.streamRuns.map((row) => [row.stream, row]));
  if (run.mode === 'poll')
    return known.flatMap((view) => {
      const row = rows.get(view.name);
      return row === undefined ? [] : [{ view, row }];
    });
  const asked = known.filter(({ name }) => run.streams.length === 0 || run.streams.includes(name));
  const mayCome = !run.streamRuns.some(({ semantics, isOpened }) => semantics === 'snapshot' && isOpened);
  return asked.flatMap((view): readonly ShownStream[] => {
    const row = rows.get(view.name);
    if (row?.isOpened === true) return [{ view, row }];
    return mayCome ? [{ view, row: undefined }] : [];
  });
}

function streamProgress(view: StreamView, row: LiveStream | undefined, run: LiveRun, pace: RunPace): StreamProgress {
  const { name, kind, freshAt } = view;
  const state = row === undefined || (row.state === 'reading' && row.pages === 0) ? 'pending' : row.state;
  const rows = row?.rows ?? 0;
  const isOver = state === 'complete';
  const expected = run.progress?.plan?.expected?.[name] ?? pace.lastListed(name) ?? null;
  // An expectation that was exceeded was wrong: then nobody knows.
  const total = isOver ? rows : expected !== null && expected >= rows ? expected : null;
  const perSecond = state === 'reading' && run.isAtWork ? pace.perSecond(name) : null;
  return { name, kind, state, rows, pages: row?.pages ?? 0, total, estimated: total !== null && !isOver, perSecond, freshAt };
}

/** By the plan. One of a host that has died says nothing of the time that is left, and one that has not come true was wrong. */
function forecastOf({ isAtWork, progress }: LiveRun, planAge: number): number | null {
  const said = progress?.plan?.secondsLeft ?? null;
  if (!isAtWork || said === null || planAge > said + FORECAST_IS_LATE_S) return null;
  return Math.max(0, said - planAge);
}

/** The last page is committed and noted after the last call. */
const FORECAST_IS_LATE_S = 3;

function callsOf({ progress }: LiveRun): CallProgress | null {
  const plan = progress?.plan;
  if (plan === null || plan === undefined) return null;
  const sum = (of: 'done' | 'calls'): number => plan.buckets.reduce((total, bucket) => total + bucket[of], 0);
  const dominating = plan.buckets.find(({ bucket }) => bucket === plan.dominates);
  return { done: sum('done'), planned: sum('calls'), dominates: plan.dominates, perMinute: dominating?.perMinute ?? null };
}

/** What was noted by a host that has died since, or is long past, holds nobody up. */
function waitsOf({ isAtWork, progress, readAt }: LiveRun): readonly RunWait[] {
  if (!isAtWork) return [];
  return (progress?.waits ?? []).filter(({ until }) => Date.parse(until) > readAt.getTime() - CLOCKS_DIFFER_MS);
}

/** `until` is of the clock of the host that waits, `readAt` of the database's. */
const CLOCKS_DIFFER_MS = 5_000;
