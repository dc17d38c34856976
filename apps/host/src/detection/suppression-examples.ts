import type { NamedSuppressionView, SuppressionInput } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const OF_RULE: NamedSuppressionView = {
  id: '2d1f6c1e-0f6b-4c55-9a4d-7c7f8f1f0a11',
  rule: { id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e01', title: 'A push was rejected' },
  subject: null,
  subjectName: null,
  reason: 'The load test of this month.',
  until: '2026-12-31T00:00:00.000Z',
  madeBy: 'Ada Lovelace',
  madeAt: '2026-11-26T09:30:00.000Z',
};
const OF_SUBJECT: NamedSuppressionView = {
  ...OF_RULE,
  rule: null,
  subject: '00u0FlPUeNfpAAAAtsm7',
  subjectName: 'Ana Diaz',
};
export const SUPPRESSION_ANSWER = new Examples({ 'of a rule': OF_RULE, 'of somebody': OF_SUBJECT });
export const SUPPRESSIONS_ANSWER: { readonly items: readonly NamedSuppressionView[] } = { items: [OF_RULE, OF_SUBJECT] };

const RULE_INPUT: SuppressionInput = {
  rule: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e01',
  reason: 'The load test of this month.',
  until: '2026-12-31T00:00:00Z',
};
const SUBJECT_INPUT: SuppressionInput = {
  subject: '00u0FlPUeNfpAAAAtsm7',
  reason: 'Ana tests the rules.',
  until: '2026-12-31T00:00:00Z',
};
export const SUPPRESSION_BODY = new Examples({ 'of a rule': RULE_INPUT, 'of somebody': SUBJECT_INPUT });
