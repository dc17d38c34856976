import type { RunCause, RunCounts, RunMode, RunState, RunView } from '@castellan/api';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClockPause,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';

export interface RunLook {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly color: 'gray' | 'blue' | 'green' | 'yellow' | 'orange' | 'red';
}

export const RUN_LOOKS: Readonly<Record<RunState, RunLook>> = {
  queued: { icon: IconCircleDashed, word: 'About to begin', color: 'gray' },
  running: { icon: IconRefresh, word: 'At work', color: 'blue' },
  waiting: { icon: IconClockPause, word: 'Waiting', color: 'yellow' },
  complete: { icon: IconCircleCheck, word: 'Complete', color: 'green' },
  incomplete: { icon: IconAlertTriangle, word: 'Incomplete', color: 'orange' },
  failed: { icon: IconCircleX, word: 'Failed', color: 'red' },
  cancelled: { icon: IconCircleMinus, word: 'Cancelled', color: 'gray' },
};

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
