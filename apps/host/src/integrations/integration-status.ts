import type { ErrorView } from '@castellan/connector-sdk';
import type { RunState } from '@castellan/sync-engine';

export type StatusState =
  | 'never_synced'
  | 'syncing'
  | 'waiting'
  | 'healthy'
  | 'degraded'
  | 'held'
  | 'needs_reconnect'
  | 'failed';

/** How an integration stands, in one word and one sentence. */
export interface IntegrationStatus {
  readonly state: StatusState;
  readonly message: string;
  /** `waiting`: when the run goes on. */
  readonly until?: string;
  /** `degraded`: the streams that are not fresh. */
  readonly streams?: readonly string[];
  readonly error?: ErrorView;
}

/** The rows that a status is derived from. Nothing else is stored about it, so that it cannot be out of date. */
export interface StatusFacts {
  /** The latest run, whether at work or over. */
  readonly run: StatusRun | undefined;
  readonly streams: readonly StatusStream[];
  readonly openHolds: number;
}
export interface StatusRun {
  readonly state: RunState;
  readonly resumeAt: string | undefined;
  readonly error: ErrorView | undefined;
}
export interface StatusStream {
  readonly name: string;
  /** Whether the latest attempt listed all of it, and stored every row. */
  readonly fresh: boolean;
  /** Whether any attempt ever did. */
  readonly everFresh: boolean;
  /** Why it is not fresh, where that is known. */
  readonly reason?: string;
}

export function integrationStatus({ run, streams, openHolds }: StatusFacts): IntegrationStatus {
  if (run === undefined) return { state: 'never_synced', message: 'Nothing has been read yet.' };
  switch (run.state) {
    case 'queued':
    case 'running':
      return { state: 'syncing', message: 'A sync is under way.' };
    case 'waiting':
      return {
        state: 'waiting',
        message: `Waiting; goes on at ${run.resumeAt ?? 'once'}. ${run.error?.message ?? ''}`.trim(),
        ...(run.resumeAt !== undefined && { until: run.resumeAt }),
        ...(run.error !== undefined && { error: run.error }),
      };
    case 'failed':
      return failed(run.error);
    case 'complete':
    case 'incomplete':
    case 'cancelled':
      return ended(streams, openHolds, run.state === 'cancelled');
  }
}

function failed(error: ErrorView | undefined): IntegrationStatus {
  const message = error?.message ?? 'The last sync failed.';
  // Trying again is in vain until a person changes a setting, a grant or a role.
  const mendable = error?.kind === 'auth' || error?.kind === 'config' || error?.kind === 'permission';
  return { state: mendable ? 'needs_reconnect' : 'failed', message, ...(error !== undefined && { error }) };
}

function ended(streams: readonly StatusStream[], openHolds: number, cancelled: boolean): IntegrationStatus {
  if (openHolds > 0) {
    const message = `${openHolds === 1 ? 'A removal is' : `${openHolds} removals are`} held: a person must accept or reject.`;
    return { state: 'held', message };
  }
  const stale = streams.filter((stream) => !stream.fresh);
  if (stale.length === 0) return { state: 'healthy', message: 'Everything was read.' };
  if (cancelled && streams.every((stream) => !stream.everFresh))
    return { state: 'never_synced', message: 'The sync was cancelled before it had read anything.' };
  const names = stale.map((stream) => stream.name);
  const cancel = cancelled ? 'The last sync was cancelled; start another to read the rest. ' : '';
  const reason = stale.find((stream) => stream.reason !== undefined)?.reason;
  const message = `${cancel}Not everything could be read and stored: ${names.join(', ')}.${reason === undefined ? '' : ` ${reason}`}`;
  return { state: 'degraded', message, streams: names };
}
