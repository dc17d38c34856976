import type { Limits } from '../limits.js';
import { paceMs, type Span } from './pace.js';
import type { ServerClock } from './server-clock.js';

/** A minute, as providers document their windows. Used where the headers leave a choice only. */
export const WINDOW_MS = 60_000;
/** The last part of a window's budget, which requests of low priority leave to the others. */
const RESERVED_SHARE = 0.15;

export interface WindowOptions {
  /** Epoch milliseconds by the provider's clock, from the reset header. */
  readonly reset: number | undefined;
  /** Our time of the answer that we learnt it from. */
  readonly openedAt: number;
  /** Requests that we may still send in it. */
  readonly amount: number;
  readonly limits: Limits;
  readonly serverClock: ServerClock;
  readonly random: () => number;
}

/** One window of one bucket: how long it lasts and how its budget is spread over it. */
export class Window {
  readonly #options: WindowOptions;
  readonly #jitterMs: number;
  /** By the provider's clock as it was known at the opening. */
  readonly #firstResetAt: number;

  constructor(options: WindowOptions) {
    this.#options = options;
    // Drawn once: an end that moves with every look would move the timer and the displays too.
    this.#jitterMs = options.limits.resetMarginMs * (0.1 + options.random() * 0.15);
    this.#firstResetAt = this.#resetNow();
  }

  get reset(): number | undefined {
    return this.#options.reset;
  }

  /** What low priority leaves alone. */
  get reserved(): number {
    return Math.floor(this.#options.amount * RESERVED_SHARE);
  }

  /**
   * Our time from which the next window is surely open; a little random, to arrive apart from others. Worked out anew each
   * time, since the provider's clock becomes known better with every answer, and a first guess is up to a second late.
   */
  get end(): number {
    return this.#resetAt + this.#marginMs + this.#jitterMs;
  }

  /** Our time at which one more may go, when `gone` went since the opening. */
  opensFor(gone: number): number {
    return this.#options.openedAt + paceMs(gone, this.#span);
  }

  get #span(): Span {
    return { amount: this.#options.amount, lengthMs: this.#resetAt - this.#options.openedAt };
  }

  /** No better knowledge than of the second that `Date` cuts off ends a window earlier: one host's clock may be wrong. */
  get #resetAt(): number {
    return Math.max(this.#resetNow(), this.#firstResetAt - 1_000);
  }

  /** The header's moment by our clock: never before the opening, never implausibly far behind it. */
  #resetNow(): number {
    const { reset, openedAt, limits, serverClock } = this.#options;
    const at = reset === undefined ? openedAt + WINDOW_MS : serverClock.toLocal(reset);
    return Math.min(Math.max(at, openedAt), openedAt + limits.windowCapMs);
  }

  /**
   * The header counts whole seconds, and where it is rounded down the window ends up to a second later. Not so when it is
   * young: it began before its answer came, so it is over a minute after that, by our own clock and whatever the rounding.
   * The header's moment stays the least of all, for windows that really end with a full second.
   */
  get #marginMs(): number {
    const { reset, openedAt, limits, serverClock } = this.#options;
    const toMinute = openedAt + WINDOW_MS - this.#resetAt;
    const young = reset !== undefined && serverClock.known && Math.abs(toMinute) <= 2_000;
    return young ? Math.min(limits.resetMarginMs, Math.max(0, toMinute)) : limits.resetMarginMs;
  }
}
