import type { Limits } from '../limits.js';
import type { RateHeaders } from './rate-headers.js';
import type { ServerClock } from './server-clock.js';

/** What one answer means to its bucket. */
export interface Entry {
  readonly rate: RateHeaders | undefined;
  readonly limited: boolean;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** The ledger's generation when the request was sent. */
  readonly generation: number;
  readonly now: number;
}

export type Opening = { readonly at: number; readonly reason: 'budget' | 'rate_limit' } | 'open' | 'probing';

export interface LedgerOptions {
  readonly share: number;
  readonly limits: Limits;
  readonly serverClock: ServerClock;
  readonly random: () => number;
}

/**
 * The account of one bucket: what the window grants, what is spent, and when it opens again.
 * `unknown` (nothing learnt, or the window is over): one request goes ahead alone and its answer opens the window for the
 * rest, so that a wrong guess costs one 429 and not a crowd of them. `free`: the provider sends no rate headers.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #state: 'unknown' | 'known' | 'free' = 'unknown';
  #limit = 0;
  #remaining = 0;
  #spent = 0;
  #reset: number | undefined;
  #windowEnd = 0;
  #everKnown = false;
  #probing = false;
  /** Sent, no answer yet: reserved, so that parallel requests cannot overshoot together. */
  #flying = 0;
  #pausedUntil = 0;
  #refusals = 0;
  #doubted: number | undefined;
  generation = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Whether a request may go now, and if not, when. `ahead`: a request that others wait for needs no probe before it. */
  opening(now: number, ahead: boolean): Opening {
    if (this.#pausedUntil > now) return { at: this.#pausedUntil, reason: 'rate_limit' };
    if (this.#state === 'known' && now >= this.#windowEnd) this.#forget();
    if (this.#state === 'free') return 'open';
    if (this.#state === 'unknown') return this.#probing && !ahead ? 'probing' : 'open';
    if (this.#spent < this.#budget && this.#remaining - this.#flying > 0) return 'open';
    return { at: this.#windowEnd, reason: 'budget' };
  }

  /** Books one request. Gives back whether it is the probe that goes ahead alone. */
  take(): boolean {
    this.#flying += 1;
    this.#spent += 1;
    const probe = this.#state === 'unknown' && !this.#probing;
    if (probe) this.#probing = true;
    return probe;
  }

  /** A request ended without an answer. It may have been counted all the same. */
  lost(probe: boolean): void {
    this.#flying -= 1;
    this.#remaining -= 1;
    if (probe) this.#probing = false;
  }

  answered(entry: Entry, probe: boolean): void {
    this.#flying -= 1;
    if (probe) this.#probing = false;
    if (entry.limited) return this.#refused(entry);
    this.#refusals = 0;
    this.#doubted = undefined;
    // A limit of 0 speaks of requests at once, not of this window.
    if (entry.rate === undefined || entry.rate.limit === 0) {
      if (this.#state === 'unknown' && entry.rate === undefined) this.#state = 'free';
      return;
    }
    this.#learn(entry.rate, entry);
  }

  get #budget(): number {
    return Math.max(1, Math.floor(this.#limit * this.#options.share));
  }

  #learn(rate: RateHeaders, entry: Entry): void {
    const older = rate.reset !== undefined && this.#reset !== undefined && rate.reset <= this.#reset;
    if (this.#state === 'known') {
      if (rate.reset === undefined || rate.reset === this.#reset) {
        // The smallest number was said last: an answer with a larger one was counted before it and has only come later.
        this.#remaining = Math.min(this.#remaining, rate.remaining);
        return;
      }
      // A late answer of the window before.
      if (older) return;
    }
    // Sent in a window that is over by now and speaking of it: what has opened since cannot be read from it.
    if (this.#state === 'unknown' && older && entry.generation < this.generation) return;
    this.#openWindow(rate, entry.now);
  }

  #openWindow(rate: RateHeaders, now: number): void {
    this.#state = 'known';
    this.generation += 1;
    this.#limit = rate.limit;
    this.#remaining = rate.remaining;
    this.#reset = rate.reset;
    // What was spent before we first looked may have been spent by a run of ours that was cut: it counts against the share.
    this.#spent = Math.max(this.#flying + 1, this.#everKnown ? 0 : rate.limit - rate.remaining);
    this.#everKnown = true;
    this.#windowEnd = this.#endOf(rate.reset, now);
  }

  /** Our time of a window's end: never in the past, never implausibly far away, and a little random, to arrive apart from others. */
  #endOf(reset: number | undefined, now: number): number {
    const { limits, serverClock, random } = this.#options;
    const end = reset === undefined ? now + 60_000 : serverClock.toLocal(reset);
    const believed = Math.min(Math.max(end, now), now + limits.windowCapMs);
    return believed + limits.resetMarginMs * (1 + random() / 2);
  }

  #forget(): void {
    this.#state = 'unknown';
    this.generation += 1;
  }

  /** A 429: the bucket rests, and afterwards one request goes ahead alone. */
  #refused(entry: Entry): void {
    // Of a crowd that was refused together only the first lengthens the back-off.
    if (entry.generation >= this.generation) this.#refusals += 1;
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#restsUntil(entry));
    this.#forget();
  }

  #restsUntil({ rate, retryAfter, now }: Entry): number {
    const { limits, serverClock, random } = this.#options;
    if (retryAfter !== undefined && retryAfter > 0) return now + retryAfter + random() * limits.resetMarginMs;
    const reset = rate?.reset;
    const end = reset === undefined ? now : serverClock.toLocal(reset);
    if (reset !== undefined && end > now) {
      // Refused again with the very reset that seemed too far away: then it is meant.
      if (this.#doubted === reset) return end + limits.resetMarginMs;
      if (end > now + limits.windowCapMs) this.#doubted = reset;
      return this.#endOf(reset, now);
    }
    const most = Math.min(limits.retryCapMs, limits.retryBaseMs * 2 ** (this.#refusals + 1));
    return now + limits.retryBaseMs + random() * most;
  }
}
