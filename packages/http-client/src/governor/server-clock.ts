/**
 * The provider's clock, learnt from `Date` headers. They are cut to whole seconds, so each shows a clock that is up to a
 * second behind; the largest difference among many answers comes closest to the truth.
 */
export class ServerClock {
  #offset: number | undefined;

  /** A drop beyond this is a clock that was set, or answers that have become slow: believed at once. */
  static readonly #STEP_MS = 5_000;

  learn(date: Date | undefined, receivedAt: number): void {
    if (date === undefined) return;
    const sample = date.getTime() - receivedAt;
    if (this.#offset === undefined || sample > this.#offset || sample < this.#offset - ServerClock.#STEP_MS)
      this.#offset = sample;
  }

  /** Whether any answer has told the time. */
  get known(): boolean {
    return this.#offset !== undefined;
  }

  /** The provider's time at our `local` time. */
  at(local: number): number {
    return local + (this.#offset ?? 0);
  }

  /** Our time at the provider's `server` time. */
  toLocal(server: number): number {
    return server - (this.#offset ?? 0);
  }
}
