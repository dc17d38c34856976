import { ERROR_POLICY, type ErrorView } from '@castellan/connector-sdk';
import type { RunMode, RunOutcome } from '../ports/run-store.js';
import type { StopReason } from './lease-keeper.js';

export interface RetryLimits {
  /** How often a run is picked up again for streams that broke off. */
  readonly attempts: number;
  /** The first wait in milliseconds; doubles with each attempt. */
  readonly baseMs: number;
  readonly capMs: number;
}
export const DEFAULT_RETRY: RetryLimits = { attempts: 5, baseMs: 15_000, capMs: 15 * 60_000 };

export interface ReadResult {
  /** Every stream that this run had to read. */
  readonly asked: number;
  readonly complete: number;
  /** Errors of the streams that stopped, first come first. */
  readonly errors: readonly ErrorView[];
}

/** What becomes of a run after its streams were read as far as they went. */
export function outcomeOf(
  read: ReadResult,
  attempt: number,
  now: Date,
  retry: RetryLimits = DEFAULT_RETRY,
  mode: RunMode = 'full',
): RunOutcome {
  const { asked, complete, errors } = read;
  const ending = errors.find((error) => ERROR_POLICY[error.kind].ends === 'run');
  if (ending?.retryAt !== undefined) {
    const resumeAfterMs = Math.max(1_000, Date.parse(ending.retryAt) - now.getTime());
    return { state: 'waiting', resumeAfterMs, error: ending };
  }
  if (ending !== undefined) return { state: 'failed', error: ending };
  const passing = errors.find((error) => ERROR_POLICY[error.kind].retry === 'backoff');
  // The next poll comes in a minute: one that waits would only keep it from coming.
  if (passing !== undefined && mode === 'poll') return { state: 'incomplete', error: passing };
  if (passing !== undefined && attempt < retry.attempts) {
    return { state: 'waiting', resumeAfterMs: Math.min(retry.capMs, retry.baseMs * 2 ** attempt), error: passing };
  }
  const [first] = errors;
  // Errors of parts that were to be read again belong to no listing.
  if (complete === asked && first === undefined) return { state: 'complete' };
  if (complete === 0 && asked > 0 && first !== undefined) return { state: 'failed', error: first };
  return { state: 'incomplete', ...(first !== undefined && { error: first }) };
}

/** What becomes of a run that was stopped from outside; `undefined` when it is no longer ours to say. */
export function outcomeOfStop(reason: StopReason, attempt: number, retry: RetryLimits = DEFAULT_RETRY): RunOutcome | undefined {
  if (reason === 'lost') return undefined;
  if (reason === 'shutdown' || reason === 'wanted') return { state: 'queued' };
  if (reason === 'cancelled') return { state: 'cancelled' };
  const error = { kind: 'transient', message: 'The connector gave no sign of life for too long and was stopped.' } as const;
  if (attempt >= retry.attempts) return { state: 'failed', error };
  return { state: 'waiting', resumeAfterMs: Math.min(retry.capMs, retry.baseMs * 2 ** attempt), error };
}
