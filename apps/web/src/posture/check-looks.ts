import type { CheckStatus, CheckView } from '@castellan/api';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHelpCircle, IconPlayerPause } from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const CHECK_LOOKS: Readonly<Record<CheckStatus, StateLook>> = {
  failed: { icon: IconCircleX, word: 'Failed', color: 'red' },
  passed: { icon: IconCircleCheck, word: 'Passed', color: 'green' },
  unknown: { icon: IconHelpCircle, word: 'Unknown', color: 'orange' },
};
const OFF: StateLook = { icon: IconPlayerPause, word: 'Switched off', color: 'gray' };
const NOT_YET: StateLook = { icon: IconCircleDashed, word: 'Not looked at yet', color: 'gray' };
export const NO_CHECK: StateLook = { icon: IconCircleDashed, word: 'Not checked', color: 'gray' };

export function checkLook({ status, enabled }: Pick<CheckView, 'status' | 'enabled'>): StateLook {
  if (!enabled) return OFF;
  return status === null ? NOT_YET : CHECK_LOOKS[status];
}
