import type { Caller } from './caller.js';

/** Says later whether a caller may still do what he was let in for: his session or key lives, he is not disabled. */
export interface CallerWatch {
  isStillValid(caller: Caller): Promise<boolean>;
}
export const CALLER_WATCH = Symbol('CallerWatch');
