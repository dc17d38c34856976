import { asRaw } from '../log-event.js';

export interface Place {
  readonly at: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** One sign-in, or one use of an application. */
export interface Sighting {
  readonly at: number;
  readonly values: readonly (readonly [kind: string, value: string])[];
  readonly place?: Place | undefined;
}

/**
 * What was first seen within an hour is new still: events may come in another order than they happened, and what is said of one
 * must not depend on that.
 */
export const GRACE_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MOST_VALUES = 300;
const MOST_PLACES = 8;

/** First and last time, in ms since 1970. */
type Span = [first: number, last: number];

/** What was seen of an account (or of an application: which departments use it), from its successful sign-ins. */
export class History {
  /** Since when anything is known. */
  #since = Number.POSITIVE_INFINITY;
  /** By kind and value. */
  readonly #seen = new Map<string, Map<string, Span>>();
  /** Minutes of use: those of the last hours, and the one before them. In their order. */
  #uses: number[] = [];
  /** Where the latest sign-ins were. In their order. */
  #places: Place[] = [];

  see({ at, values, place }: Sighting): void {
    this.#since = Math.min(this.#since, at);
    for (const [kind, value] of values) this.#value(kind, value, at);
    this.#use(Math.floor(at / MINUTE_MS) * MINUTE_MS);
    if (place !== undefined) this.#place(place);
  }

  #value(kind: string, value: string, at: number): void {
    let values = this.#seen.get(kind);
    if (values === undefined) this.#seen.set(kind, (values = new Map<string, Span>()));
    const span = values.get(value);
    if (span !== undefined) {
      if (at < span[0]) span[0] = at;
      if (at > span[1]) span[1] = at;
      return;
    }
    values.set(value, [at, at]);
    if (values.size > MOST_VALUES) values.delete(longestAgo(values));
  }

  #use(minute: number): void {
    const uses = this.#uses;
    const latest = uses.at(-1);
    if (latest === minute || uses.includes(minute)) return;
    uses.push(minute);
    if (latest !== undefined && latest > minute) uses.sort((one, other) => one - other);
    const recent = uses.findIndex((one) => one >= (uses.at(-1) ?? 0) - 2 * GRACE_MS);
    if (recent > 1) uses.splice(0, recent - 1);
  }

  #place(place: Place): void {
    const places = this.#places;
    const latest = places.at(-1);
    if (latest === undefined || latest.at < place.at) places.push(place);
    else this.#places = [...places.filter(({ at }) => at !== place.at), place].toSorted((one, other) => one.at - other.at);
    if (this.#places.length > MOST_PLACES) this.#places.shift();
  }

  /** Whether a value was first seen at `at`, or within the hour before. @param learnedMs how long one has to be known before that says anything */
  isNew(kind: string, value: string, at: number, learnedMs: number): boolean | undefined {
    const span = this.#seen.get(kind)?.get(value);
    if (span !== undefined && span[0] < at - GRACE_MS) return false;
    return this.#since <= at - learnedMs ? true : undefined;
  }

  /** The last use before the hour before `at`. */
  lastUse(at: number): number | undefined {
    return this.#uses.findLast((one) => one < at - GRACE_MS);
  }

  placeBefore(at: number): Place | undefined {
    return this.#places.findLast((one) => one.at < at);
  }

  toJSON(): object {
    const seen = Object.fromEntries([...this.#seen].map(([kind, values]) => [kind, [...values]]));
    return { since: this.#since, seen, uses: this.#uses, places: this.#places };
  }

  /** What {@link toJSON} has written down. */
  static read(written: unknown): History {
    const history = new History();
    // Nobody else writes it.
    const { since, seen, uses, places } = asRaw(written) as unknown as Written;
    history.#since = since;
    for (const [kind, values] of Object.entries(seen)) history.#seen.set(kind, new Map(values));
    history.#uses = [...uses];
    history.#places = [...places];
    return history;
  }
}

interface Written {
  readonly since: number;
  readonly seen: Readonly<Record<string, readonly (readonly [value: string, span: Span])[]>>;
  readonly uses: readonly number[];
  readonly places: readonly Place[];
}

function longestAgo(values: ReadonlyMap<string, Span>): string {
  let oldest: readonly [string, number] = ['', Number.POSITIVE_INFINITY];
  for (const [value, [, last]] of values) if (last < oldest[1]) oldest = [value, last];
  return oldest[0];
}
