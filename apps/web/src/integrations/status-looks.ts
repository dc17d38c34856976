import type { NextAction, StatusState } from '@castellan/api';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconHandStop,
  IconHourglass,
  IconKey,
  IconPlayerPause,
  IconPlugConnectedX,
  IconProgressAlert,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';

export interface StatusLook {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly color: 'gray' | 'blue' | 'green' | 'yellow' | 'orange' | 'red';
}

/** Icon, word and colour: none of them is needed to understand the others. */
export const STATUS_LOOKS: Readonly<Record<StatusState, StatusLook>> = {
  never_synced: { icon: IconCircleDashed, word: 'Never synced', color: 'gray' },
  syncing: { icon: IconRefresh, word: 'Syncing', color: 'blue' },
  rate_limited: { icon: IconHourglass, word: 'Rate limited', color: 'yellow' },
  waiting: { icon: IconClockPause, word: 'Waiting', color: 'yellow' },
  interrupted: { icon: IconPlugConnectedX, word: 'Interrupted', color: 'orange' },
  healthy: { icon: IconCircleCheck, word: 'Healthy', color: 'green' },
  healthy_with_warnings: { icon: IconAlertTriangle, word: 'Healthy, with warnings', color: 'yellow' },
  degraded: { icon: IconProgressAlert, word: 'Degraded', color: 'orange' },
  held: { icon: IconHandStop, word: 'Held', color: 'orange' },
  needs_reconnect: { icon: IconKey, word: 'Needs reconnecting', color: 'red' },
  paused: { icon: IconPlayerPause, word: 'Paused', color: 'gray' },
  failed: { icon: IconCircleX, word: 'Failed', color: 'red' },
};

export const ACTION_WORDS: Readonly<Record<NextAction, string>> = {
  sync: 'Sync now',
  resume: 'Resume',
  reconnect: 'Reconnect',
  'decide-holds': 'Decide on removals',
  grant: 'See what is missing',
};
