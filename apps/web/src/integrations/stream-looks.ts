import type { StreamView } from '@castellan/api';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';

export interface StreamLook {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly color: 'gray' | 'blue' | 'green' | 'orange';
}

export const STREAM_LOOKS: Readonly<Record<StreamView['state'], StreamLook>> = {
  pending: { icon: IconCircleDashed, word: 'Not begun', color: 'gray' },
  reading: { icon: IconRefresh, word: 'Being read', color: 'blue' },
  complete: { icon: IconCircleCheck, word: 'Read in full', color: 'green' },
  skipped: { icon: IconCircleMinus, word: 'Not readable', color: 'orange' },
  incomplete: { icon: IconAlertTriangle, word: 'Broke off', color: 'orange' },
};

/** Complete, but for parts that the provider did not list. */
const PARTLY: StreamLook = { icon: IconAlertTriangle, word: 'Read in part', color: 'orange' };

export function streamLook({ state, unlistedCount }: Pick<StreamView, 'state' | 'unlistedCount'>): StreamLook {
  return state === 'complete' && unlistedCount > 0 ? PARTLY : STREAM_LOOKS[state];
}
