import type { AccessReview } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const REVIEW: AccessReview = {
  id: '9c1f7b52-3f0a-4a8e-9a5d-0d4b4b6f5f42',
  application: { key: '0oa1XkdJSm3rAAAAism7', label: 'Ledger' },
  reviewer: { kind: 'user', id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Ana Sousa' },
  note: 'Two contractors were removed before.',
  asOf: '2026-11-26T09:30:00.000Z',
  format: 'csv',
  accounts: 310,
  sha256: 'c1fa4f0a1d7c9a7d0a3f1f0c2b7de5f1c1a5a7b0e0a6a4a2e6f6b7a3d1e5c9b8',
  createdAt: '2026-11-26T09:30:02.118Z',
};

export const REVIEWS_ANSWER = new Examples(
  { 'of an application': { items: [REVIEW, { ...REVIEW, note: null }], next: null } },
  [{ items: [], next: 'WyJhY2Nlc3MvcmV2aWV3cyAuLi4iLCIuLi4iXQ' }],
);

export const REVIEW_BODY = { application: REVIEW.application.key, note: 'Two contractors were removed before.', format: 'csv' };
