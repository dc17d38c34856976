import type { ConnectionCheck } from '@castellan/connector-sdk';
import type { HintedReport } from '../connectors/hinted-report.js';
import type { RunView } from '../runs/run-views.js';
import type { DeletionView } from './integration-deletion.js';
import type { IntegrationDetail, IntegrationView } from './integration-views.js';

/** Of the API document. */
export const NEW_CONFIG_EXAMPLE = {
  domain: 'https://acme.okta.com',
  auth: { method: 'client_secret', clientId: '0oa1abcd2EFGH3ijk4x7', clientSecret: 'the secret, as Okta has shown it' },
};

const { clientSecret: _, ...CREDENTIAL } = NEW_CONFIG_EXAMPLE.auth;

/** Without its secret, which stays. */
export const EDITED_CONFIG_EXAMPLE = { domain: NEW_CONFIG_EXAMPLE.domain, auth: CREDENTIAL, activityDays: 30 };

export const INTEGRATION_EXAMPLE: IntegrationView = {
  id: '3f0c9a52-5d0e-4c1b-9f57-0c5b8d2f6a11',
  connector: { id: 'okta', name: 'Okta', status: 'available' },
  tenant: '00o1abcd2EFGH3ijk4x7',
  name: 'Okta',
  owner: { id: '8b0f6e1c-93d4-4a55-8a6c-2f1f3c9d7e20', name: 'Ana Example' },
  config: {
    domain: NEW_CONFIG_EXAMPLE.domain,
    auth: { ...CREDENTIAL, clientSecret: { isSet: true, changedAt: '2026-11-20T09:00:00.000Z' } },
    activityDays: 7,
    rateLimitShare: 80,
  },
  schedule: { everySeconds: 86_400, pollSeconds: null },
  revision: 1,
  status: {
    state: 'degraded',
    message: 'Not read in full, 1 of 2 streams: roles (last at 2026-11-23T09:12:00.000Z). Okta does not permit to read roles.',
    next: { action: 'grant' },
    streams: ['roles'],
    error: {
      kind: 'permission',
      message: 'Okta does not permit to read roles.',
      missing: ['okta.roles.read'],
    },
  },
  paused: false,
  nextRunAt: '2026-11-25T09:12:00.000Z',
  polledAt: '2026-11-24T10:41:07.000Z',
  createdAt: '2026-11-20T09:00:00.000Z',
};

const COUNTS = { created: 3, changed: 41, unchanged: 12_387, removed: 1, rejected: 0, unlisted: 0, refreshed: 0 };

const LAST_RUN: RunView = {
  id: '6a1f0f3e-7f7b-4d0e-8f35-5a7d1c0b9e42',
  integration: '3f0c9a52-5d0e-4c1b-9f57-0c5b8d2f6a11',
  state: 'complete',
  cause: 'scheduled',
  mode: 'full',
  drift: 0,
  progress: null,
  attempt: 0,
  resumeAt: null,
  cancelRequested: false,
  error: null,
  counts: COUNTS,
  createdAt: '2026-11-24T09:12:00.000Z',
  startedAt: '2026-11-24T09:12:01.000Z',
  finishedAt: '2026-11-24T09:14:31.000Z',
  streams: [
    {
      name: 'accounts',
      state: 'complete',
      pages: 63,
      counts: COUNTS,
      drift: 0,
      error: null,
      startedAt: '2026-11-24T09:12:01.000Z',
      finishedAt: '2026-11-24T09:14:31.000Z',
    },
  ],
};

export const DETAIL_EXAMPLE: IntegrationDetail = {
  ...INTEGRATION_EXAMPLE,
  counts: { account: 12_431, role: 34 },
  removed: { account: 12 },
  streams: [
    {
      name: 'accounts',
      kind: 'account',
      requires: ['okta.users.read'],
      state: 'complete',
      freshAt: '2026-11-24T09:14:31.000Z',
      error: null,
      unlisted: [],
      unlistedCount: 0,
    },
    {
      name: 'roles',
      kind: 'role',
      requires: ['okta.roles.read'],
      state: 'skipped',
      freshAt: '2026-11-23T09:12:00.000Z',
      error: { kind: 'permission', message: 'Okta does not permit to read roles.', missing: ['okta.roles.read'] },
      unlisted: [],
      unlistedCount: 0,
    },
  ],
  lastRun: LAST_RUN,
  openHolds: 0,
};

const HINT = { field: 'config.domain', message: 'acme-admin.okta.com is the address of the admin console.' };

export const EDITED_EXAMPLE = { ...DETAIL_EXAMPLE, hints: [HINT] };

const CHECKS: readonly ConnectionCheck[] = [
  { name: 'organisation', status: 'ok', message: 'acme.okta.com is the organisation 00o1abcd2EFGH3ijk4x7.' },
  { name: 'credential', status: 'ok', message: 'Okta has issued an access token.' },
  {
    name: 'scope okta.roles.read',
    status: 'failed',
    blocks: 'stream',
    error: { kind: 'permission', message: 'Grant okta.roles.read.', missing: ['okta.roles.read'] },
  },
];

export const REPORT_EXAMPLE: HintedReport = {
  ok: false,
  tenant: { id: '00o1abcd2EFGH3ijk4x7', displayName: 'acme.okta.com' },
  checks: CHECKS,
  hints: [],
};

export const DELETION_EXAMPLE: DeletionView = {
  name: 'Okta',
  goes: { records: { account: 12_443, role: 34 }, runs: 212, holds: 1, secrets: 1 },
  stays: ['The audit log: who connected, changed and deleted it.'],
  instead: 'Pause it: nothing is read any more, and everything that was collected stays.',
};
