import type { ErrorView } from '@castellan/connector-sdk';
import type { RunCause, RunMode } from '@castellan/sync-engine';
import type { FindingOpened, IncidentChanged, IncidentOpened } from './detection-events.js';
import type { PlaybookNotified } from './playbook-events.js';

/** What a type of event is, for people, and what its `data` looks like. The example is a whole one. */
interface Described<Data extends object> {
  readonly summary: string;
  readonly example: Data;
  /** More, that have what the first one has not. */
  readonly others: readonly Data[];
}

export interface RunFinished {
  readonly integration: string;
  readonly name: string;
  readonly run: string;
  readonly mode: RunMode;
  readonly cause: RunCause;
  readonly state: 'complete' | 'incomplete' | 'failed' | 'cancelled';
  readonly counts: {
    readonly created: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly removed: number;
    readonly rejected: number;
    readonly unlisted: number;
    readonly refreshed: number;
  };
  readonly error: ErrorView | null;
  readonly startedAt: string | null;
  readonly finishedAt: string;
}

export interface StatusChanged {
  readonly integration: string;
  readonly name: string;
  /** `null`: nothing was told of this integration before. */
  readonly from: string | null;
  readonly to: string;
  /** As the API shows it. */
  readonly status: AnnouncedStatus;
}
/** How an integration stands, in one word and one sentence. */
export interface AnnouncedStatus {
  readonly state: string;
  readonly message: string;
  /** The one thing to do next; `null`: nothing, it goes on by itself. */
  readonly next: { readonly action: string } | null;
  /** `rate_limited`, `waiting`: when it goes on. */
  readonly until?: string;
  /**
   * `degraded`: the streams that are not fresh. `healthy_with_warnings`: those of an optional pack that the role of the connection does
   * not show, and those that have left rows out.
   */
  readonly streams?: readonly string[];
  readonly error?: ErrorView;
}

export interface WebhookTest {
  readonly webhook: string;
  readonly message: string;
}

function describe<Data extends object>(summary: string, example: Data, ...others: readonly Data[]): Described<Data> {
  return { summary, example, others };
}

const REFUSED: ErrorView = { kind: 'permission', message: 'The scope groups:read is not granted.', missing: ['groups:read'] };

const STATUS: StatusChanged = {
  integration: '4d3c3f0a-6a5e-4b0e-9d0e-0f2f6c1b7a11',
  name: 'Acme',
  from: 'syncing',
  to: 'degraded',
  status: {
    state: 'degraded',
    message: 'Not read in full, 1 of 16 streams: group-rules. The scope groups:read is not granted.',
    next: { action: 'grant' },
    streams: ['group-rules'],
    error: REFUSED,
  },
};
const RATE_LIMITED: AnnouncedStatus = {
  state: 'rate_limited',
  message: 'The provider answers no more for now.',
  next: null,
  until: '2026-11-23T09:31:00.000Z',
};

const RUN: RunFinished = {
  integration: '4d3c3f0a-6a5e-4b0e-9d0e-0f2f6c1b7a11',
  name: 'Acme',
  run: '0b9f0c53-98a7-4a2f-8f5c-5d1d0a6f3c22',
  mode: 'full',
  cause: 'scheduled',
  state: 'complete',
  counts: { created: 12, changed: 31, unchanged: 48_210, removed: 4, rejected: 0, unlisted: 0, refreshed: 0 },
  error: null,
  startedAt: '2026-11-23T02:00:01.123Z',
  finishedAt: '2026-11-23T02:06:48.456Z',
};

const INCIDENT: IncidentOpened = {
  incident: '0c6f7a52-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  integration: '4d3c3f0a-6a5e-4b0e-9d0e-0f2f6c1b7a11',
  name: 'Acme',
  rule: { id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02', title: 'Push notifications were rejected again and again' },
  severity: 'high',
  confidence: 'high',
  subject: { kind: 'account', key: '00u0FlPUeNfpAAAAtsm7', label: 'Ana Diaz' },
  others: { first: [{ key: '00u1GmQVfOgqBBBButn8', label: 'Bo Berg' }], count: 1 },
  rules: [{ id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02', title: 'Push notifications were rejected again and again' }],
  findings: 1,
  firstAt: '2026-11-23T09:20:01.618Z',
  lastAt: '2026-11-23T09:28:11.000Z',
};
const FINDING: FindingOpened = {
  finding: 'c8a1a0f2-2b43-4c3f-8f2e-6b0a55a1d7c4',
  incident: INCIDENT.incident,
  integration: INCIDENT.integration,
  name: INCIDENT.name,
  rule: { ...INCIDENT.rule, author: 'Castellan' },
  severity: 'high',
  confidence: 'high',
  subject: INCIDENT.subject,
  others: INCIDENT.others,
  events: 7,
  firstAt: INCIDENT.firstAt,
  lastAt: INCIDENT.lastAt,
};
const WORSE: IncidentChanged = {
  ...INCIDENT,
  change: 'severity',
  from: 'high',
  severity: 'critical',
  status: 'open',
  verdict: null,
  findings: 2,
};

const NOTIFIED: PlaybookNotified = {
  message: 'Push after push is sent to an account. Its sessions were ended.',
  playbook: { id: 'mfa-fatigue', title: 'MFA fatigue' },
  run: '3e8f8b8e-9c55-4a7a-8a55-1b2c3d4e5f64',
  step: 'tell',
  integration: INCIDENT.integration,
  name: INCIDENT.name,
  severity: 'high',
  finding: FINDING.finding,
  incident: INCIDENT.incident,
  subject: INCIDENT.subject,
  records: { first: [{ kind: 'account', key: '00u1GmQVfOgqBBBButn8', label: 'Bo Berg' }], count: 1 },
};

/**
 * All that the host tells a product. A new type is one entry here: whoever records it is held to the shape of its example's
 * type, and the catalogue, the rules of webhooks and the API document read it from here.
 */
export const EVENT_TYPES = {
  'finding.opened': describe<FindingOpened>(
    'A rule has found something that happened within a day. What was excepted before it was found is not told.',
    FINDING,
    { ...FINDING, rule: { ...FINDING.rule, author: null } },
  ),
  'incident.changed': describe<IncidentChanged>(
    'An incident is worse than it was told to be, was closed, or is open again.',
    WORSE,
    { ...WORSE, change: 'closed', from: null, status: 'closed', verdict: 'attack' },
    { ...WORSE, change: 'reopened', from: null },
  ),
  'incident.opened': describe<IncidentOpened>('What rules have found of one actor has become an incident.', INCIDENT),
  'integration.status_changed': describe<StatusChanged>(
    'An integration stands otherwise than before, whatever the reason.',
    STATUS,
    { ...STATUS, from: null, to: RATE_LIMITED.state, status: RATE_LIMITED },
  ),
  'playbook.notified': describe<PlaybookNotified>('A playbook tells of a finding, in one of its steps.', NOTIFIED, {
    ...NOTIFIED,
    incident: null,
  }),
  'run.finished': describe<RunFinished>('A run is over. A poll that has found nothing new is not told.', RUN, {
    ...RUN,
    state: 'incomplete',
    error: REFUSED,
  }),
  'webhook.test': describe<WebhookTest>(
    'Somebody has asked for a test of this webhook. Sent to it alone, whatever it subscribes to.',
    {
      webhook: '7f0d9a6e-13b5-4b86-a1de-2f4f4f0f5d33',
      message: 'This is a test from Castellan.',
    },
  ),
} as const;

export type EventType = keyof typeof EVENT_TYPES;
export type EventData<Type extends EventType> = (typeof EVENT_TYPES)[Type]['example'];
/** What a webhook may ask for: tests come unasked. */
export type SubscribableType = Exclude<EventType, 'webhook.test'>;

// `Object.keys` forgets the literal types.
export const SUBSCRIBABLE_TYPES = (Object.keys(EVENT_TYPES) as EventType[]).filter(
  (type): type is SubscribableType => type !== 'webhook.test',
);
