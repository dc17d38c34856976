import type { ErrorView, JsonObject, RecordKind } from '@castellan/connector-sdk';
import type { FieldHint } from '@castellan/form-schema';
import type { RunView } from './runs.js';

/** How an integration can stand. */
export const STATUS_STATES = [
  'never_synced',
  'syncing',
  'rate_limited',
  'waiting',
  'interrupted',
  'healthy',
  'healthy_with_warnings',
  'degraded',
  'held',
  'needs_reconnect',
  'paused',
  'failed',
] as const;
/** How an integration stands. */
export type StatusState = (typeof STATUS_STATES)[number];

/** What a person can do about it. `grant`: at the provider, and then sync. */
export type NextAction = 'sync' | 'resume' | 'reconnect' | 'decide-holds' | 'grant';

/** How an integration stands, and the one thing to do. */
export interface IntegrationStatus {
  readonly state: StatusState;
  readonly message: string;
  /** `null`: nothing, it goes on by itself. */
  readonly next: { readonly action: NextAction } | null;
  /** `rate_limited`, `waiting`: when it goes on. */
  readonly until?: string;
  /**
   * `degraded`: the streams that are not fresh. `healthy_with_warnings`: those of an optional pack that the role of the connection does
   * not show, and those that have left rows out.
   */
  readonly streams?: readonly string[];
  readonly error?: ErrorView;
}

/** Who cares for an integration. `id` is `null` for somebody who was named before owners were users. */
export interface IntegrationOwner {
  readonly id: string | null;
  readonly name: string;
}

/** An integration in a list. */
export interface IntegrationView {
  readonly id: string;
  readonly connector: { readonly id: string; readonly name: string; readonly status: 'available' | 'unavailable' };
  readonly name: string;
  readonly owner: IntegrationOwner | null;
  /** The provider's own id of the organisation. */
  readonly tenant: string | null;
  /** A secret reads `{ isSet: true, changedAt }`. */
  readonly config: JsonObject;
  /** Grows with each change of `config`; send it back with a change to learn of somebody else's. */
  readonly revision: number;
  readonly status: IntegrationStatus;
  readonly paused: boolean;
  readonly schedule: ScheduleView;
  /** When everything is listed again; `null` while it is paused. */
  readonly nextRunAt: string | null;
  /** Until when everything that the provider's log names has been read again; `null`: no poll has ended yet. */
  readonly polledAt: string | null;
  /** Rows that are there now, by kind. */
  readonly counts: Readonly<Partial<Record<RecordKind, number>>>;
  readonly freshness: FreshnessView;
  readonly createdAt: string;
}

/** Of when the rows are, and when newer ones are due. */
export interface FreshnessView {
  /**
   * Until when the rows of the fresh streams are known to be complete: the oldest of their listings or, where that is later, the
   * last look into the provider's log. Of the others their status tells. `null`: nothing was listed to its end yet.
   */
  readonly asOf: string | null;
  /** How often that is renewed: the rhythm of polls, or the schedule where no poll keeps anything fresh. */
  readonly everySeconds: number;
  /** Streams of which the latest attempt has listed everything, and how many there are. */
  readonly fresh: number;
  readonly streams: number;
}

/** How often an integration is read. */
export interface ScheduleView {
  /** How often everything is listed. */
  readonly everySeconds: number;
  /** How often the log is read. 0: never. `null`: as often as this host does it. */
  readonly pollSeconds: number | null;
}

/** An integration with all that its page shows. */
export interface IntegrationDetail extends IntegrationView {
  /** Rows that were there once. */
  readonly removed: Readonly<Partial<Record<RecordKind, number>>>;
  readonly streams: readonly StreamView[];
  readonly lastRun: RunView | null;
  readonly openHolds: number;
}

/** How fresh one stream is. */
export interface StreamView {
  readonly name: string;
  readonly kind: RecordKind;
  readonly requires: readonly string[];
  readonly state: 'pending' | 'reading' | 'complete' | 'skipped' | 'incomplete';
  /** When it was last listed to its end; its rows are as of then. */
  readonly freshAt: string | null;
  /** Whether looks for changes keep it fresh between two listings. */
  readonly isPolled: boolean;
  /** Why it is not fresher. */
  readonly error: ErrorView | null;
  /** Parts that could not be listed: the first of them, and how many. */
  readonly unlisted: readonly { readonly partition: string; readonly reason: string }[];
  readonly unlistedCount: number;
}

/** Whether the latest attempt has listed all of it. */
export function isFresh({ state, freshAt, unlistedCount }: Pick<StreamView, 'state' | 'freshAt' | 'unlistedCount'>): boolean {
  // A stream that is being read although no full run is at work is read by a poll, and was complete before.
  return (state === 'complete' || (state === 'reading' && freshAt !== null)) && unlistedCount === 0;
}

/** What was changed in the settings before they were tried. */
export interface Edited {
  readonly hints: readonly FieldHint[];
}

/** What a deletion would do. */
export interface DeletionView {
  /** What a person has to type. */
  readonly name: string;
  readonly goes: {
    /** Rows by kind, those of the past included. */
    readonly records: Readonly<Partial<Record<RecordKind, number>>>;
    readonly runs: number;
    readonly holds: number;
    readonly secrets: number;
  };
  readonly stays: readonly string[];
  /** For who only wants it to be quiet. */
  readonly instead: string;
}
