import type { FindingStatus } from '@castellan/api';
import { IconCircleCheck, IconCircleDot, IconClockPause, IconEye } from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const STATUS_LOOKS: Readonly<Record<FindingStatus, StateLook>> = {
  open: { icon: IconCircleDot, word: 'Open', color: 'orange' },
  acknowledged: { icon: IconEye, word: 'Acknowledged', color: 'blue' },
  excepted: { icon: IconClockPause, word: 'Excepted', color: 'gray' },
  resolved: { icon: IconCircleCheck, word: 'Resolved', color: 'green' },
};
