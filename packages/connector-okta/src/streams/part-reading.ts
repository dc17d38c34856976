import { PageTrail } from '@castellan/connector-sdk';
import { MOST_RESTARTS } from './paging.js';

/** From so many rows on, two counts are compared. */
const COUNTS_WORTH_COMPARING = 20;

/** How far one part of a fan-out has been read, and whether what was read can be all of it. */
export class PartReading {
  readonly #expected: number | undefined;
  readonly #row: string;
  #rows: number;
  #restarts = 0;
  #trail = new PageTrail();

  /** @param rows that an earlier run has read of it. */
  constructor(row: string, expected: number | undefined, rows = 0) {
    this.#row = row;
    this.#expected = expected;
    this.#rows = rows;
  }

  get rows(): number {
    return this.#rows;
  }

  get expected(): number | undefined {
    return this.#expected;
  }

  /** A part whose positions are refused again and again will not end. */
  get mayRestart(): boolean {
    return this.#restarts < MOST_RESTARTS;
  }

  /** The part begins again from its first page, whose links may be those of the first time. */
  restart(): void {
    this.#restarts += 1;
    this.#rows = 0;
    this.#trail = new PageTrail();
  }

  add(rows: number): void {
    this.#rows += rows;
  }

  /** @returns why the next page cannot lead to an end. */
  follow(next: string): string | undefined {
    return this.#trail.follow(next);
  }

  /**
   * After the last page: why the list cannot be true. An empty list with status 200 is also how Okta answers when
   * something is wrong, and taken at its word it would remove every row. Where it is true, the next count says so.
   */
  doubt(): string | undefined {
    const expected = this.#expected;
    if (expected === undefined || expected < 1) return undefined;
    if (this.#rows === 0) return `Okta listed no ${this.#row}, though it counts ${expected}`;
    if (!isFarFewer(this.#rows, expected)) return undefined;
    return `Okta listed ${this.#rows} ${this.#row}s, though it counts ${expected}`;
  }
}

/** Less than half of many: of a few, some that have left since they were counted are a large share. */
export function isFarFewer(rows: number, expected: number): boolean {
  return expected >= COUNTS_WORTH_COMPARING && rows < expected / 2;
}
