import type { IntegrationStatus, NextAction, StatusState } from '@castellan/api';
import type { ErrorView } from '@castellan/connector-sdk';
import type { RunState, RunWait } from '@castellan/sync-engine';

/** The rows that a status is derived from. Nothing else is stored about it, so that it cannot be out of date. */
export interface StatusFacts {
  readonly paused: boolean;
  /** The latest run, whether at work or over. */
  readonly run: StatusRun | undefined;
  readonly streams: readonly StatusStream[];
  readonly openHolds: number;
  readonly now: Date;
}
export interface StatusRun {
  readonly state: RunState;
  readonly cancelRequested: boolean;
  /** At work, but no host has given a sign of life for long. */
  readonly abandoned: boolean;
  readonly resumeAt: string | undefined;
  readonly error: ErrorView | undefined;
  /** What its requests wait for. */
  readonly waits: readonly RunWait[];
}
export interface StatusStream {
  readonly name: string;
  /** Whether the latest attempt listed all of it. */
  readonly fresh: boolean;
  /** When it was last listed to its end; `undefined`: never. */
  readonly freshAt: string | undefined;
  /** Rows that could not be understood. */
  readonly rejected: number;
  /** Why it is not fresh, where that is known. */
  readonly reason: ErrorView | undefined;
  /** The optional pack that it belongs to. */
  readonly pack?: string | undefined;
  /** The scopes that it needs. */
  readonly requires?: readonly string[];
}

export function integrationStatus({ paused, run, streams, openHolds, now }: StatusFacts): IntegrationStatus {
  if (paused) return status('paused', 'Paused: nothing is read until it is resumed.', 'resume');
  if (run === undefined) return status('never_synced', 'Nothing has been read yet.', 'sync');
  switch (run.state) {
    case 'queued':
      return status('syncing', 'A sync waits for its turn.');
    case 'running':
      return atWork(run, now);
    case 'waiting':
      return waiting(run, now);
    case 'failed':
      return failed(run.error);
    case 'complete':
    case 'incomplete':
    case 'cancelled':
      return ended(streams, openHolds, run.state === 'cancelled');
  }
}

function status(state: StatusState, message: string, action?: NextAction): IntegrationStatus {
  return { state, message, next: action === undefined ? null : { action } };
}

function atWork(run: StatusRun, now: Date): IntegrationStatus {
  if (run.abandoned)
    return status('interrupted', 'Interrupted: the host that was reading has gone. It goes on as soon as a host runs.');
  if (run.cancelRequested) return status('syncing', 'The sync is being cancelled.');
  const refused = run.waits.filter(({ reason, until }) => reason === 'rate_limit' && Date.parse(until) > now.getTime());
  const until = refused.map((wait) => wait.until).toSorted()[0];
  if (until === undefined) return status('syncing', 'A sync is under way.');
  return { ...status('rate_limited', `The provider limits requests; the sync goes on at ${until}.`), until };
}

function waiting({ error, resumeAt }: StatusRun, now: Date): IntegrationStatus {
  const limited = error?.kind === 'rate_limit';
  const isDue = resumeAt === undefined || Date.parse(resumeAt) <= now.getTime();
  const when = isDue ? 'as soon as a host is free' : `at ${resumeAt}`;
  const what = limited ? 'The provider limits requests; the sync goes on' : 'Trying again';
  return {
    ...status(limited ? 'rate_limited' : 'waiting', sentences(`${what} ${when}.`, error?.message)),
    ...(resumeAt !== undefined && { until: resumeAt }),
    ...(error !== undefined && { error }),
  };
}

function failed(error: ErrorView | undefined): IntegrationStatus {
  const message = error?.message ?? 'The last sync failed.';
  // Trying again is in vain until a person changes a setting, a grant or a role.
  const mendable = error?.kind === 'auth' || error?.kind === 'config' || error?.kind === 'permission';
  const found = mendable ? status('needs_reconnect', message, 'reconnect') : status('failed', message, 'sync');
  return { ...found, ...(error !== undefined && { error }) };
}

function ended(streams: readonly StatusStream[], openHolds: number, cancelled: boolean): IntegrationStatus {
  if (openHolds > 0) {
    const held = openHolds === 1 ? 'A removal is' : `${openHolds} removals are`;
    return status('held', `${held} held: a person must accept or reject.`, 'decide-holds');
  }
  const closed = streams.filter((stream) => isClosed(stream, streams));
  const open = streams.filter((stream) => !stream.fresh && !closed.includes(stream));
  if (open.length > 0) return notFresh(streams, open, cancelled);
  const rejecting = streams.filter(({ rejected }) => rejected > 0);
  if (closed.length + rejecting.length === 0) return status('healthy', 'Everything was read.');
  return withWarnings(closed, rejecting);
}

/**
 * One of an optional pack that asks for a higher role than the rest of it, which is read: its scopes are granted, so that nothing was
 * forgotten, and nobody should have to give a program more power to be rid of a warning. One that was read once is not among these:
 * its rows grow old.
 */
function isClosed({ pack, fresh, freshAt, reason, requires = [] }: StatusStream, all: readonly StatusStream[]): boolean {
  if (pack === undefined || fresh || freshAt !== undefined || reason?.kind !== 'permission') return false;
  const missing = reason.missing ?? [];
  const isScope = missing.length === 0 || missing.some((one) => requires.includes(one));
  return !isScope && all.some((other) => other.pack === pack && other.fresh);
}

function withWarnings(closed: readonly StatusStream[], rejecting: readonly StatusStream[]): IntegrationStatus {
  const names = closed.map(({ name }) => wordsOf(name)).join(', ');
  const rows = rejecting.map(({ name, rejected }) => `${name} (${rejected})`).join(', ');
  const message = sentences(
    closed.length === 0 ? undefined : `Everything that this connection may see was read; not permitted: ${names}.`,
    ...new Set(closed.map(({ reason }) => reason?.message)),
    rows === ''
      ? undefined
      : `${closed.length === 0 ? 'Everything was read; rows' : 'Rows'} that could not be understood were left out: ${rows}.`,
  );
  return { ...status('healthy_with_warnings', message), streams: [...closed, ...rejecting].map(({ name }) => name) };
}

/** @param open those that it is for: their reason is told, not that of a stream which the role does not show. */
function notFresh(all: readonly StatusStream[], open: readonly StatusStream[], cancelled: boolean): IntegrationStatus {
  if (cancelled && all.every(({ freshAt }) => freshAt === undefined))
    return status('never_synced', 'The sync was cancelled before it had read anything.', 'sync');
  const stale = all.filter((stream) => !stream.fresh);
  const reason = open.find((stream) => stream.reason !== undefined)?.reason;
  const names = stale.map(({ name, freshAt }) => {
    const words = wordsOf(name);
    return freshAt === undefined ? words : `${words} (last at ${freshAt})`;
  });
  const message = sentences(
    cancelled ? 'The last sync was cancelled; start another to read the rest.' : undefined,
    `Not read in full, ${stale.length} of ${all.length} streams: ${names.join(', ')}.`,
    reason?.message,
  );
  const action = !cancelled && reason?.kind === 'permission' ? 'grant' : 'sync';
  return {
    ...status('degraded', message, action),
    streams: stale.map(({ name }) => name),
    ...(reason !== undefined && { error: reason }),
  };
}

function wordsOf(stream: string): string {
  return stream.replaceAll('-', ' ');
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}
