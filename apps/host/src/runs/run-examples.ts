import type { RunCounts, RunView } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const NONE: RunCounts = { created: 0, changed: 0, unchanged: 0, removed: 0, rejected: 0, unlisted: 0, refreshed: 0 };

const COMPLETE_RUN: RunView = {
  id: '66da7da9-676d-47bf-81f1-3e84ea8c954b',
  integration: '1544f918-0a48-46ce-806d-6faba2b99bde',
  state: 'complete',
  cause: 'scheduled',
  mode: 'full',
  drift: 0,
  progress: null,
  attempt: 0,
  resumeAt: null,
  cancelRequested: false,
  error: null,
  counts: { ...NONE, created: 2, changed: 14, unchanged: 1_495, removed: 3 },
  createdAt: '2026-11-25T06:00:00.405Z',
  startedAt: '2026-11-25T06:00:00.446Z',
  finishedAt: '2026-11-25T06:04:12.152Z',
  streams: [
    {
      name: 'accounts',
      state: 'complete',
      pages: 8,
      counts: { ...NONE, created: 2, changed: 14, unchanged: 1_495, removed: 3 },
      drift: 0,
      error: null,
      startedAt: '2026-11-25T06:00:00.477Z',
      finishedAt: '2026-11-25T06:04:12.102Z',
    },
  ],
};

const QUEUED_RUN: RunView = {
  ...COMPLETE_RUN,
  id: '5b1f0c86-4c2e-4a3c-9d0a-0f4a4b7e2d11',
  state: 'queued',
  cause: 'manual',
  drift: null,
  counts: NONE,
  createdAt: '2026-11-25T16:44:01.405Z',
  startedAt: null,
  finishedAt: null,
  streams: [],
};

const WORKING_RUN: RunView = {
  ...QUEUED_RUN,
  state: 'running',
  progress: {
    at: '2026-11-25T16:44:31.002Z',
    plan: {
      buckets: [
        { bucket: 'users', calls: 1_510, done: 322, perMinute: 480, minutes: 3.2 },
        { bucket: 'logs', calls: 4, done: 1, perMinute: null, minutes: null },
      ],
      floorMinutes: 3.2,
      dominates: 'users',
      secondsLeft: 158,
      routes: ['Members are read group by group: 12 groups cost less than 1,500 people.'],
      leftOut: ['Policies and security settings are not read: the setting is off.'],
    },
    waits: [{ bucket: 'users', until: '2026-11-25T16:44:33.500Z', reason: 'pace' }],
  },
  counts: { ...NONE, unchanged: 1_495 },
  startedAt: '2026-11-25T16:44:01.446Z',
  streams: [
    {
      name: 'authenticators',
      state: 'reading',
      pages: 3,
      counts: { ...NONE, unchanged: 322 },
      drift: 0,
      error: null,
      startedAt: '2026-11-25T16:44:01.477Z',
      finishedAt: null,
    },
  ],
};

const BEGUN_RUN: RunView = {
  ...WORKING_RUN,
  progress: { at: '2026-11-25T16:44:02.002Z', plan: null, waits: [] },
  streams: [],
};

const WAITING_RUN: RunView = {
  ...QUEUED_RUN,
  state: 'waiting',
  progress: {
    at: '2026-11-25T16:44:02.002Z',
    plan: { buckets: [], floorMinutes: null, dominates: null, secondsLeft: null, routes: [], leftOut: [] },
    waits: [],
  },
  attempt: 1,
  resumeAt: '2026-11-25T16:45:00.000Z',
  error: {
    kind: 'rate_limit',
    message: 'Acme takes no more requests for now.',
    retryAt: '2026-11-25T16:45:00.000Z',
  },
  startedAt: '2026-11-25T16:44:01.446Z',
};

const FAILED_RUN: RunView = {
  ...WAITING_RUN,
  state: 'failed',
  progress: null,
  attempt: 0,
  resumeAt: null,
  error: {
    kind: 'auth',
    message: 'Acme does not accept the client secret. Copy it again, or make a new one in Acme: it is shown only once.',
    field: 'auth.clientSecret',
  },
  finishedAt: '2026-11-25T16:44:02.399Z',
};

const INCOMPLETE_RUN: RunView = {
  ...COMPLETE_RUN,
  state: 'incomplete',
  error: { kind: 'permission', message: 'Acme does not let this connection read roles.', missing: ['roles:read'] },
  streams: [
    {
      name: 'roles',
      state: 'skipped',
      pages: 0,
      counts: NONE,
      drift: 0,
      error: { kind: 'permission', message: 'Acme does not let this connection read roles.', missing: ['roles:read'] },
      startedAt: '2026-11-25T06:00:00.477Z',
      finishedAt: '2026-11-25T06:00:00.595Z',
    },
  ],
};

/** One for each form that a run has. */
export const RUN_EXAMPLES = {
  complete: COMPLETE_RUN,
  'under way': WORKING_RUN,
  queued: QUEUED_RUN,
  'just begun': BEGUN_RUN,
  waiting: WAITING_RUN,
  'parts not readable': INCOMPLETE_RUN,
  failed: FAILED_RUN,
};

export const RUN_ANSWER = new Examples(RUN_EXAMPLES);
export const STARTED_ANSWER = new Examples({ queued: QUEUED_RUN }, Object.values(RUN_EXAMPLES));
export const CANCELLED_ANSWER = new Examples(
  { 'asked for': { ...WORKING_RUN, cancelRequested: true } },
  Object.values(RUN_EXAMPLES),
);

export const RUNS_ANSWER = new Examples(
  {
    'first page': { items: [COMPLETE_RUN], next: 'WyJydW5zIiwiNjZkYTdkYTktNjc2ZC00N2JmLTgxZjEtM2U4NGVhOGM5NTRiIl0' },
    'last page': { items: [COMPLETE_RUN], next: null },
  },
  [{ items: Object.values(RUN_EXAMPLES), next: null }],
);
