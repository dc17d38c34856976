import type {
  ActionBatchInput,
  ActionBatchPlanInput,
  ActionBatchPlanView,
  ActionBatchUndoView,
  ActionBatchView,
  Page,
} from '@castellan/api';
import { Examples, freeForm } from '../../docs/examples.js';
import { ADA, GRACE, PLANNED, PLANNED_REMOVAL } from '../action-examples.js';

const INTEGRATION = { id: '0f0c7f0e-6c5e-4d0c-9a55-2a6f3f4f7d11', name: 'Acme' };
const NONE = {
  proposed: 0,
  approved: 0,
  running: 0,
  done: 0,
  verified: 0,
  failed: 0,
  rejected: 0,
  withdrawn: 0,
  undone: 0,
  already: 0,
};

export const BATCH_PLAN_BODY: ActionBatchPlanInput = {
  action: 'suspend-account',
  inputs: [freeForm({ account: 'u-17' }), freeForm({ account: 'u-18' })],
};
const GONE = { kind: 'config', message: 'There is no such account.', field: 'account' };
const { needsApproval: _write, ...planned } = PLANNED;
const { needsApproval: _destructive, ...plannedRemoval } = PLANNED_REMOVAL;
const PLANNED_EACH: ActionBatchPlanView = {
  items: [
    { input: freeForm({ account: 'u-17' }), planned, problem: null },
    { input: freeForm({ account: 'u-18' }), planned: null, problem: GONE },
    {
      input: freeForm({ account: 'u-19' }),
      planned: null,
      problem: { kind: 'permission', message: 'Needed: users:write.', missing: ['users:write'] },
    },
  ],
  needsApproval: false,
};
const REMOVALS: ActionBatchPlanView = {
  items: [{ input: freeForm({ group: 'g-2', member: 'u-17' }), planned: plannedRemoval, problem: null }],
  needsApproval: true,
};
export const BATCH_PLAN_ANSWER = new Examples({ 'done at once': PLANNED_EACH, 'a second person has to agree': REMOVALS });

const ASKED: ActionBatchInput = {
  integrationId: INTEGRATION.id,
  action: 'suspend-account',
  items: [
    {
      input: freeForm({ account: 'u-17' }),
      fingerprint: 'kq0cS8m0cYp3mB3n1mQm0R0y6v6t0cXh1J2l6Qn3b8Y',
      incidentId: '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60',
    },
    {
      input: freeForm({ account: 'u-18' }),
      fingerprint: 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v',
      findingId: '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61',
    },
  ],
  reason: 'Their passwords were sold.',
  wish: 'dialog 4712',
};
const TAKEN_BACK: ActionBatchInput = {
  integrationId: INTEGRATION.id,
  action: 'unsuspend-account',
  items: [
    {
      input: freeForm({ account: 'u-17' }),
      fingerprint: 'kq0cS8m0cYp3mB3n1mQm0R0y6v6t0cXh1J2l6Qn3b8Y',
      undoOf: '5e1c8f3a-1c77-4c1f-8f7e-0a3f5b9d2c48',
    },
  ],
};
export const BATCH_BODY = new Examples({ 'for two accounts': ASKED, 'to take one back': TAKEN_BACK });

const UNDO: ActionBatchUndoView = {
  steps: [
    {
      action: 'unsuspend-account',
      items: [
        {
          undoOf: '5e1c8f3a-1c77-4c1f-8f7e-0a3f5b9d2c48',
          input: freeForm({ account: 'u-17' }),
          name: 'Ana Quint',
          findingId: null,
          incidentId: '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60',
        },
        {
          undoOf: '6f1c8f3a-1c77-4c1f-8f7e-0a3f5b9d2c49',
          input: freeForm({ account: 'u-18' }),
          name: 'Bo Lund',
          findingId: '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61',
          incidentId: null,
        },
      ],
    },
  ],
  leftOut: [
    { request: '7a1c8f3a-1c77-4c1f-8f7e-0a3f5b9d2c50', name: 'Cy Noor', why: 'It was so already, and nothing was sent.' },
  ],
};
export const BATCH_UNDO_ANSWER = new Examples({ 'two of three': UNDO });

const RUNNING: ActionBatchView = {
  id: '1c2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c47',
  integration: INTEGRATION,
  action: 'suspend-account',
  title: 'Suspend',
  effect: 'write',
  state: 'running',
  reason: 'Their passwords were sold.',
  size: 20,
  counts: { ...NONE, approved: 14, running: 1, verified: 4, already: 1 },
  undoable: 4,
  undoOf: null,
  refused: [],
  stop: null,
  requestedBy: ADA,
  decidedBy: null,
  decidedAt: null,
  createdAt: '2026-11-27T09:30:00.000Z',
  endedAt: null,
};
const STOPPED: ActionBatchView = {
  ...RUNNING,
  effect: 'destructive',
  state: 'stopped',
  reason: null,
  counts: { ...NONE, verified: 5, failed: 1, withdrawn: 14 },
  refused: [
    { input: freeForm({ account: 'u-18' }), problem: GONE },
    {
      input: freeForm({ account: 'u-19' }),
      problem: { kind: 'outdated', message: 'Something is not as it was.', outdated: PLANNED.plan },
    },
  ],
  stop: { at: '2026-11-27T09:31:00.000Z', by: null, why: 'u-6: Needed: users:write.', missing: ['users:write'] },
  requestedBy: { kind: 'api_key', id: null, name: 'Playbook', userId: null },
  decidedBy: GRACE,
  decidedAt: '2026-11-27T09:29:00.000Z',
  endedAt: '2026-11-27T09:31:00.000Z',
};
const HALTED: ActionBatchView = {
  ...STOPPED,
  action: 'unsuspend-account',
  title: 'Unsuspend',
  undoOf: '1c2b8f3a-1c77-4c1f-8f7e-0a3f5b9d2c47',
  stop: { at: '2026-11-27T09:31:00.000Z', by: ADA, why: 'Stopped by Ada Lovelace.', missing: [] },
};
export const BATCH_ANSWER = new Examples({
  'under way': RUNNING,
  'stopped by itself': STOPPED,
  'stopped by somebody': HALTED,
});
const FIRST: Page<ActionBatchView> = { items: [RUNNING, STOPPED, HALTED], next: 'bGlzdCBvZiBiYXRjaGVz' };
export const BATCHES_ANSWER = new Examples({ 'the first page': FIRST, 'the last one': { ...FIRST, next: null } });
