import type { ErrorView } from '@castellan/connector-sdk';
import type { RunCause, RunMode } from '@castellan/sync-engine';

/** What a type of event is, for people, and what its `data` looks like. The example is a whole one. */
interface Described<Data extends object> {
  readonly summary: string;
  readonly example: Data;
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

function describe<Data extends object>(summary: string, example: Data): Described<Data> {
  return { summary, example };
}

/**
 * All that the host tells a product. A new type is one entry here: whoever records it is held to the shape of its example's
 * type, and the catalogue, the rules of webhooks and the API document read it from here.
 */
export const EVENT_TYPES = {
  'integration.status_changed': describe<StatusChanged>('An integration stands otherwise than before, whatever the reason.', {
    integration: '4d3c3f0a-6a5e-4b0e-9d0e-0f2f6c1b7a11',
    name: 'Acme',
    from: 'syncing',
    to: 'degraded',
    status: {
      state: 'degraded',
      message: 'Not read in full, 1 of 16 streams: group-rules. The scope groups:read is not granted.',
      next: { action: 'grant' },
      streams: ['group-rules'],
      error: { kind: 'permission', message: 'The scope groups:read is not granted.', missing: ['groups:read'] },
    },
  }),
  'run.finished': describe<RunFinished>('A run is over. A poll that has found nothing new is not told.', {
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
