import type { RunState } from '@castellan/api';
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
  queued: { icon: IconCircleDashed, word: 'In line', color: 'gray' },
  running: { icon: IconRefresh, word: 'At work', color: 'blue' },
  waiting: { icon: IconClockPause, word: 'Waiting', color: 'yellow' },
  complete: { icon: IconCircleCheck, word: 'Complete', color: 'green' },
  incomplete: { icon: IconAlertTriangle, word: 'Incomplete', color: 'orange' },
  failed: { icon: IconCircleX, word: 'Failed', color: 'red' },
  cancelled: { icon: IconCircleMinus, word: 'Cancelled', color: 'gray' },
};
