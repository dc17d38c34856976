import type { DeadLettersRetried, DeadLettersView } from '@castellan/api';

export const DEAD_LETTERS_ANSWER: DeadLettersView = {
  items: [
    {
      integration: { id: '7d8f4c1a-2f7e-4a66-9b1d-0c5b1f0f2a31', name: 'Directory' },
      event: '1f0c7a52-5a01-11f1-9d7e-0242ac120002',
      published: '2026-11-27T09:12:31.482Z',
      reason: 'The database refused what was to be kept of it (error 22P05).',
      at: '2026-11-27T09:16:02.118Z',
    },
  ],
  total: 1,
};

export const DEAD_LETTERS_RETRIED: DeadLettersRetried = { events: 1 };
