import type { RecordHistoryEntry, RelatedRecord } from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';
import { ACCOUNT, MEMBERSHIP } from './record-examples.js';

const INTEGRATION = { id: '0b9a7f0e-5c1d-4c53-9d1c-8d6f5a2a7c11', name: 'Directory' };
const ROW = { ...ACCOUNT, integration: INTEGRATION };

export const EVENT = {
  ...ACCOUNT,
  kind: 'activity',
  key: '3f1c0d9e-ca2d-11f0-9d1a-0242ac120002',
  data: freeForm({
    published: '2026-11-24T22:47:50.000Z',
    type: 'user.session.start',
    severity: 'INFO',
    message: 'Sign-in',
    outcome: 'SUCCESS',
    outcomeReason: null,
    actor: { id: '00u0FlPUeNfpAAAAtsm7', type: 'User', login: 'edda.schmid@acme.example', displayName: 'Edda Schmid' },
    targets: [],
    client: null,
    session: null,
    transaction: null,
    use: 'sign_in',
    used: null,
  }),
  integration: INTEGRATION,
};
const CURSOR = 'WyJyZWNvcmRzL2FjdGl2aXR5IiwiLi4uIl0';

export const ROWS_ANSWER = new Examples({
  'a part of the accounts': { items: [ROW], total: 100_000, offset: 99_900, next: null, searchedTo: null },
  'what is gone': { items: [{ ...MEMBERSHIP, integration: INTEGRATION }], total: 1, offset: 0, next: null, searchedTo: null },
  'activity, searched': { items: [EVENT], total: null, offset: null, next: CURSOR, searchedTo: '2026-11-21T03:12:09.120Z' },
});

const FIELD = { name: 'displayName', type: 'text', searched: true, sortable: true, filter: null };

export const TABLES_ANSWER = {
  items: [
    {
      kind: 'account',
      present: 1_500,
      removed: 12,
      fields: [
        FIELD,
        { name: 'status', type: 'text', searched: false, sortable: true, filter: 'values' },
        { name: 'lastLoginAt', type: 'instant', searched: false, sortable: true, filter: 'range' },
      ],
    },
  ],
};

const FACETS = {
  fields: [
    {
      field: 'department',
      values: [
        { value: 'People', count: 310 },
        { value: null, count: 4 },
      ],
      more: true,
    },
    { field: 'isHuman', values: [{ value: true, count: 1_400 }], more: false },
  ],
  sample: null,
};

export const FACETS_ANSWER = new Examples({
  accounts: FACETS,
  'a long log': { ...FACETS, sample: { rows: 10_000, since: '2026-11-21T03:12:09.120Z' } },
});

export const RELATIONS_ANSWER = new Examples({
  'of an account': {
    items: [
      { name: 'groups', title: 'Groups', kind: 'group', count: 12, removed: 1 },
      { name: 'activity', title: 'Activity', kind: 'activity', count: null, removed: 0 },
    ],
  },
  'of a group': { items: [{ name: 'members', title: 'Members', kind: null, count: 310, removed: null }] },
});

const GROUP: RelatedRecord = {
  kind: 'group',
  key: '00g1XkdJSm3rAAAAism7',
  label: 'Everyone',
  detail: 'All users in your organization',
  known: true,
  via: freeForm({}),
  since: '2026-11-20T06:00:01.618Z',
  removedAt: null,
};
const CLIENT: RelatedRecord = {
  ...GROUP,
  kind: 'client',
  key: '0oa1XkdJSm3rAAAAism7',
  label: '0oa1XkdJSm3rAAAAism7',
  detail: null,
  known: false,
  via: freeForm({ targetKind: 'group', target: '00g1XkdJSm3rAAAAism7', assignment: 'irb1', providerStatus: 'ACTIVE' }),
  removedAt: '2026-11-25T16:44:01.618Z',
};

export const RELATED_ANSWER = new Examples({
  'groups of an account': { items: [GROUP], total: 12, offset: 0 },
  'former clients of a role': { items: [CLIENT], total: 1, offset: 0 },
  'an account with a long log': { items: [], total: null, offset: 0 },
});

const LOST: RecordHistoryEntry = {
  at: '2026-11-25T16:44:01.618Z',
  what: 'lost',
  relation: 'groups',
  kind: 'group',
  key: GROUP.key,
  label: GROUP.label,
};
const SEEN: RecordHistoryEntry = {
  at: ACCOUNT.firstSeenAt,
  what: 'first_seen',
  relation: null,
  kind: 'account',
  key: ACCOUNT.key,
  label: 'Edda Schmid',
};

export const HISTORY_ANSWER = { items: [LOST, SEEN], more: false };
