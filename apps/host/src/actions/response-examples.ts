import type { PossibleAction, ResponsePart, ResponseSubjects, ResponseView } from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

const SUSPEND: PossibleAction = { action: 'suspend-account', input: freeForm({ account: 'u-17' }), open: [] };
const ADD: PossibleAction = { action: 'add-to-group', input: freeForm({ member: 'u-17' }), open: ['group'] };
const REMOVE: PossibleAction = { action: 'remove-from-group', input: freeForm({ group: 'g-2', member: 'u-17' }), open: [] };
const ANA = { kind: 'account', key: 'u-17', label: 'Ana Lima', detail: 'ana@acme.example' };

const OF_ACCOUNT: ResponseView = {
  actions: [SUSPEND, ADD],
  parts: [{ relation: 'groups', title: 'Groups', count: 12 }],
  named: [],
};
const OF_MEMBERSHIP: ResponseView = {
  actions: [REMOVE],
  parts: [],
  named: [ANA, { kind: 'group', key: 'g-2', label: 'Finance', detail: null }],
};
export const RESPONSE_ANSWER = new Examples({ 'of an account': OF_ACCOUNT, 'of a membership': OF_MEMBERSHIP });

const GROUPS: ResponsePart = {
  items: [
    {
      subject: { kind: 'membership', key: 'g-2|u-17', label: 'Finance', detail: null },
      via: freeForm({}),
      since: '2026-03-02T08:00:00.000Z',
      actions: [REMOVE],
    },
    {
      subject: { kind: 'membership', key: 'g-3|u-17', label: 'Sales', detail: 'Europe' },
      via: freeForm({ scope: 'group', priority: 1 }),
      since: '2026-03-02T08:00:00.000Z',
      actions: [ADD],
    },
  ],
  total: 12,
  offset: 0,
};
export const RESPONSE_PART = GROUPS;

export const SUBJECTS_ANSWER: ResponseSubjects = {
  integration: { id: '0f0c7f0e-6c5e-4d0c-9a55-2a6f3f4f7d11', name: 'Acme' },
  items: [
    { ...ANA, role: 'subject' },
    { kind: 'account', key: 'u-3', label: 'Bo Ek', detail: null, role: 'actor' },
    { kind: 'application', key: 'a-9', label: 'Payroll', detail: null, role: 'target' },
    { kind: 'address', key: '203.0.113.7', label: '203.0.113.7', detail: null, role: 'address' },
  ],
};
