/** What bounds one client. Every number has a default that suits a run; tests make them small. */
export interface Limits {
  /** Largest body, counted after decompression. */
  readonly bodyBytes: number;
  /** Longest time without a single byte, the connection's set-up included. */
  readonly idleMs: number;
  /** Longest time for one attempt, from the connection to the last byte. */
  readonly totalMs: number;
  /** Longest wait for a rate limit. Beyond it the run is better ended and taken up again later. */
  readonly maxWaitMs: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /**
   * Added to a reset: its header counts whole seconds, so the window may really end up to a second later. A tenth to a
   * quarter of it where the window's begin was seen, which says more than the header.
   */
  readonly resetMarginMs: number;
  /** A reset further away than this is not believed at first: clocks go wrong more often than windows last hours. */
  readonly windowCapMs: number;
  /** Bounds of the random wait after too many requests at once. */
  readonly concurrencyWaitMs: readonly [least: number, most: number];
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 32 * 1024 * 1024,
  idleMs: 30_000,
  totalMs: 120_000,
  maxWaitMs: 15 * 60_000,
  retryBaseMs: 250,
  retryCapMs: 60_000,
  resetMarginMs: 1_000,
  windowCapMs: 90_000,
  concurrencyWaitMs: [1_000, 5_000],
};
