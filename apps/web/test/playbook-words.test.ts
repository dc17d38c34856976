import {
  PLAYBOOK_ITEM_STATES,
  PLAYBOOK_RUN_STATES,
  PLAYBOOK_STEP_KINDS,
  type PlaybookStepView,
  type SimulatedIntegration,
} from '@castellan/api';
import {
  ITEM_LOOKS,
  itemLook,
  KIND_LOOKS,
  longWords,
  RUN_LOOKS,
  runsWords,
  settingLook,
  simulatedWords,
  STEP_LOOKS,
  stepLook,
  WAITS_WORDS,
  WOULD_LOOKS,
} from '../src/playbooks/playbook-words.js';
import { readRunsSearch } from '../src/playbooks/playbooks-search.js';
import { whoDoes } from '../src/playbooks/who-does.js';

const HOUR = 3_600_000;

test('every state has a word of its own, and a sign', () => {
  expect(Object.keys(RUN_LOOKS)).toEqual([...PLAYBOOK_RUN_STATES]);
  expect(Object.keys(KIND_LOOKS)).toEqual([...PLAYBOOK_STEP_KINDS]);
  expect(Object.keys(ITEM_LOOKS)).toEqual([...PLAYBOOK_ITEM_STATES]);
  for (const looks of [RUN_LOOKS, KIND_LOOKS, ITEM_LOOKS, STEP_LOOKS, WOULD_LOOKS]) {
    const words = Object.values(looks).map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((word) => word.trim() !== '')).toBe(true);
    expect(Object.values(looks).every(({ icon }) => icon !== undefined)).toBe(true);
  }
  expect(Object.values(WAITS_WORDS).every((sentence) => sentence.endsWith('.'))).toBe(true);
});

test('a playbook is on, off, off for a new version, or was never looked at', () => {
  const word = (isEnabled: boolean, isOutdated: boolean, simulatedAt: string | null) =>
    settingLook({ isEnabled, isOutdated, simulatedAt, enabledAt: null, enabledBy: null }).word;
  expect(word(true, false, '2026-11-27T09:00:00Z')).toBe('On');
  expect(word(false, true, null)).toBe('Off: there is a new version');
  expect(word(false, false, '2026-11-27T09:00:00Z')).toBe('Off');
  expect(word(false, false, null)).toBe('Off, not simulated yet');
});

test('what waits for a person says so; what a run that is over has left is not said to come', () => {
  const item = (state: (typeof PLAYBOOK_ITEM_STATES)[number], message: string | null) => ({ state, message });
  const step = (state: 'open' | 'done', ...items: readonly ReturnType<typeof item>[]) =>
    stepLook({ state, kind: 'action', items }).word;
  expect(stepLook({ state: 'open', kind: 'approval', items: [] }).word).toBe('Waits for a person');
  expect(stepLook({ state: 'declined', kind: 'approval', items: [] }).word).toBe('Declined');
  expect(step('open', item('requested', null))).toBe('Goes on');
  expect(step('open', item('done', null), item('requested', 'It waits for a person who agrees to it.'))).toBe(
    'Waits for a person',
  );
  expect(step('open', item('by_hand', 'By hand.'))).toBe('Waits for a person');
  expect(step('done', item('by_hand', 'By hand.'))).toBe('Done');
  expect(itemLook(item('requested', 'It waits.'), false).word).toBe('Waits for a person');
  expect(itemLook(item('open', null), false).word).toBe('Is asked for next');
  expect(itemLook(item('open', null), true).word).toBe('Not done');
  expect(itemLook(item('by_hand', 'By hand.'), true).word).toBe('Not done');
  expect(itemLook(item('requested', null), true).word).toBe('Was asked for');
  expect(itemLook(item('done', null), true).word).toBe('Done');
});

test('runs are counted in words', () => {
  expect(runsWords({ open: 0, waiting: 0, last24Hours: 0 })).toBe('None lately');
  expect(runsWords({ open: 1, waiting: 1, last24Hours: 2 })).toBe('1 open (1 waits for a person), 2 begun within 24 hours');
  expect(runsWords({ open: 12, waiting: 3, last24Hours: 1_200 })).toBe(
    '12 open (3 wait for a person), 1,200 begun within 24 hours',
  );
  expect(longWords(96 * HOUR)).toBe('4 days');
  expect(longWords(36 * HOUR)).toBe('36 hours');
  expect(longWords(HOUR / 2)).toBe('30 minutes');
});

test('a simulation says how many would have begun, and what would have waited', () => {
  const of = (more: Partial<SimulatedIntegration>) =>
    simulatedWords({
      integration: { id: 'i', name: 'Acme' },
      isAvailable: true,
      offersActions: true,
      count: 0,
      findings: 0,
      late: 0,
      excepted: 0,
      openings: 0,
      overLimit: 0,
      behind: 0,
      approvals: 0,
      byHand: 0,
      runs: [],
      ...more,
    });
  expect(of({})).toEqual(['Nothing was found that could begin it.']);
  expect(of({ findings: 3, openings: 1, late: 2 })).toEqual([
    '0 runs would have begun, of 1 opening: 3 findings of its rules and checks.',
    'Left out, as it was long over when it was found: 2 findings.',
  ]);
  expect(
    of({ findings: 80, openings: 74, count: 70, approvals: 1, byHand: 4, offersActions: false, overLimit: 3, behind: 1 }),
  ).toEqual([
    '70 runs would have begun, of 74 openings: 80 findings of its rules and checks.',
    'Waiting for another day, as enough had begun: 3 openings.',
    'Waiting for an earlier run of the same subject: 1 opening.',
    'Of the youngest 0: 1 action would have waited for a second person, and 4 actions would have been left to be done by hand.',
    'Actions are not offered by this integration: all of them are done by hand.',
  ]);
  expect(of({ findings: 1, openings: 1, count: 1, isAvailable: false })).toEqual([
    '1 run would have begun, of 1 opening: 1 finding of its rules and checks.',
    'Its connector is not on this host: what the steps would have done is not known.',
  ]);
});

test('before it is switched on: what it does by itself, with whom, and by whose hand', () => {
  const step = (id: string, kind: PlaybookStepView['kind'], action: string | null = null): PlaybookStepView => ({
    id,
    kind,
    title: id,
    says: [],
    action,
  });
  const steps = [
    step('end', 'action', 'end-sessions'),
    step('wipe', 'action', 'wipe-device'),
    step('drop', 'action', 'drop-role'),
    step('tell', 'notify'),
    step('ask', 'approval'),
    step('lock', 'action', 'lock-account'),
    step('again', 'notify'),
  ];
  const does = whoDoes(steps, [
    { name: 'end-sessions', effect: 'write', isOffered: true },
    { name: 'drop-role', effect: 'destructive', isOffered: true },
    { name: 'lock-account', effect: 'write', isOffered: true },
    { name: 'wipe-device', effect: 'write', isOffered: false },
  ]);
  const ids = (some: readonly PlaybookStepView[]) => some.map(({ id }) => id);
  expect(ids(does.byItself)).toEqual(['end', 'tell']);
  expect(ids(does.withPerson)).toEqual(['drop', 'lock', 'again']);
  expect(ids(does.byHand)).toEqual(['wipe']);
});

test('an address of the runs says what it can', () => {
  expect(readRunsSearch({ state: 'waiting', playbook: 'mfa-fatigue', integration: 'i', more: 1 })).toEqual({
    state: 'waiting',
    playbook: 'mfa-fatigue',
    integration: 'i',
  });
  expect(readRunsSearch({ state: 'awful' })).toEqual({});
});
