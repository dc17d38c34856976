import type { DetectionListInput, DetectionListView } from '@castellan/api';

const LIST: DetectionListView = {
  kind: 'own_network',
  name: 'offices',
  entries: ['192.0.2.0/24', '2001:db8::/32'],
  changedBy: 'Ada Lovelace',
  changedAt: '2026-11-26T09:30:00.000Z',
};
export const LIST_ANSWER = LIST;
export const LISTS_ANSWER: { readonly items: readonly DetectionListView[] } = { items: [LIST] };

const INPUT: DetectionListInput = { entries: ['192.0.2.0/24 # Lisbon', '2001:db8::/32'] };
export const LIST_BODY = INPUT;
