import type { IntegrationStatus, StreamView } from './integrations.js';
import type { RunCause, RunMode, RunState, RunWait, StreamRunState } from './runs.js';

/** All of one integration that moves while it is synced. */
export interface IntegrationProgress {
  readonly integration: string;
  readonly name: string;
  readonly status: IntegrationStatus;
  /** The run under way; `null` when there is none. */
  readonly run: RunProgressView | null;
}

/** A run under way. */
export interface RunProgressView {
  readonly id: string;
  readonly mode: RunMode;
  readonly cause: RunCause;
  readonly state: RunState;
  readonly startedAt: string | null;
  readonly streams: readonly StreamProgress[];
  /** Calls to the provider of this run; `null` before the connector has said. */
  readonly calls: CallProgress | null;
  readonly waits: readonly RunWait[];
  readonly secondsLeft: number | null;
  /** The least time that the provider's limits allow for the whole run. */
  readonly floorMinutes: number | null;
}

/** A stream of a run under way. */
export interface StreamProgress {
  readonly name: string;
  readonly kind: StreamView['kind'];
  /** `pending`: nothing of it has come yet. */
  readonly state: StreamRunState;
  readonly rows: number;
  readonly pages: number;
  /** Rows in all; `null` where nobody knows. */
  readonly total: number | null;
  /** The total is what the provider has counted, or the last complete listing; not what was listed to its end just now. */
  readonly estimated: boolean;
  /** Of the last seconds. */
  readonly perSecond: number | null;
  /** When it was last listed to its end. */
  readonly freshAt: string | null;
}

/** Calls to the provider. */
export interface CallProgress {
  readonly done: number;
  /** In all, as far as known. */
  readonly planned: number;
  /** The bucket that the time comes from, and calls a minute that may be spent in it. */
  readonly dominates: string | null;
  readonly perMinute: number | null;
}
