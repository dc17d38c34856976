import type { RunView } from './run-views.js';

const COUNTS = { created: 3, changed: 41, unchanged: 12_387, removed: 1, rejected: 0, unlisted: 0, refreshed: 0 };

/** Of the API document. */
export const RUN_EXAMPLE: RunView = {
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

export const LIVE_RUN_EXAMPLE: RunView = {
  ...RUN_EXAMPLE,
  state: 'queued',
  cause: 'manual',
  drift: null,
  counts: { created: 0, changed: 0, unchanged: 0, removed: 0, rejected: 0, unlisted: 0, refreshed: 0 },
  startedAt: null,
  finishedAt: null,
  streams: [],
};
