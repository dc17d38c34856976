/** Half an answer, or none that can be read: worth few tries, since each costs as much as a good one. */
const BAD_BODY_TRIES = 3;
const MOST_RATE_LIMITED = 10;

/** Counts what one request has been through, by kind: a 429 must not use up the tries that are meant for faults. */
export class Tries {
  #attempt = 0;
  #faults = 0;
  #badBodies = 0;
  #limited = 0;
  #limitedSince: number | undefined;
  #renewed = false;

  constructor(
    readonly most: number,
    readonly repeatable: boolean,
    readonly maxWaitMs: number,
  ) {}

  /** The number of the attempt that starts now. */
  next(): number {
    this.#attempt += 1;
    return this.#attempt;
  }

  get faults(): number {
    return this.#faults;
  }

  /** A network error or a 5xx: whether another try is left. */
  fault(): boolean {
    this.#faults += 1;
    return this.repeatable && this.#faults < this.most;
  }

  /** A body that broke or made no sense. */
  badBody(): boolean {
    this.#badBodies += 1;
    return this.fault() && this.#badBodies < BAD_BODY_TRIES;
  }

  /** A 429. */
  limited(now: number): boolean {
    this.#limitedSince ??= now;
    this.#limited += 1;
    return this.#limited <= MOST_RATE_LIMITED && now - this.#limitedSince <= this.maxWaitMs;
  }

  /** A 401: whether the credential may be renewed, which is worth it once. */
  renew(): boolean {
    const first = !this.#renewed;
    this.#renewed = true;
    return first;
  }
}
