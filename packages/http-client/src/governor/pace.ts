/** Goes at once when a window opens, so that small work is never slowed. */
const BURST_SHARE = 0.3;
const LEAST_BURST = 5;
/** By then everything is let go; the rest of the window is slack, so that slow answers do not leave budget unused. */
const RELEASED_BY = 0.8;

/** What a window has to give: `amount` requests within `lengthMs` from its opening. */
export interface Span {
  readonly amount: number;
  readonly lengthMs: number;
}

/**
 * Milliseconds after a window's opening at which one more request may go, when `gone` of its `amount` went before it: a
 * burst at once, the rest evenly. Spread so, the provider sees no wall of requests once a minute, and other users of the
 * bucket (another run, a person in the admin console) find room all the time.
 */
export function paceMs(gone: number, { amount, lengthMs }: Span): number {
  const burst = Math.max(LEAST_BURST, Math.ceil(amount * BURST_SHARE));
  if (gone < burst) return 0;
  return ((gone - burst + 1) / Math.max(1, amount - burst)) * lengthMs * RELEASED_BY;
}
