import type { StreamView } from '@castellan/api';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';

/** `group-rules`: `Group rules`. */
export function streamTitle(name: string): string {
  const words = name.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

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
export const PARTLY: StreamLook = { icon: IconAlertTriangle, word: 'Read in part', color: 'orange' };

export function streamLook({ state, unlistedCount }: Pick<StreamView, 'state' | 'unlistedCount'>): StreamLook {
  return state === 'complete' && unlistedCount > 0 ? PARTLY : STREAM_LOOKS[state];
}

/** `Accounts, groups and 3 more`: at most so many by name. */
export function streamList(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const words = shown.map((name, index) => (index === 0 ? streamTitle(name) : streamTitle(name).toLowerCase()));
  const rest = names.length - shown.length;
  if (rest > 0) return `${words.join(', ')} and ${rest} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
