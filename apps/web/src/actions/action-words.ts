import type { ActionBatchState, ActionState, OfferedAction, ResponseRole } from '@castellan/api';
import {
  IconArrowBackUp,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconHandStop,
  IconHourglass,
  IconLoader,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const ACTION_LOOKS: Readonly<Record<ActionState, StateLook>> = {
  proposed: { icon: IconClockPause, word: 'Waits for approval', color: 'orange' },
  approved: { icon: IconHourglass, word: 'Is done next', color: 'blue' },
  running: { icon: IconLoader, word: 'Under way', color: 'blue' },
  done: { icon: IconCheck, word: 'Done, not seen yet', color: 'blue' },
  verified: { icon: IconCircleCheck, word: 'Done and seen', color: 'green' },
  failed: { icon: IconCircleX, word: 'Failed', color: 'red' },
  rejected: { icon: IconHandStop, word: 'Rejected', color: 'gray' },
  withdrawn: { icon: IconHandStop, word: 'Withdrawn', color: 'gray' },
  undone: { icon: IconArrowBackUp, word: 'Taken back', color: 'gray' },
};

/** What is over, and was not seen, will not be seen any more. */
export function lookOf({ state, endedAt }: { readonly state: ActionState; readonly endedAt: string | null }): StateLook {
  return state === 'done' && endedAt !== null ? { ...ACTION_LOOKS.done, word: 'Done, cannot be seen' } : ACTION_LOOKS[state];
}

export const BATCH_LOOKS: Readonly<Record<ActionBatchState, StateLook>> = {
  proposed: { icon: IconClockPause, word: 'Waits for approval', color: 'orange' },
  running: { icon: IconLoader, word: 'Under way', color: 'blue' },
  ended: { icon: IconCircleCheck, word: 'Over', color: 'green' },
  stopped: { icon: IconPlayerStop, word: 'Stopped', color: 'orange' },
  rejected: { icon: IconHandStop, word: 'Rejected', color: 'gray' },
  withdrawn: { icon: IconHandStop, word: 'Withdrawn', color: 'gray' },
};

type Purpose = OfferedAction['purpose'];

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  contain: 'Stop it',
  fix: 'Put it right',
  prevent: 'Keep it from happening again',
  restore: 'Give back',
};

/** While an attack goes on every minute counts; what is only weak is put right. */
export const ATTACK_FIRST: readonly Purpose[] = ['contain', 'fix', 'prevent'];
export const FIX_FIRST: readonly Purpose[] = ['fix', 'contain', 'prevent'];

/** What can go wrong with it. */
export function riskWords({ effect, undo }: Pick<OfferedAction, 'effect' | 'undo'>): string {
  if (effect === 'read') return 'Changes nothing.';
  if (effect === 'destructive') return undo === null ? 'Cannot be taken back.' : 'Heavy; can be taken back within 7 days.';
  return undo === null ? 'Light; nothing has to be taken back.' : 'Can be taken back within 7 days.';
}

/** What it takes. */
export function needsWords({ effect, requires }: Pick<OfferedAction, 'effect' | 'requires'>): string {
  const person = effect === 'destructive' ? 'a second person, ' : '';
  return `Needs ${person}${requires.length === 0 ? 'no more than is granted' : requires.join(', ')}`;
}

export const ROLE_WORDS: Readonly<Record<ResponseRole, string>> = {
  subject: 'what this is about',
  actor: 'acted',
  target: 'was acted on',
  address: 'where it came from',
};
