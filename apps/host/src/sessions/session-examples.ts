import type { OpenSessionView, SessionView } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const OF_USER: SessionView = {
  kind: 'user',
  user: {
    id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11',
    email: 'ana@acme.example',
    name: 'Ana Sousa',
    role: 'administrator',
    isOperator: true,
    signsInWith: ['password'],
  },
  apiKey: null,
  workspace: { id: '00000000-0000-4000-8000-000000000001', name: 'Acme' },
  permissions: ['integrations:manage', 'integrations:read', 'records:read'],
};

const OF_KEY: SessionView = {
  ...OF_USER,
  kind: 'api_key',
  user: null,
  apiKey: { id: '6d2c9d0e-7f0b-4f1c-a5b6-0b1a7d9f4e22', name: 'Nightly report' },
};

/** Of a user who has signed in. */
export const SESSION = new Examples({ example: OF_USER }, [OF_KEY]);
export const CALLER_ANSWER = new Examples({ user: OF_USER, 'API key': OF_KEY });

export const OPEN_SESSION: OpenSessionView = {
  id: 'b5b0a7a4-52d5-4e0e-8f2e-3c3ad2a9a0f4',
  current: true,
  address: '192.0.2.10',
  agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  createdAt: '2026-11-25T08:00:00.000Z',
  lastUsedAt: '2026-11-25T09:12:00.000Z',
  expiresAt: '2026-11-25T20:00:00.000Z',
};
