import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@castellan/connector-sdk';
import type { LeaseState, RunLease, RunStore } from '../ports/run-store.js';

/** Why a run's signal was aborted. */
export type StopReason = Exclude<LeaseState, 'held'> | 'shutdown' | 'stalled';

export class RunStopped extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(`The run was stopped: ${reason}.`);
    this.name = 'RunStopped';
    this.reason = reason;
  }
}

/**
 * Renews the lease three times in its length, and stops the run when the lease is lost, a person cancels, or the lease
 * could not be renewed in time: then another host may have taken over, and going on would only fetch in vain. After `turnMs` it
 * gives way to others that wait, and goes on where it was when it is its turn again.
 */
export async function keepLease(
  runs: RunStore,
  lease: RunLease,
  { leaseMs, turnMs }: { readonly leaseMs: number; readonly turnMs: number },
  run: AbortController,
  logger: Logger,
): Promise<void> {
  const beganAt = performance.now();
  let renewedAt = beganAt;
  while (!run.signal.aborted) {
    try {
      await sleep(leaseMs / 3, undefined, { signal: run.signal, ref: false });
    } catch {
      return;
    }
    try {
      const state = await runs.renew(lease, leaseMs, performance.now() - beganAt >= turnMs);
      if (state !== 'held') run.abort(new RunStopped(state));
      renewedAt = performance.now();
    } catch (error) {
      logger.warn('lease not renewed', { error: String(error) });
      if (performance.now() - renewedAt > leaseMs) run.abort(new RunStopped('lost'));
    }
  }
}
