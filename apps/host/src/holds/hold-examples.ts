import type { HoldView } from '@castellan/api';
import { Examples } from '../docs/examples.js';
import { ACCOUNT } from '../records/record-examples.js';

const OPEN: HoldView = {
  id: '0d7c2f1e-6f0b-4a52-8d0e-5b9a3c1f7e64',
  integrationId: '1544f918-0a48-46ce-806d-6faba2b99bde',
  stream: 'accounts',
  kind: 'account',
  wouldRemove: 412,
  present: 1_500,
  state: 'open',
  decidedBy: null,
  createdAt: '2026-11-25T06:04:12.102Z',
  decidedAt: null,
};
const DECIDED = { decidedBy: 'Ines Gruber', decidedAt: '2026-11-25T08:15:00.000Z' };
const REJECTED: HoldView = { ...OPEN, state: 'rejected', ...DECIDED };

const { kind, key, data, lastSeenAt } = ACCOUNT;

export const HOLDS_ANSWER = new Examples({
  'first page': { items: [OPEN, REJECTED], next: 'WyJob2xkcyIsIjIwMjYtMTEtMjVUMDY6MDQ6MTIuMTAyMDAwWnwwZDdjMmYxZSJd' },
  'last page': { items: [REJECTED], next: null },
});
export const HELD_RECORDS_ANSWER = new Examples({
  'first page': { items: [{ kind, key, data, lastSeenAt }], next: 'WyJhY2NvdW50IiwiMDB1MEZsUFVlTmZwQUFBQXRzbTciXQ' },
  'of a decided hold': { items: [], next: null },
});
export const ACCEPTED_ANSWER = { ...OPEN, state: 'accepted', ...DECIDED, removed: 410 };
export const REJECTED_ANSWER = REJECTED;
