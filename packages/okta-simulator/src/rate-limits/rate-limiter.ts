import type { Bucket } from './buckets.js';

export type Limits = 'on' | 'off' | number;

export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch seconds, by the simulator's clock. */
  readonly reset: number;
  readonly exceeded: boolean;
}

interface Window {
  startedAt: number;
  used: number;
}

const WINDOW_MS = 60_000;
const UNLIMITED = 1_000_000;

/** Counts requests per client and bucket. A window begins with its first request: it is not aligned to the minute. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();

  constructor(
    readonly limits: Limits,
    readonly now: () => Date,
  ) {}

  limitOf(bucket: Bucket): number {
    if (this.limits === 'off') return UNLIMITED;
    const factor = this.limits === 'on' ? 1 : this.limits;
    return Math.max(1, Math.floor(bucket.perMinute * factor));
  }

  count(principal: string, bucket: Bucket): RateState {
    const key = `${principal} ${bucket.id}`;
    const elapsedClock = performance.now();
    let window = this.#windows.get(key);
    if (!window || elapsedClock - window.startedAt >= WINDOW_MS) {
      window = { startedAt: elapsedClock, used: 0 };
      this.#windows.set(key, window);
    }
    const limit = this.limitOf(bucket);
    const exceeded = window.used >= limit;
    if (!exceeded) window.used += 1;
    const endsIn = window.startedAt + WINDOW_MS - elapsedClock;
    const reset = Math.ceil((this.now().getTime() + endsIn) / 1000);
    return { limit, remaining: limit - window.used, reset, exceeded };
  }
}
