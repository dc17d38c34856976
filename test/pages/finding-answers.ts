import type { FindingDetail, TimelineEvent } from '@castellan/api';
import { ago, INTEGRATION, JOURNEY, JOURNEY_TIMELINE, PUSHES } from './detection-answers.js';

const PUSHED = JOURNEY_TIMELINE.events.filter(({ findings }) => findings.includes('f-push'));
const [FIRST] = PUSHED;
if (FIRST === undefined) throw new Error('The timeline has no event of the finding.');
/** The first is done to somebody, from nowhere in particular; there are more than are shown at first. */
const EVENTS: readonly TimelineEvent[] = Array.from({ length: 24 }, (_none, n) => ({
  ...FIRST,
  key: `e${n}`,
  ...(n === 0 && {
    targets: [
      { id: '00u1', type: 'User', label: 'Ana Diaz' },
      { id: '00u2', type: 'User', label: 'Bo Lindqvist' },
    ],
  }),
}));

/** What a rule has found, with all that its page shows. */
export const FINDING: FindingDetail = {
  id: 'f-push',
  source: 'detection',
  rule: { id: PUSHES.id, title: PUSHES.title },
  integration: INTEGRATION,
  subject: JOURNEY.subject,
  severity: 'critical',
  severityReason: null,
  status: 'open',
  evidence: {
    title: PUSHES.title,
    author: 'Jo Meier, of the community',
    events: 24,
    firstAt: ago(40),
    lastAt: ago(39),
    group: { 'actor.id': '00u1' },
    types: [{ value: 'acme.factor.push', count: 24 }],
    actors: [{ id: '00u1', type: 'User', name: 'ana.diaz@acme.example' }],
    targets: [{ id: 'opf1', type: 'Factor', name: 'Phone' }],
    addresses: [{ value: '203.0.113.9', count: 24 }],
  },
  owner: null,
  exception: null,
  fingerprint: '9f2c',
  firstSeenAt: ago(39),
  openedAt: ago(39),
  changedAt: ago(39),
  resolvedAt: null,
  detection: {
    incident: { id: JOURNEY.id, title: PUSHES.title, severity: 'critical', status: 'open', verdict: null },
    confidence: 'high',
    firstAt: ago(40),
    lastAt: ago(39),
    events: EVENTS,
    count: 24,
  },
  byHand: null,
  history: [{ id: '1', at: ago(38), kind: 'resolved', by: null, detail: { why: 'late_event' } }],
};
