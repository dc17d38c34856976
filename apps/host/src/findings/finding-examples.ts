import type {
  FindingByHand,
  FindingByHandInput,
  FindingDetail,
  FindingDetection,
  FindingEventView,
  FindingsChangeInput,
  FindingsSummary,
  FindingView,
  Page,
  TimelineEvent,
} from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

const OPEN: FindingView = {
  id: 'c8a1a0f2-2b43-4c3f-8f2e-6b0a55a1d7c4',
  source: 'posture',
  rule: { id: 'administrator-without-second-factor', title: 'Administrator without a second factor' },
  integration: { id: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11', name: 'Acme' },
  subject: { kind: 'account', key: '00u0FlPUeNfpAAAAtsm7', label: 'Ana Diaz', detail: 'ana.diaz@acme.example', present: true },
  severity: 'critical',
  severityReason: null,
  status: 'open',
  evidence: freeForm({ login: 'ana.diaz@acme.example', roles: ['Super administrator'] }),
  owner: null,
  exception: null,
  fingerprint: '9f2c4d6e8a0b1c3d5e7f90a1b2c3d4e5f60718293a4b5c6d7e8f900112233445',
  firstSeenAt: '2026-10-02T06:00:01.618Z',
  openedAt: '2026-11-20T06:00:01.618Z',
  changedAt: '2026-11-20T06:00:01.618Z',
  resolvedAt: null,
};
const EXCEPTED: FindingView = {
  ...OPEN,
  subject: { kind: 'organisation', key: 'organisation', label: 'Acme', detail: null, present: true },
  severity: 'high',
  severityReason: 'the account is suspended, so that somebody has to let it in first',
  status: 'excepted',
  owner: { id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Bo Lindqvist' },
  exception: { until: '2027-02-01T00:00:00.000Z', reason: 'The key is ordered.' },
};
const RESOLVED: FindingView = { ...OPEN, status: 'resolved', resolvedAt: '2026-11-26T06:00:01.618Z' };

const FIRST: Page<FindingView> = { items: [OPEN, EXCEPTED, RESOLVED], next: 'WyJmaW5kaW5ncyIsIjV8MjAyNi0xMS0yMCJd' };
export const FINDINGS_ANSWER = new Examples({ example: FIRST }, [{ items: [], next: null }]);

const ACKNOWLEDGED: FindingEventView = {
  id: '41',
  at: '2026-11-26T09:30:00.000Z',
  kind: 'acknowledged',
  by: 'Ada Lovelace',
  detail: null,
};
const WORSE: FindingEventView = {
  id: '40',
  at: '2026-11-20T06:00:01.618Z',
  kind: 'severity',
  by: null,
  detail: freeForm({ from: 'high', to: 'critical' }),
};
const EVENT: TimelineEvent = {
  key: 'f1d0b993-cc19-11ed-a688-db22c99ef6c4',
  published: '2026-11-27T06:00:01.618Z',
  type: 'user.authentication.auth_via_mfa',
  message: 'Authentication with a factor',
  outcome: 'FAILURE',
  outcomeReason: 'INVALID_CREDENTIALS',
  actor: { id: OPEN.subject.key, label: OPEN.subject.label },
  targets: [{ id: 'opf1', type: 'AuthenticatorEnrollment', label: 'Push' }],
  address: '192.0.2.7',
  city: 'Berlin',
  country: 'Germany',
  latitude: 52.52,
  longitude: 13.4,
  userAgent: 'Mozilla/5.0',
  findings: [OPEN.id],
};
const BARE: TimelineEvent = {
  ...EVENT,
  message: null,
  outcome: null,
  outcomeReason: null,
  actor: null,
  targets: [],
  address: null,
  city: null,
  country: null,
  latitude: null,
  longitude: null,
  userAgent: null,
};
const DETECTION: FindingDetection = {
  incident: {
    id: '0c6f7a52-9f0a-4b7e-8f4f-0d9f6f0f6a11',
    title: 'Push notifications were rejected again and again',
    severity: 'critical',
    status: 'open',
    verdict: null,
  },
  confidence: 'high',
  firstAt: EVENT.published,
  lastAt: EVENT.published,
  events: [EVENT, BARE],
  count: 2,
};
const FOUND: FindingDetail = {
  ...OPEN,
  source: 'detection',
  rule: { id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02', title: DETECTION.incident.title },
  evidence: freeForm({ title: DETECTION.incident.title, events: 2 }),
  detection: DETECTION,
  byHand: null,
  history: [],
};
/** The same in an incident that is otherwise. */
function foundIn(part: Partial<FindingDetection['incident']>, confidence: FindingDetection['confidence']): FindingDetail {
  return { ...FOUND, detection: { ...DETECTION, confidence, incident: { ...DETECTION.incident, ...part } } };
}
const MENDED: FindingByHand = {
  at: '2026-11-26T10:00:00.000Z',
  by: 'Ada Lovelace',
  note: 'A security key was enrolled.',
  seen: 'waiting',
};
const DETAIL: FindingDetail = {
  ...OPEN,
  status: 'acknowledged',
  detection: null,
  byHand: MENDED,
  history: [ACKNOWLEDGED, WORSE],
};
export const FINDING_ANSWER = new Examples({ example: DETAIL }, [
  { ...EXCEPTED, detection: null, byHand: { ...MENDED, seen: 'still there' }, history: [WORSE] },
  { ...RESOLVED, detection: null, byHand: null, history: [] },
  FOUND,
  foundIn({ severity: 'high', status: 'acknowledged' }, 'medium'),
  foundIn({ severity: 'medium', status: 'closed', verdict: 'attack' }, 'low'),
  foundIn({ severity: 'low', status: 'closed', verdict: 'benign' }, 'high'),
  foundIn({ severity: 'informational', status: 'closed', verdict: 'test' }, 'high'),
  foundIn({ status: 'closed', verdict: 'false_alarm' }, 'high'),
]);

const MEND: FindingByHandInput = { note: 'A security key was enrolled.' };
export const BY_HAND_BODY = MEND;

const NONE = { open: 0, acknowledged: 0, excepted: 0 };
export const SUMMARY_ANSWER: FindingsSummary = {
  open: 25,
  acknowledged: 1,
  excepted: 1,
  severities: {
    informational: NONE,
    low: NONE,
    medium: { ...NONE, open: 22 },
    high: { ...NONE, excepted: 1 },
    critical: { ...NONE, open: 3, acknowledged: 1 },
  },
};

const ONE: FindingsChangeInput = { change: { do: 'acknowledge' }, ids: [OPEN.id] };
const MANY: FindingsChangeInput = {
  change: { do: 'except', until: '2027-02-01T00:00:00Z', reason: 'The keys are ordered.' },
  where: { rule: 'administrator-without-second-factor', severity: ['high', 'critical'] },
};
const ASSIGNED: FindingsChangeInput = {
  change: { do: 'assign', owner: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11' },
  ids: [OPEN.id],
};
const SAID: FindingsChangeInput = { change: { do: 'comment', text: 'Ana was told on 25 November.' }, ids: [OPEN.id] };
export const CHANGE_BODY = new Examples({ acknowledge: ONE, 'except until': MANY, assign: ASSIGNED, comment: SAID });
export const CHANGED_ANSWER = { changed: 3 };
