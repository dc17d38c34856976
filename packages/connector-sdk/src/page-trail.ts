/** No list is that long (20 million rows): one whose links are ever new has no end. */
const MOST_PAGES = 100_000;

/**
 * Notices pages that never end, without remembering them all: one link is kept, and exchanged after 1, 2, 4, ... pages, so that a
 * circle of any length meets it (Brent). For whoever reads several pages before a `Page` is given; the positions of pages are
 * watched by the SDK itself.
 */
export class PageTrail {
  readonly #most: number;
  #kept: string | undefined;
  #pages = 0;
  #exchangeAt = 1;

  constructor(most = MOST_PAGES) {
    this.#most = most;
  }

  /** @returns what is wrong when the link leads back, or there have been too many. */
  follow(next: string): string | undefined {
    if (next === this.#kept) return 'its pages go in a circle';
    this.#pages += 1;
    if (this.#pages > this.#most) return `it has no end after ${this.#most} pages`;
    if (this.#pages >= this.#exchangeAt) {
      this.#kept = next;
      this.#exchangeAt *= 2;
    }
    return undefined;
  }
}
