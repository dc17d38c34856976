import { asRaw } from '../log-event.js';

export interface Place {
  readonly at: number;
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * What was first seen within an hour is new still: events may come in another order than they happened, and what is said of one
 * must not depend on that.
 */
export const GRACE_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MOST_VALUES = 300;
/** Of the last hour. */
const MOST_PLACES = 64;

/** First and last time, in ms since 1970. */
type Span = readonly [first: number, last: number];

/** A value, and when it was seen for the first and the last time. */
interface Seen {
  readonly value: string;
  first: number;
  last: number;
}

/**
 * What was seen of an account (or of an application: which departments use it), from its successful sign-ins. It grows until it is
 * trimmed, behind the events that it is asked about: what it says of one must not depend on how many came together.
 */
export class History {
  /** Since when anything is known. */
  #since = Number.POSITIVE_INFINITY;
  /** By kind. Most have few: to look through them is faster than to keep them by value, and takes a fraction of the memory. */
  readonly #seen = new Map<string, Seen[]>();
  /** Minutes of use, in their order. */
  #uses: number[] = [];
  /** Where sign-ins were, in their order. */
  #places: Place[] = [];

  /** Something was seen of it at a moment. @param value `undefined`: it was not said */
  see(kind: string, value: string | undefined, at: number): void {
    if (value === undefined) return;
    const values = this.#seen.get(kind);
    if (values === undefined) {
      this.#seen.set(kind, [{ value, first: at, last: at }]);
      return;
    }
    const known = seenIn(values, value);
    if (known !== undefined) {
      if (at < known.first) known.first = at;
      if (at > known.last) known.last = at;
      return;
    }
    values.push({ value, first: at, last: at });
  }

  /** It was used. */
  use(at: number): void {
    if (at < this.#since) this.#since = at;
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const uses = this.#uses;
    const before = uses.findLastIndex((one) => one <= minute);
    if (uses[before] !== minute) uses.splice(before + 1, 0, minute);
  }

  /** It was used somewhere. */
  visit(place: Place): void {
    const places = this.#places;
    const before = places.findLastIndex(({ at }) => at <= place.at);
    if (places[before]?.at === place.at) places[before] = place;
    else places.splice(before + 1, 0, place);
  }

  /** Forgets what is of no use to events that are still to come, as late as they may be. */
  trim(): void {
    this.#uses = sinceAndOneBefore(this.#uses, (this.#uses.at(-1) ?? 0) - 2 * GRACE_MS, (one) => one);
    const lately = sinceAndOneBefore(this.#places, (this.#places.at(-1)?.at ?? 0) - GRACE_MS, ({ at }) => at);
    this.#places = lately.length > MOST_PLACES ? lately.slice(-MOST_PLACES) : lately;
    for (const [kind, values] of this.#seen)
      if (values.length > MOST_VALUES)
        this.#seen.set(kind, values.toSorted((one, other) => other.last - one.last).slice(0, MOST_VALUES));
  }

  /** Whether a value was first seen at `at`, or within the hour before. @param learnedMs how long one has to be known before that says anything */
  isNew(kind: string, value: string, at: number, learnedMs: number): boolean | undefined {
    const seen = seenIn(this.#seen.get(kind) ?? [], value);
    if (seen !== undefined && seen.first < at - GRACE_MS) return false;
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
    const spans = (values: readonly Seen[]) => values.map(({ value, first, last }) => [value, [first, last]]);
    const seen = Object.fromEntries([...this.#seen].map(([kind, values]) => [kind, spans(values)]));
    return { since: this.#since, seen, uses: this.#uses, places: this.#places };
  }

  /** What {@link toJSON} has written down. */
  static read(written: unknown): History {
    const history = new History();
    // Nobody else writes it.
    const { since, seen, uses, places } = asRaw(written) as unknown as Written;
    history.#since = since;
    for (const [kind, values] of Object.entries(seen))
      history.#seen.set(
        kind,
        values.map(([value, [first, last]]) => ({ value, first, last })),
      );
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

function seenIn(values: readonly Seen[], value: string): Seen | undefined {
  for (const seen of values) if (seen.value === value) return seen;
  return undefined;
}

function sinceAndOneBefore<One>(all: One[], since: number, atOf: (one: One) => number): One[] {
  const first = all.findIndex((one) => atOf(one) >= since);
  return first > 1 ? all.slice(first - 1) : all;
}
