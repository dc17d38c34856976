import type { ClaimedRun, RunOutcome } from './run-store.js';

/** Hears how each piece of work on a run ended, for whoever counts. */
export interface RunMeter {
  /** @param seconds since this process claimed it */
  ended(run: ClaimedRun, state: RunOutcome['state'], seconds: number): void;
}
