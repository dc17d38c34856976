import type {
  IncidentDetail,
  IncidentEventView,
  IncidentFinding,
  IncidentsChangeInput,
  IncidentsSummary,
  IncidentTimeline,
  IncidentView,
  Page,
  RelatedIncident,
  TimelineEvent,
} from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

const OPEN: IncidentView = {
  id: '0c6f7a52-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  integration: { id: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11', name: 'Acme' },
  subject: { kind: 'account', key: '00u0FlPUeNfpAAAAtsm7', label: 'Ana Diaz', detail: 'ana.diaz@acme.example', present: true },
  others: { first: [{ key: '00u1GmQVfOgqBBBButn8', label: 'Bo Berg' }], count: 1 },
  rule: { id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02', title: 'Push notifications were rejected again and again' },
  severity: 'critical',
  confidence: 'high',
  status: 'open',
  verdict: null,
  findings: 2,
  firstAt: '2026-11-27T06:00:01.618Z',
  lastAt: '2026-11-27T06:08:11.000Z',
  owner: null,
  openedAt: '2026-11-27T06:02:30.000Z',
  changedAt: '2026-11-27T06:09:00.000Z',
  closedAt: null,
};
const CLOSED: IncidentView = {
  ...OPEN,
  others: { first: [], count: 0 },
  subject: { kind: 'address', key: '192.0.2.7', label: '192.0.2.7', detail: null, present: true },
  severity: 'medium',
  confidence: 'low',
  status: 'closed',
  verdict: 'test',
  owner: { id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Bo Lindqvist' },
  closedAt: '2026-11-27T08:00:00.000Z',
};
const ACKNOWLEDGED: IncidentView = { ...OPEN, status: 'acknowledged', confidence: 'medium' };
const FIRST: Page<IncidentView> = { items: [OPEN, ACKNOWLEDGED, CLOSED], next: 'WyJpbmNpZGVudHMiLCI1fDIwMjYtMTEtMjAiXQ' };
export const INCIDENTS_ANSWER = new Examples({ example: FIRST }, [
  {
    items: [
      { ...CLOSED, verdict: 'attack' },
      { ...CLOSED, verdict: 'benign' },
      { ...CLOSED, verdict: 'false_alarm' },
      { ...OPEN, severity: 'informational' },
      { ...OPEN, severity: 'low' },
      { ...OPEN, severity: 'high' },
    ],
    next: null,
  },
  { items: [], next: null },
]);

const FOUND: IncidentFinding = {
  id: 'c8a1a0f2-2b43-4c3f-8f2e-6b0a55a1d7c4',
  rule: {
    id: OPEN.rule.id,
    title: OPEN.rule.title,
    description: 'Somebody is asked for consent again and again, in the hope that they give in.',
    author: 'Castellan',
    falsePositives: ['A device that signs in by itself.'],
    response: ['End all sessions of the account, and reset its password.'],
    techniques: [{ id: 'T1621', name: 'Multi-Factor Authentication Request Generation', tactics: ['Credential Access'] }],
  },
  severity: 'critical',
  confidence: 'high',
  status: 'open',
  firstAt: OPEN.firstAt,
  lastAt: OPEN.lastAt,
  events: ['f1d0b993-cc19-11ed-a688-db22c99ef6c4'],
};
const OWN: IncidentFinding = { ...FOUND, rule: { ...FOUND.rule, description: null, author: null } };
const DONE: IncidentEventView = {
  id: '7',
  at: '2026-11-27T08:00:00.000Z',
  kind: 'closed',
  by: 'Ada Lovelace',
  detail: freeForm({ verdict: 'test', reason: 'A test of the red team.' }),
};
const AGAIN: IncidentEventView = { ...DONE, kind: 'reopened', by: null, detail: null };
const OTHER_EVENTS = (['acknowledged', 'unacknowledged', 'owner', 'comment'] as const).map((kind) => ({ ...DONE, kind }));
const { id, subject, rule, severity, confidence, status, verdict, firstAt, lastAt } = OPEN;
const NEAR: RelatedIncident = {
  id,
  subject,
  rule,
  severity,
  confidence,
  status,
  verdict,
  firstAt,
  lastAt,
  shared: [{ key: '00u1GmQVfOgqBBBButn8', label: 'Bo Berg' }],
};
const DETAIL: IncidentDetail = {
  ...CLOSED,
  related: [
    NEAR,
    { ...NEAR, severity: 'low', confidence: 'medium', status: 'acknowledged' },
    { ...NEAR, severity: 'medium', confidence: 'low', status: 'closed', verdict: 'attack' },
    { ...NEAR, severity: 'high', status: 'closed', verdict: 'benign' },
    { ...NEAR, severity: 'informational', status: 'closed', verdict: 'test' },
    { ...NEAR, status: 'closed', verdict: 'false_alarm' },
  ],
  found: [FOUND],
  response: FOUND.rule.response,
  attackVersion: '18.1',
  history: [DONE, AGAIN],
};
export const INCIDENT_ANSWER = new Examples({ example: DETAIL }, [
  {
    ...OPEN,
    related: [],
    found: [
      OWN,
      { ...OWN, status: 'acknowledged' },
      { ...OWN, status: 'resolved', confidence: 'low' },
      { ...OWN, status: 'excepted', confidence: 'medium' },
    ],
    response: [],
    attackVersion: '18.1',
    history: OTHER_EVENTS,
  },
]);

const REJECTED: TimelineEvent = {
  key: 'f1d0b993-cc19-11ed-a688-db22c99ef6c4',
  published: OPEN.firstAt,
  type: 'user.authentication.auth_via_mfa',
  message: 'Authentication with a factor',
  outcome: 'FAILURE',
  outcomeReason: 'INVALID_CREDENTIALS',
  actor: { id: '00u0FlPUeNfpAAAAtsm7', label: 'Ana Diaz' },
  targets: [{ id: 'opf1', type: 'AuthenticatorEnrollment', label: 'Push' }],
  address: '192.0.2.7',
  city: 'Berlin',
  country: 'Germany',
  latitude: 52.52,
  longitude: 13.4,
  userAgent: 'Mozilla/5.0',
  findings: [FOUND.id],
};
const BARE: TimelineEvent = {
  ...REJECTED,
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
  findings: [],
};
const TIMELINE: IncidentTimeline = {
  from: '2026-11-27T05:00:01.618Z',
  to: '2026-11-27T07:08:11.000Z',
  events: [REJECTED, BARE],
  isCut: false,
};
export const TIMELINE_ANSWER = new Examples({ example: TIMELINE });

export const INCIDENTS_SUMMARY: IncidentsSummary = {
  open: 3,
  acknowledged: 1,
  severities: { informational: 0, low: 1, medium: 1, high: 1, critical: 1 },
};

const ONE: IncidentsChangeInput = { change: { do: 'acknowledge' }, ids: [OPEN.id] };
const CLOSING: IncidentsChangeInput = {
  change: { do: 'close', verdict: 'test', reason: 'A test of the red team.' },
  ids: [OPEN.id],
};
const ASSIGNED: IncidentsChangeInput = {
  change: { do: 'assign', owner: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11' },
  ids: [OPEN.id],
};
const SAID: IncidentsChangeInput = { change: { do: 'comment', text: 'Ana was called.' }, ids: [OPEN.id] };
export const INCIDENTS_CHANGE_BODY = new Examples({ acknowledge: ONE, close: CLOSING, assign: ASSIGNED, comment: SAID });
export const INCIDENTS_CHANGED = { changed: 1 };
