/** How many requests may be in flight: halves when the provider says "too many at once", then creeps up again. */
export class Parallelism {
  #allowed: number;
  #goodSince = 0;
  /** Where it last was too many. */
  #crowdedAt = Number.POSITIVE_INFINITY;
  #shrunkAt = Number.NEGATIVE_INFINITY;

  #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#allowed = most;
  }

  /** Another bound from now on. What was learnt from refusals stays learnt. */
  limitTo(most: number): void {
    const shrunk = this.#allowed < this.#most;
    this.#allowed = shrunk ? Math.min(this.#allowed, most) : most;
    this.#most = most;
  }

  get allowed(): number {
    return this.#allowed;
  }

  /** `sentAt` keeps one crowd from counting as many: what was in flight at the last cut says nothing new. */
  shrink(sentAt: number, now: number): void {
    if (sentAt < this.#shrunkAt) return;
    this.#shrunkAt = now;
    this.#goodSince = 0;
    this.#crowdedAt = this.#allowed;
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
  }

  /** One more after a run of good answers, and a long run before what was too many is tried again: every try costs some refusals. */
  grow(): void {
    if (this.#allowed >= this.#most) return;
    this.#goodSince += 1;
    const rounds = this.#allowed + 1 < this.#crowdedAt ? 5 : 50;
    if (this.#goodSince < this.#allowed * rounds) return;
    this.#goodSince = 0;
    this.#allowed += 1;
  }
}
