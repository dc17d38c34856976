import type { DeletionView, Edited, IntegrationDetail, IntegrationView, StreamView } from '@castellan/api';
import type { JsonObject } from '@castellan/connector-sdk';
import { ACME_CONFIGS } from '../connectors/connector-examples.js';
import { Examples, freeForm, keyed } from '../docs/examples.js';
import { RUN_EXAMPLES } from '../runs/run-examples.js';

const CONFIG: JsonObject = freeForm({
  domain: 'https://acme.example.com',
  auth: {
    method: 'private_key',
    clientId: 'castellan-4711',
    privateKey: { isSet: true, changedAt: '2026-11-20T05:59:40.389Z' },
  },
  activityDays: 30,
  rateLimitShare: 80,
  excludeGroups: ['Test*'],
});

const COUNTS = keyed({ account: 1_500, group: 80, membership: 21_300, application: 45, activity: 88_120 });
const HEALTHY: IntegrationView = {
  id: '1544f918-0a48-46ce-806d-6faba2b99bde',
  connector: { id: 'acme', name: 'Acme', status: 'available' },
  name: 'Acme',
  owner: { id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Ana Sousa' },
  tenant: 'org-4711',
  config: CONFIG,
  revision: 1,
  status: { state: 'healthy', message: 'Everything was read.', next: null },
  paused: false,
  schedule: { everySeconds: 86_400, pollSeconds: null },
  nextRunAt: '2026-11-26T06:00:00.389Z',
  polledAt: '2026-11-25T16:43:55.120Z',
  counts: COUNTS,
  freshness: { asOf: '2026-11-25T16:43:55.120Z', everySeconds: 60, fresh: 19, streams: 19 },
  createdAt: '2026-11-20T05:59:40.389Z',
};
const NEW: IntegrationView = {
  ...HEALTHY,
  owner: null,
  status: { state: 'syncing', message: 'A sync is under way.', next: null },
  schedule: { everySeconds: 43_200, pollSeconds: 30 },
  polledAt: null,
  counts: keyed({ account: 0, group: 0 }),
  freshness: { asOf: null, everySeconds: 30, fresh: 0, streams: 19 },
};
const REFUSED: IntegrationView = {
  ...HEALTHY,
  // Of a connector that could not tell which organisation it is.
  tenant: null,
  status: {
    state: 'needs_reconnect',
    message: 'Acme does not accept the client secret.',
    next: { action: 'reconnect' },
    error: { kind: 'auth', message: 'Acme does not accept the client secret.', field: 'auth.clientSecret' },
  },
};
const WAITING: IntegrationView = {
  ...HEALTHY,
  status: {
    state: 'waiting',
    message: 'Waiting; goes on at 2026-11-25T16:45:00.000Z. Acme takes no more requests for now.',
    next: null,
    until: '2026-11-25T16:45:00.000Z',
    error: { kind: 'rate_limit', message: 'Acme takes no more requests for now.', retryAt: '2026-11-25T16:45:00.000Z' },
  },
};
/** Of a time when owners were only named. */
const NAMED_OWNER: IntegrationView = { ...HEALTHY, owner: { id: null, name: 'Ines Gruber' } };
const PAUSED: IntegrationView = {
  ...HEALTHY,
  paused: true,
  nextRunAt: null,
  status: { state: 'paused', message: 'Paused: nothing is read until it is resumed.', next: { action: 'resume' } },
};
const DEGRADED: IntegrationView = {
  ...HEALTHY,
  status: {
    state: 'degraded',
    message: 'Not everything could be read and stored: roles. Acme does not let this connection read roles.',
    next: { action: 'grant' },
    streams: ['roles'],
    error: { kind: 'permission', message: 'Acme does not let this connection read roles.', missing: ['roles:read'] },
  },
};

export const INTEGRATIONS_ANSWER = new Examples({ example: { items: [HEALTHY, NEW], next: null } }, [
  { items: [REFUSED, WAITING, DEGRADED, PAUSED, NAMED_OWNER], next: 'WyJpbnRlZ3JhdGlvbnMiLCIuLi4iXQ' },
]);

const FRESH: StreamView = {
  name: 'accounts',
  kind: 'account',
  requires: ['users:read'],
  state: 'complete',
  freshAt: '2026-11-25T06:04:12.102Z',
  isPolled: true,
  error: null,
  unlisted: [],
  unlistedCount: 0,
};
const PENDING: StreamView = { ...FRESH, state: 'pending', freshAt: null };
const SKIPPED: StreamView = {
  ...FRESH,
  name: 'roles',
  kind: 'role',
  requires: ['roles:read'],
  state: 'skipped',
  error: { kind: 'permission', message: 'Acme does not let this connection read roles.', missing: ['roles:read'] },
};
const BROKEN_OFF: StreamView = {
  ...FRESH,
  name: 'memberships',
  kind: 'membership',
  requires: ['groups:read'],
  state: 'incomplete',
  error: { kind: 'rate_limit', message: 'Acme takes no more requests for now.', retryAt: '2026-11-25T16:45:00.000Z' },
  unlisted: [{ partition: 'group-4711', reason: 'Acme answered with an error of its own (500).' }],
  unlistedCount: 1,
};
const REFUSED_STREAM: StreamView = {
  ...PENDING,
  error: { kind: 'auth', message: 'Acme does not accept the client secret.', field: 'auth.clientSecret' },
};

const SYNCED: IntegrationDetail = {
  ...HEALTHY,
  removed: keyed({ account: 3, membership: 41 }),
  streams: [FRESH],
  lastRun: RUN_EXAMPLES.complete,
  openHolds: 0,
};
const CREATED: IntegrationDetail = {
  ...NEW,
  removed: keyed({}),
  streams: [PENDING],
  lastRun: RUN_EXAMPLES.queued,
  openHolds: 0,
};

const DETAILS: Readonly<Record<string, IntegrationDetail>> = {
  healthy: SYNCED,
  'parts not readable': { ...SYNCED, ...DEGRADED, streams: [FRESH, SKIPPED, BROKEN_OFF] },
  'rate limit': { ...SYNCED, ...WAITING, lastRun: RUN_EXAMPLES.waiting },
  'not synced yet': { ...CREATED, lastRun: null },
  paused: { ...SYNCED, ...PAUSED },
  'needs a new credential': { ...SYNCED, ...REFUSED, streams: [REFUSED_STREAM], lastRun: RUN_EXAMPLES.failed },
};
const OTHER_RUNS: readonly IntegrationDetail[] = Object.values(RUN_EXAMPLES).map((lastRun) => ({ ...SYNCED, lastRun }));
export const INTEGRATION_ANSWER = new Examples(DETAILS, OTHER_RUNS);

const HINTS = [
  { field: 'config.domain', message: 'The address of the admin console was changed to https://acme.example.com.' },
];
const ANSWERS: readonly (IntegrationDetail & Edited)[] = [...Object.values(DETAILS), ...OTHER_RUNS].map((detail) => ({
  ...detail,
  hints: HINTS,
}));
export const CREATED_ANSWER = new Examples({ example: { ...CREATED, hints: HINTS } }, ANSWERS);

export const PAUSED_ANSWER = new Examples({ example: { ...SYNCED, ...PAUSED } }, [...Object.values(DETAILS), ...OTHER_RUNS]);
export const EDITED_ANSWER = new Examples({ example: { ...SYNCED, hints: HINTS } }, ANSWERS);

const { auth } = ACME_CONFIGS['client secret'];
const { clientSecret: _, ...WITHOUT_SECRET } = auth;
export const EDIT_BODY = new Examples({
  settings: {
    config: { domain: 'https://acme.example.com', auth: WITHOUT_SECRET, activityDays: 30 },
    acceptIncomplete: false,
    revision: 1,
  },
  'what people see': {
    name: 'Acme of Globex',
    owner: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11',
    schedule: { everySeconds: 43_200, pollSeconds: 30 },
  },
});
export const RECONNECT_BODY = { config: ACME_CONFIGS['client secret'], acceptIncomplete: false };

export const DELETION_ANSWER: DeletionView = {
  name: 'Acme',
  goes: { records: keyed({ account: 12_443, role: 34 }), runs: 212, holds: 1, secrets: 1 },
  stays: [
    'The audit log: who connected, changed and deleted it.',
    'For 30 days each: events and webhook deliveries that name it.',
    'Everything at the provider: Castellan only reads.',
  ],
  instead: 'Pause it: nothing is read any more, and everything that was collected stays.',
};

export const INTEGRATION_BODY = new Examples(
  Object.fromEntries(
    Object.entries(ACME_CONFIGS).map(([name, config]) => [
      name,
      {
        connector: 'acme',
        name: 'Acme',
        owner: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11',
        config,
        schedule: { everySeconds: 86_400, pollSeconds: null },
      },
    ]),
  ),
);
