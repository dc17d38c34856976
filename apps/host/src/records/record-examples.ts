import { Examples, freeForm } from '../docs/examples.js';

export const ACCOUNT = {
  kind: 'account',
  key: '00u0FlPUeNfpAAAAtsm7',
  // Each kind has fields of its own.
  data: freeForm({
    login: 'edda.schmid@acme.example',
    email: 'edda.schmid@acme.example',
    displayName: 'Edda Schmid',
    status: 'active',
    providerStatus: 'ACTIVE',
    isHuman: null,
    createdAt: '2024-10-30T04:08:41.000Z',
    activatedAt: '2024-10-31T04:00:48.000Z',
    lastLoginAt: '2026-11-24T22:47:50.000Z',
    passwordChangedAt: null,
    statusChangedAt: '2024-10-31T04:00:48.000Z',
    updatedAt: '2026-11-09T22:16:32.000Z',
    manager: 'ines.gruber@acme.example',
    department: 'People',
    credentialProvider: 'FEDERATION',
  }),
  firstSeenAt: '2026-11-20T06:00:01.618Z',
  presentSince: '2026-11-20T06:00:01.618Z',
  lastSeenAt: '2026-11-25T16:44:01.618Z',
  changedAt: '2026-11-24T22:48:20.100Z',
  removedAt: null,
};

export const MEMBERSHIP = {
  ...ACCOUNT,
  kind: 'membership',
  key: '00g1XkdJSm3rAAAAism7|00u0FlPUeNfpAAAAtsm7',
  data: freeForm({ group: '00g1XkdJSm3rAAAAism7', member: '00u0FlPUeNfpAAAAtsm7', memberKind: 'account' }),
  removedAt: '2026-11-25T16:44:01.618Z',
};

export const RECORDS_ANSWER = new Examples({
  'first page': { items: [ACCOUNT], next: 'WyJhY2NvdW50IiwiMDB1MEZsUFVlTmZwQUFBQXRzbTciXQ' },
  'last page, with what is gone': { items: [MEMBERSHIP], next: null },
});

export const RECORD_ANSWER = new Examples({
  account: {
    ...ACCOUNT,
    raw: freeForm({
      id: '00u0FlPUeNfpAAAAtsm7',
      status: 'ACTIVE',
      created: '2024-10-30T04:08:41.000Z',
      profile: { login: 'edda.schmid@acme.example', firstName: 'Edda', lastName: 'Schmid', department: 'People' },
    }),
  },
  'an edge, which has no source object': { ...MEMBERSHIP, raw: null },
});
