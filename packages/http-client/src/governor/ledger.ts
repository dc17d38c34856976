import type { Limits } from '../limits.js';
import type { RateHeaders } from './rate-headers.js';
import type { ServerClock } from './server-clock.js';
import { paceMs } from './pace.js';
import { Window, WINDOW_MS } from './window.js';

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

/** `ahead`: others wait for it while they hold their permits, e.g. a token. `low`: leaves room for the others. */
export type Priority = 'ahead' | 'normal' | 'low';

export type Opening = { readonly at: number; readonly reason: 'budget' | 'pace' | 'rate_limit' } | 'open' | 'probing';

export interface LedgerOptions {
  readonly share: number;
  readonly limits: Limits;
  readonly serverClock: ServerClock;
  readonly random: () => number;
}

/** The account as it stands. `null`: not known. */
export interface Balance {
  /** Requests a window that the provider grants. */
  readonly limit: number | null;
  /** Our share of it. */
  readonly budget: number | null;
  /** Of the budget in this window; what was spent before we first looked counts as ours. */
  readonly spent: number;
  /** What the provider has left for everybody. */
  readonly remaining: number | null;
  readonly windowEndsAt: Date | null;
}

/**
 * The account of one bucket: what the window grants, what is spent, and when it opens again.
 * `unknown` (nothing learnt, or the window is over): one request goes ahead alone and its answer opens the window for the
 * rest, so that a wrong guess costs one 429 and not a crowd of them. `free`: the provider sends no rate headers.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #state: 'unknown' | 'known' | 'free' = 'unknown';
  /** The last one that was known; over, unless the state says `known`. */
  #window: Window | undefined;
  #limit = 0;
  #remaining = 0;
  #spent = 0;
  #spentAtOpening = 0;
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

  /** Whether a request may go now, and if not, when. One that others wait for needs no probe before it and keeps no pace. */
  opening(now: number, priority: Priority): Opening {
    if (this.#pausedUntil > now) return { at: this.#pausedUntil, reason: 'rate_limit' };
    if (this.#state === 'free') return 'open';
    const window = this.#windowAt(now);
    if (window === undefined) {
      if (this.#state === 'known') this.#forget();
      return this.#probing && priority !== 'ahead' ? 'probing' : 'open';
    }
    const kept = priority === 'low' ? window.reserved : 0;
    if (this.#left <= kept) return { at: window.end, reason: 'budget' };
    if (priority === 'ahead') return 'open';
    // What low priority keeps for others is kept at every moment, so that a few normal requests find their way free at once.
    const at = window.opensFor(this.#spent - this.#spentAtOpening + kept);
    return at <= now ? 'open' : { at, reason: 'pace' };
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

  balance(now: number): Balance {
    const budget = this.budget;
    if (budget === undefined) return { limit: null, budget: null, spent: 0, remaining: null, windowEndsAt: null };
    const window = this.#windowAt(now);
    if (window === undefined) return { limit: this.#limit, budget, spent: 0, remaining: null, windowEndsAt: null };
    const remaining = Math.max(0, this.#remaining - this.#flying);
    return { limit: this.#limit, budget, spent: this.#spent, remaining, windowEndsAt: new Date(window.end) };
  }

  /** Our share of a window, at least one request. `undefined` while the limit is not known, or when there is none. */
  get budget(): number | undefined {
    return this.#window === undefined || this.#state === 'free' ? undefined : this.#budget;
  }

  /** Milliseconds until the last of `calls` more requests may go, if nobody else spends of the bucket. */
  forecast(calls: number, now: number): number | undefined {
    const budget = this.budget;
    if (budget === undefined) return undefined;
    if (calls <= 0) return 0;
    const window = this.#windowAt(now);
    const start = Math.max(now, this.#pausedUntil);
    const left = window === undefined ? 0 : Math.max(0, this.#left);
    if (window !== undefined && calls <= left)
      return Math.max(start, window.opensFor(this.#spent - this.#spentAtOpening + calls - 1)) - now;
    const beyond = calls - left;
    const whole = Math.ceil(beyond / budget) - 1;
    const inLast = paceMs(beyond - whole * budget - 1, { amount: budget, lengthMs: WINDOW_MS });
    return Math.max(start, window?.end ?? start) - now + whole * WINDOW_MS + inLast;
  }

  /** The window that is open now, as far as we know. */
  #windowAt(now: number): Window | undefined {
    return this.#state === 'known' && this.#window !== undefined && now < this.#window.end ? this.#window : undefined;
  }

  get #budget(): number {
    // A product such as 100 * 0.29 falls just short of the whole number that is meant.
    return Math.max(1, Math.floor(this.#limit * this.#options.share + 1e-6));
  }

  get #left(): number {
    return Math.min(this.#budget - this.#spent, this.#remaining - this.#flying);
  }

  #learn(rate: RateHeaders, entry: Entry): void {
    const last = this.#window?.reset;
    const older = rate.reset !== undefined && last !== undefined && rate.reset <= last;
    if (this.#state === 'known') {
      if (rate.reset === undefined || rate.reset === last) {
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

  #openWindow(rate: RateHeaders, openedAt: number): void {
    const first = this.#window === undefined;
    this.#state = 'known';
    this.generation += 1;
    this.#limit = rate.limit;
    this.#remaining = rate.remaining;
    // What was spent before we first looked may have been spent by a run of ours that was cut: it counts against the share.
    this.#spent = Math.max(this.#flying + 1, first ? rate.limit - rate.remaining : 0);
    this.#spentAtOpening = this.#spent;
    this.#window = new Window({ ...this.#options, reset: rate.reset, openedAt, amount: Math.max(0, this.#left) });
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
      return Math.min(end, now + limits.windowCapMs) + limits.resetMarginMs * (1 + random() / 2);
    }
    const most = Math.min(limits.retryCapMs, limits.retryBaseMs * 2 ** (this.#refusals + 1));
    return now + limits.retryBaseMs + random() * most;
  }
}
