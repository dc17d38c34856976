import type { Caller } from '../callers/caller.js';
import { networkOf } from '../edge/address-of.js';
import type { Stranger } from './audit-trail.js';

const WINDOW_MS = 60_000;

/** More than a person's mistakes and a program's start; a loop that goes on being refused says nothing new after these. */
export const REFUSALS_A_MINUTE = 60;

/**
 * The log keeps every row for good, and each waits for the one before it: nobody may fill it with what he is not allowed. Each
 * action counts by itself in each workspace: who is refused one thing over and over must not hide another behind it.
 */
export class RefusalAllowance {
  /** Of the current window only. */
  readonly #counts = new Map<string, number>();
  #windowEnds = 0;

  /** `last`: the row to say in that the rest of the minute is left out. */
  take(caller: Caller | Stranger, action: string): 'write' | 'last' | 'leave out' {
    const now = performance.now();
    if (now >= this.#windowEnds) {
      this.#counts.clear();
      this.#windowEnds = now + WINDOW_MS;
    }
    const who = caller.kind === 'anonymous' ? networkOf(caller.address) : `${caller.kind} ${caller.id}`;
    const what = [who, action, caller.workspaceId].join(' ');
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    if (count < REFUSALS_A_MINUTE) return 'write';
    return count === REFUSALS_A_MINUTE ? 'last' : 'leave out';
  }
}
