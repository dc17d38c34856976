import type { ApiKeyView, NewApiKeyView } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const USED: ApiKeyView = {
  id: '6d2c9d0e-7f0b-4f1c-a5b6-0b1a7d9f4e22',
  name: 'Nightly report',
  scopes: ['integrations:read', 'records:read'],
  state: 'active',
  createdBy: { id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Ana Sousa' },
  createdAt: '2026-11-25T09:00:00.000Z',
  expiresAt: '2027-02-23T09:00:00.000Z',
  lastUsedAt: '2026-11-25T09:10:00.000Z',
  revokedAt: null,
};

/** Made by another key, and revoked before anybody used it. */
const REVOKED: ApiKeyView = {
  ...USED,
  state: 'revoked',
  createdBy: null,
  lastUsedAt: null,
  revokedAt: '2026-11-25T09:20:00.000Z',
};
const NEW: NewApiKeyView = { ...USED, lastUsedAt: null, key: 'cst_ and 43 more characters, shown once' };

export const API_KEY = new Examples({ active: USED, revoked: REVOKED });
export const API_KEYS = new Examples({ example: { items: [USED, REVOKED] } });
export const NEW_API_KEY = new Examples({ example: NEW }, [
  { ...REVOKED, key: NEW.key },
  { ...USED, key: NEW.key },
]);

export const API_KEY_BODY = { name: 'Nightly report', scopes: ['integrations:read', 'records:read'], expiresInDays: 90 };
