import type { RunCause, RunCounts, RunMode, RunView } from '@castellan/api';

export const CAUSE_WORDS: Readonly<Record<RunCause, string>> = {
  created: 'First sync',
  edited: 'Settings were changed',
  reconnected: 'Reconnected',
  manual: 'By hand',
  scheduled: 'Schedule',
};

export const MODE_WORDS: Readonly<Record<RunMode, string>> = {
  full: 'Everything listed',
  poll: 'Changes read',
};

/** Seconds that it has taken, or takes by now; `null`: it has not begun. */
export function secondsOf({ startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>, now: number): number | null {
  if (startedAt === null) return null;
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  return Math.max(0, (end - Date.parse(startedAt)) / 1_000);
}

export function isUnderWay({ state }: Pick<RunView, 'state'>): boolean {
  return state === 'queued' || state === 'running' || state === 'waiting';
}

/** What was not as it should be, in words. */
export function warningsOf({ rejected, unlisted }: Pick<RunCounts, 'rejected' | 'unlisted'>): readonly string[] {
  return [
    ...(rejected > 0 ? [`${rejected} ${rejected === 1 ? 'row' : 'rows'} not understood`] : []),
    ...(unlisted > 0 ? [`${unlisted} ${unlisted === 1 ? 'part' : 'parts'} not listed`] : []),
  ];
}
