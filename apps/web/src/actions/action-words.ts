import type {
  ActionBatchState,
  ActionBatchView,
  ActionRequestView,
  ActionState,
  OfferedAction,
  ResponseRole,
} from '@castellan/api';
import type { ComparablePlan } from '@castellan/connector-sdk';
import {
  IconArrowBackUp,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconEqual,
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

/** What is over, and was not seen, will not be seen any more; what was so already was not done. */
export function lookOf({ state, endedAt, changed }: Pick<ActionRequestView, 'state' | 'endedAt' | 'changed'>): StateLook {
  if (state === 'verified' && changed === false)
    return { icon: IconEqual, word: 'It was so already: nothing was sent', color: 'gray' };
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

/** `2 done and seen, 1 failed, 1 so already`. */
export function countsWords(counts: ActionBatchView['counts']): string {
  return Object.entries(counts)
    .flatMap(([state, count]) =>
      // The keys of an object of ours.
      count === 0 ? [] : [`${count.toLocaleString('en')} ${countWord(state as keyof typeof counts)}`],
    )
    .join(', ');
}

const countWord = (state: keyof ActionBatchView['counts']): string =>
  state === 'already' ? 'so already' : ACTION_LOOKS[state].word.toLowerCase();

/** `a, b, c and 27 more`. @param first names of the first @param all how many there are */
export function namesWords(first: readonly string[], all: number): string {
  const more = all - first.length;
  if (more > 0) return `${first.join(', ')} and ${more.toLocaleString('en')} more`;
  return new Intl.ListFormat('en-GB').format(first);
}

/** What comes of each of them: what names one of them is said of that one. */
export function sharedConsequences(plans: readonly Pick<ComparablePlan, 'consequences'>[]): readonly string[] {
  const [first, ...others] = plans;
  return (first?.consequences ?? []).filter((one) => others.every(({ consequences }) => consequences.includes(one)));
}

export function countedLoss(lost: number): string {
  return `${lost.toLocaleString('en')} ${lost === 1 ? 'application is' : 'applications are'} not reached any more`;
}
