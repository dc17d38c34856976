import type {
  Page,
  PlaybookDecisionInput,
  PlaybookItemView,
  PlaybookRunView,
  PlaybookStepLog,
  PlaybookStopInput,
  PlaybookTickInput,
} from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

const ADA = { kind: 'user', id: '4b1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f62', name: 'Ada Lovelace' } as const;
const BY_ITSELF = { kind: 'playbook', id: null, name: 'Playbook MFA fatigue' } as const;
const ANA = { kind: 'account', key: 'u-17', name: 'ana@acme.example' };

const ITEM: PlaybookItemView = {
  id: 'q1W2e3R4t5Y6u7I8',
  record: ANA,
  input: freeForm({ account: 'u-17' }),
  state: 'done',
  requestId: '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c44',
  message: 'The sessions of ana@acme.example are over.',
  note: null,
  by: null,
};
const BY_HAND: PlaybookItemView = {
  ...ITEM,
  state: 'done_by_hand',
  requestId: null,
  message: 'By hand: Take the push factor away.',
  note: 'Taken away in the console.',
  by: ADA,
};
/** Asked for this moment: nothing is known of it yet. */
const REQUESTED: PlaybookItemView = { ...ITEM, state: 'requested', message: null };
const ENDED: PlaybookStepLog = {
  step: 'end-sessions',
  kind: 'action',
  title: 'End its sessions',
  state: 'done',
  beganAt: '2026-11-27T09:30:00.000Z',
  endedAt: '2026-11-27T09:30:04.000Z',
  dueAt: null,
  message: null,
  items: [ITEM, BY_HAND, REQUESTED],
  decidedBy: null,
  note: null,
};
const ASKED: PlaybookStepLog = {
  step: 'not-theirs',
  kind: 'approval',
  title: 'Were the pushes not theirs?',
  state: 'open',
  beganAt: '2026-11-27T09:30:05.000Z',
  endedAt: null,
  dueAt: '2026-11-28T09:30:05.000Z',
  message: 'Call the owner.',
  items: [],
  decidedBy: null,
  note: null,
};
const ANSWERED: PlaybookStepLog = {
  ...ASKED,
  state: 'approved',
  endedAt: '2026-11-27T09:45:00.000Z',
  decidedBy: ADA,
  note: 'She was asleep.',
};

const WAITING: PlaybookRunView = {
  id: '3e8f8b8e-9c55-4a7a-8a55-1b2c3d4e5f64',
  playbook: { id: 'mfa-fatigue', version: 1, title: 'MFA fatigue' },
  integration: { id: '0f0c7f0e-6c5e-4d0c-9a55-2a6f3f4f7d11', name: 'Acme' },
  findingId: '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61',
  incidentId: '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60',
  subject: ANA,
  state: 'waiting',
  waitsFor: 'approval',
  step: 'not-theirs',
  end: null,
  log: [ENDED, ASKED],
  startedBy: BY_ITSELF,
  startedAt: '2026-11-27T09:30:00.000Z',
  deadlineAt: '2026-12-01T09:30:00.000Z',
  endedAt: null,
  stoppedBy: null,
  reason: null,
};
const OVER: PlaybookRunView = {
  ...WAITING,
  incidentId: null,
  state: 'ended',
  waitsFor: null,
  step: null,
  end: 'done',
  log: [ENDED, ANSWERED],
  startedBy: ADA,
  endedAt: '2026-11-27T10:00:00.000Z',
};
const STOPPED: PlaybookRunView = { ...OVER, state: 'stopped', end: null, stoppedBy: ADA, reason: 'It is a drill.' };
export const RUN_ANSWER = new Examples({ 'waits for a person': WAITING, 'is over': OVER, 'was stopped': STOPPED });
const FIRST: Page<PlaybookRunView> = { items: [WAITING, OVER, STOPPED], next: 'cnVucyBvZiBwbGF5Ym9va3M' };
export const RUNS_ANSWER = new Examples({ 'the first page': FIRST, 'the last one': { ...FIRST, next: null } });

const STOP: PlaybookStopInput = { reason: 'It is a drill.' };
export const STOP_BODY = STOP;
const WITH_NOTE: PlaybookDecisionInput = { note: 'She was asleep.' };
const WITHOUT: PlaybookDecisionInput = {};
export const DECISION_BODY = new Examples({ 'with a note': WITH_NOTE, 'without one': WITHOUT });
const TICK: PlaybookTickInput = { item: ITEM.id, note: 'Taken away in the console.', isDone: true };
export const TICK_BODY = TICK;
