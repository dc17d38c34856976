import type {
  ActionDecisionsInput,
  ActionDecisionsView,
  ActionPerson,
  ActionPlanInput,
  ActionPlanView,
  ActionRequestInput,
  ActionRequestView,
  OfferedAction,
  OfferedActions,
  Page,
} from '@castellan/api';
import type { ComparablePlan } from '@castellan/connector-sdk';
import { Examples, freeForm } from '../docs/examples.js';

const INTEGRATION = { id: '0f0c7f0e-6c5e-4d0c-9a55-2a6f3f4f7d11', name: 'Acme' };
const REQUEST = '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c44';

const PLAN: ComparablePlan = {
  state: 'open',
  calls: [{ method: 'POST', path: '/users/u-17/suspend' }],
  touches: [{ kind: 'account', key: 'u-17', name: 'ana@acme.example' }],
  consequences: ['Its sessions end. What is open in an application stays open until the application asks again.'],
  outcome: 'ana@acme.example is suspended.',
  stale: [{ stream: 'accounts', scope: { field: 'key', value: 'u-17' }, at: '2026-11-27T09:30:00.000Z' }],
  undo: { action: 'unsuspend-account', input: freeForm({ account: 'u-17' }) },
  fingerprint: 'kq0cS8m0cYp3mB3n1mQm0R0y6v6t0cXh1J2l6Qn3b8Y',
};
const REMOVAL: ComparablePlan = {
  ...PLAN,
  calls: [{ method: 'PUT', path: '/groups/g-2/members', body: freeForm({ members: ['u-3'] }) }],
  undo: null,
  fingerprint: 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v',
};

const END_SESSIONS: OfferedAction = {
  name: 'clear-sessions',
  title: 'End all sessions',
  summary: 'Whoever is signed in as this account is signed out.',
  subject: 'account',
  effect: 'write',
  purpose: 'contain',
  undo: null,
  requires: ['users:write'],
  isOffered: false,
  notGranted: [],
  byHand: ['Users > the user > End sessions.'],
  form: { formVersion: 1, schema: freeForm({}), uiSchema: freeForm({}), secrets: [], addresses: [] },
};

const person = (id: string, name: string): ActionPerson => ({ kind: 'user', id, name, userId: id });
export const ADA = person('4b1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f62', 'Ada Lovelace');
export const GRACE = person('4b1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f63', 'Grace Hopper');

const OFFERED: OfferedActions = {
  items: [
    {
      name: 'suspend-account',
      title: 'Suspend',
      summary: 'The account cannot sign in until it is taken back; it keeps all that it has.',
      subject: 'account',
      effect: 'write',
      purpose: 'contain',
      undo: 'unsuspend-account',
      requires: ['users:write'],
      isOffered: true,
      notGranted: ['users:write'],
      byHand: ['Users > the user > Suspend.', 'Confirm it.'],
      form: { formVersion: 1, schema: freeForm({}), uiSchema: freeForm({}), secrets: ['token'], addresses: ['domain'] },
    },
    END_SESSIONS,
  ],
  grants: { seenAt: '2026-11-27T09:20:00.000Z', where: 'Grant it in Acme: Settings > API clients > the client > Permissions.' },
};
const UNKNOWN: OfferedActions = { items: [END_SESSIONS], grants: null };
export const OFFERED_ANSWER = new Examples({ 'something is not granted': OFFERED, 'what is granted is not known': UNKNOWN });

const PLAN_INPUT: ActionPlanInput = { action: 'suspend-account', input: freeForm({ account: 'u-17' }) };
export const PLAN_BODY = PLAN_INPUT;
const NOTHING_LOST = { access: null, administrators: null };
export const PLANNED: ActionPlanView = { plan: PLAN, needsApproval: false, canRun: { ok: true }, ...NOTHING_LOST };
export const PLANNED_REMOVAL: ActionPlanView = {
  plan: REMOVAL,
  needsApproval: true,
  canRun: { ok: true },
  access: {
    accounts: 1,
    lost: 12,
    applications: [{ key: 'a-4', name: 'Payroll' }],
    complete: false,
    asOf: '2026-11-27T09:20:00.000Z',
  },
  administrators: { roles: [{ key: 'r-1', name: 'Super administrator', left: 2 }], asOf: '2026-11-27T09:20:00.000Z' },
};
export const NOT_FROM_HERE: ActionPlanView = {
  ...PLANNED,
  canRun: {
    ok: false,
    because: 'not-offered',
    message: 'The settings of the integration do not let it be done from here.',
    missing: ['users:write'],
  },
};
export const PLAN_ANSWER = new Examples({
  'done at once': PLANNED,
  'a second person has to agree': PLANNED_REMOVAL,
  'not from here, but by hand': NOT_FROM_HERE,
});

const ASKED: ActionRequestInput = {
  integrationId: INTEGRATION.id,
  action: 'suspend-account',
  input: freeForm({ account: 'u-17' }),
  fingerprint: PLAN.fingerprint,
  reason: 'Signed in from two countries within minutes.',
  incidentId: '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60',
  wish: 'dialog 4711',
};
const ASKED_BACK: ActionRequestInput = {
  integrationId: INTEGRATION.id,
  action: 'unsuspend-account',
  input: freeForm({ account: 'u-17' }),
  fingerprint: 'Zm9yIHVuc3VzcGVuZGluZyBhbiBhY2NvdW50IGFnYWlu',
  findingId: '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61',
  undoOf: REQUEST,
};
const SAID: ActionRequestInput = {
  integrationId: INTEGRATION.id,
  action: 'clear-sessions',
  input: freeForm({ account: 'u-17' }),
  byHand: true,
  reason: 'Ended in the console of the provider.',
};
export const ACTION_BODY = new Examples({
  'something is done': ASKED,
  'something is taken back': ASKED_BACK,
  'something was done by hand': SAID,
});

const VERIFIED: ActionRequestView = {
  id: REQUEST,
  integration: INTEGRATION,
  action: 'suspend-account',
  title: 'Suspend',
  effect: 'write',
  byHand: false,
  subject: { kind: 'account', key: 'u-17', name: 'ana@acme.example' },
  batchId: null,
  playbookStep: null,
  input: freeForm({ account: 'u-17' }),
  plan: PLAN,
  state: 'verified',
  reason: 'Signed in from two countries within minutes.',
  findingId: null,
  incidentId: '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60',
  requestedBy: ADA,
  decidedBy: null,
  decidedAt: null,
  createdAt: '2026-11-27T09:30:00.000Z',
  startedAt: '2026-11-27T09:30:01.000Z',
  endedAt: '2026-11-27T09:30:02.000Z',
  changed: true,
  message: 'ana@acme.example is suspended.',
  problem: null,
  undoOf: null,
  undoneBy: null,
  undoUntil: '2026-12-04T09:30:02.000Z',
};
const PROPOSED: ActionRequestView = {
  ...VERIFIED,
  plan: REMOVAL,
  effect: 'destructive',
  state: 'proposed',
  playbookStep: { run: '3c1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f62', step: 'suspend' },
  startedAt: null,
  endedAt: null,
  changed: null,
  message: null,
  undoUntil: null,
};
const FAILED: ActionRequestView = {
  ...VERIFIED,
  effect: 'destructive',
  state: 'failed',
  findingId: '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61',
  incidentId: null,
  reason: null,
  batchId: '1c2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c47',
  requestedBy: { kind: 'api_key', id: null, name: 'Playbook', userId: null },
  decidedBy: GRACE,
  decidedAt: '2026-11-27T09:29:00.000Z',
  changed: null,
  message: null,
  problem: {
    kind: 'outdated',
    message: 'It is not as it was when this was agreed to. Nothing was done: look at what would be done now.',
    field: 'account',
    missing: ['users:write'],
    outdated: PLAN,
  },
  undoUntil: null,
};
const TAKEN_BACK: ActionRequestView = {
  ...VERIFIED,
  state: 'undone',
  undoneBy: '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c45',
  undoUntil: null,
};
const TAKING_BACK: ActionRequestView = { ...VERIFIED, undoOf: '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c46' };
const BY_HAND: ActionRequestView = {
  ...VERIFIED,
  byHand: true,
  plan: { ...PLAN, calls: [] },
  state: 'done',
  endedAt: null,
  changed: null,
  message: null,
  undoUntil: null,
};
export const ACTION_ANSWER = new Examples({
  'seen to be so': VERIFIED,
  'a second person has to agree': PROPOSED,
  'not done': FAILED,
  'taken back': TAKEN_BACK,
  'takes another one back': TAKING_BACK,
  'done by hand, and not seen yet': BY_HAND,
});
const FIRST: Page<ActionRequestView> = {
  items: [PROPOSED, VERIFIED, FAILED, TAKEN_BACK, TAKING_BACK],
  next: 'bGlzdCBvZiBhY3Rpb25z',
};
export const ACTIONS_ANSWER = new Examples({ 'the first page': FIRST, 'the last one': { ...FIRST, next: null } });

const APPROVED: ActionDecisionsInput = { decision: 'approve', requests: [REQUEST, '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c47'] };
export const DECISIONS_BODY = new Examples({
  'all are agreed to': APPROVED,
  'one is rejected': { decision: 'reject', requests: [REQUEST] } satisfies ActionDecisionsInput,
});
const DECIDED: ActionDecisionsView = {
  // All that a request can have in it.
  decided: [
    { ...PROPOSED, state: 'approved', decidedBy: GRACE, decidedAt: '2026-11-27T09:40:00.000Z' },
    ...FIRST.items.slice(1),
  ],
  refused: [
    {
      request: '6d2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c47',
      problem: { kind: 'own-approval', message: 'You have asked for this yourself: another person has to agree.' },
    },
  ],
};
export const DECISIONS_ANSWER = new Examples({ 'one of two': DECIDED });
