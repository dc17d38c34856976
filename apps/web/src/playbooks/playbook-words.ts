import type {
  PlaybookItemState,
  PlaybookItemView,
  PlaybookRunState,
  PlaybookRunView,
  PlaybookSetting,
  PlaybookStepKind,
  PlaybookStepLog,
  PlaybookStepState,
  PlaybookSummary,
  SimulatedIntegration,
  SimulatedStep,
} from '@castellan/api';
import {
  IconAlertTriangle,
  IconBolt,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconClockX,
  IconFlask,
  IconHandStop,
  IconHourglass,
  IconLoader,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconSend,
  IconTool,
  IconUserCheck,
  IconUserQuestion,
  IconUserX,
} from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const RUN_LOOKS: Readonly<Record<PlaybookRunState, StateLook>> = {
  running: { icon: IconLoader, word: 'Goes on by itself', color: 'blue' },
  waiting: { icon: IconUserQuestion, word: 'Waits for a person', color: 'orange' },
  ended: { icon: IconCircleCheck, word: 'Came to its end', color: 'green' },
  stopped: { icon: IconHandStop, word: 'Stopped', color: 'gray' },
  expired: { icon: IconClockX, word: 'Given up: too late', color: 'red' },
};

type WaitsFor = Exclude<PlaybookRunView['waitsFor'], null>;

export const WAITS_WORDS: Readonly<Record<WaitsFor, string>> = {
  approval: 'It waits for a decision.',
  agreement: 'It waits for somebody who agrees to an action.',
  hand: 'It waits for something that is done by hand.',
  action: 'An action is under way.',
  event: 'It waits for something to happen.',
};

export const KIND_LOOKS: Readonly<Record<PlaybookStepKind, StateLook>> = {
  action: { icon: IconBolt, word: 'Action', color: 'gray' },
  notify: { icon: IconSend, word: 'Message', color: 'gray' },
  approval: { icon: IconUserQuestion, word: 'Question', color: 'gray' },
  wait: { icon: IconHourglass, word: 'Wait', color: 'gray' },
};

export const STEP_LOOKS: Readonly<Record<PlaybookStepState, StateLook>> = {
  open: { icon: IconLoader, word: 'Goes on', color: 'blue' },
  done: { icon: IconCircleCheck, word: 'Done', color: 'green' },
  partly: { icon: IconAlertTriangle, word: 'Done in part', color: 'orange' },
  not_done: { icon: IconCircleX, word: 'Not done', color: 'orange' },
  skipped: { icon: IconPlayerSkipForward, word: 'Left out', color: 'gray' },
  approved: { icon: IconUserCheck, word: 'Approved', color: 'green' },
  declined: { icon: IconUserX, word: 'Declined', color: 'gray' },
  came: { icon: IconCheck, word: 'It came', color: 'green' },
  late: { icon: IconClockX, word: 'Nothing came in time', color: 'gray' },
  given_up: { icon: IconHandStop, word: 'Given up', color: 'gray' },
};

/** Of a step that has not begun. */
export const AHEAD: StateLook = { icon: IconCircleDashed, word: 'Not begun', color: 'gray' };

export const ITEM_LOOKS: Readonly<Record<PlaybookItemState, StateLook>> = {
  open: { icon: IconCircleDashed, word: 'Is asked for next', color: 'blue' },
  requested: { icon: IconHourglass, word: 'Asked for', color: 'blue' },
  done: { icon: IconCircleCheck, word: 'Done', color: 'green' },
  by_hand: { icon: IconTool, word: 'To be done by hand', color: 'orange' },
  done_by_hand: { icon: IconUserCheck, word: 'Done by hand, somebody says', color: 'green' },
  not_done: { icon: IconCircleX, word: 'Not done', color: 'gray' },
};

export const WOULD_LOOKS: Readonly<Record<SimulatedStep['would'], StateLook>> = {
  done: { icon: IconBolt, word: 'Would be done', color: 'blue' },
  person: { icon: IconUserQuestion, word: 'Would wait for a person', color: 'orange' },
  skipped: { icon: IconPlayerSkipForward, word: 'Would be left out', color: 'gray' },
  stopped: { icon: IconAlertTriangle, word: 'Would be stopped: too many', color: 'red' },
};

const ON: StateLook = { icon: IconCircleCheck, word: 'On', color: 'green' };
const OUTDATED: StateLook = { icon: IconAlertTriangle, word: 'Off: there is a new version', color: 'orange' };
const OFF: StateLook = { icon: IconPlayerPause, word: 'Off', color: 'gray' };
const UNSEEN: StateLook = { icon: IconFlask, word: 'Off, not simulated yet', color: 'gray' };

/** Whether it begins by itself. */
export function settingLook({ isEnabled, isOutdated, simulatedAt }: PlaybookSetting): StateLook {
  if (isEnabled) return ON;
  if (isOutdated) return OUTDATED;
  return simulatedAt === null ? UNSEEN : OFF;
}

const ASKED: StateLook = { icon: IconClockPause, word: 'Waits for a person', color: 'orange' };

/** Of what a run that is over has left as it was. */
const WAS_ASKED: StateLook = { icon: IconHourglass, word: 'Was asked for', color: 'gray' };

type ItemStanding = Pick<PlaybookItemView, 'state' | 'message'>;

interface StepStanding extends Pick<PlaybookStepLog, 'state' | 'kind'> {
  readonly items: readonly ItemStanding[];
}

/** Something says why a request is not under way only where nobody has agreed to it. */
const isProposed = ({ state, message }: ItemStanding): boolean => state === 'requested' && message !== null;

/** A step that is open because somebody is asked says so. */
export function stepLook({ state, kind, items }: StepStanding): StateLook {
  const isAsked = kind === 'approval' || items.some((item) => item.state === 'by_hand' || isProposed(item));
  return state === 'open' && isAsked ? ASKED : STEP_LOOKS[state];
}

/** @param isOver of the run: nobody goes on with what it has left */
export function itemLook(item: ItemStanding, isOver: boolean): StateLook {
  if (isOver && (item.state === 'open' || item.state === 'by_hand')) return ITEM_LOOKS.not_done;
  if (isOver && item.state === 'requested') return WAS_ASKED;
  return isProposed(item) ? ASKED : ITEM_LOOKS[item.state];
}

/** `3 runs`, `1 run`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

export function runsWords({ open, waiting, last24Hours }: PlaybookSummary['runs']): string {
  if (open === 0 && last24Hours === 0) return 'None lately';
  const waits = waiting === 0 ? '' : ` (${counted(waiting, 'waits', 'wait')} for a person)`;
  return `${open.toLocaleString('en')} open${waits}, ${last24Hours.toLocaleString('en')} begun within 24 hours`;
}

/** What a simulation says of an integration. */
export function simulatedWords(simulated: SimulatedIntegration): readonly string[] {
  const { count, findings, openings, approvals, byHand, runs, offersActions, isAvailable } = simulated;
  if (findings === 0) return ['Nothing was found that could begin it.'];
  const begun = [
    `${counted(count, 'run')} would have begun, of ${counted(openings, 'opening')}: ${counted(findings, 'finding')} of its rules and checks.`,
    ...leftOut(simulated),
  ];
  if (!isAvailable) return [...begun, 'Its connector is not on this host: what the steps would have done is not known.'];
  if (count === 0) return begun;
  const of = runs.length < count ? `Of the youngest ${runs.length}: ` : '';
  return [
    ...begun,
    `${of}${counted(approvals, 'action')} would have waited for a second person, and ${counted(byHand, 'action')} would have been left to be done by hand.`,
    ...(offersActions ? [] : ['Actions are not offered by this integration: all of them are done by hand.']),
  ];
}

/** What was found and would not have begun it, or not then. */
function leftOut({ late, excepted, overLimit, behind }: SimulatedIntegration): readonly string[] {
  const all = [
    [late, 'finding', 'Left out, as it was long over when it was found'],
    [excepted, 'finding', 'Left out, as it was excepted from the beginning'],
    [overLimit, 'opening', 'Waiting for another day, as enough had begun'],
    [behind, 'opening', 'Waiting for an earlier run of the same subject'],
  ] as const;
  return all.flatMap(([many, what, why]) => (many === 0 ? [] : [`${why}: ${counted(many, what)}.`]));
}

const MINUTE_MS = 60_000;
const UNITS = [
  ['day', 1_440 * MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
] as const;

/** `4 days`, `36 hours`: what a deadline is. */
export function longWords(ms: number): string {
  const [unit, size] = UNITS.find(([, one]) => ms >= one && ms % one === 0) ?? ['minute', MINUTE_MS];
  return counted(Math.round(ms / size), unit);
}
