type Values = Record<string, readonly [first: number, last: number]>;

/** What is kept of an account (or of an application: which departments use it), from its successful sign-ins. */
export interface History {
  /** Since when anything is known, in ms since 1970. */
  readonly since: number;
  /** By kind and value: first and last time. */
  readonly seen: Readonly<Record<string, Readonly<Values>>>;
  /** Moments of use: those of the last hours, and the one before them. In their order. */
  readonly uses: readonly number[];
  /** Where the latest sign-ins were. In their order. */
  readonly places: readonly Place[];
}

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

export const NOTHING_SEEN: History = { since: Number.POSITIVE_INFINITY, seen: {}, uses: [], places: [] };

export function withSighting(history: History, { at, values, place }: Sighting): History {
  const seen: Record<string, Readonly<Values>> = { ...history.seen };
  for (const [kind, value] of values) seen[kind] = withValue(seen[kind] ?? {}, value, at);
  return {
    since: Math.min(history.since, at),
    seen,
    uses: usesWith(history.uses, at),
    places: place === undefined ? history.places : placesWith(history.places, place),
  };
}

function withValue(values: Readonly<Values>, value: string, at: number): Readonly<Values> {
  const known = Object.hasOwn(values, value) ? values[value] : undefined;
  // Most are seen again and again.
  if (known !== undefined && at >= known[0] && at <= known[1] + MINUTE_MS) return values;
  const [first, last] = known === undefined ? [at, at] : [Math.min(known[0], at), Math.max(known[1], at)];
  const all: Values = { ...values, [value]: [first, last] };
  const keys = Object.keys(all);
  if (keys.length <= MOST_VALUES) return all;
  const oldest = keys.reduce((one, other) => ((all[other]?.[1] ?? 0) < (all[one]?.[1] ?? 0) ? other : one));
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== oldest));
}

/** By minutes: those of one are one use. */
function usesWith(uses: readonly number[], at: number): readonly number[] {
  const use = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  if (uses.includes(use)) return uses;
  const all = [...uses, use].toSorted((one, other) => one - other);
  const recent = all.findIndex((one) => one >= (all.at(-1) ?? use) - 2 * GRACE_MS);
  return all.slice(Math.max(0, recent - 1));
}

function placesWith(places: readonly Place[], place: Place): readonly Place[] {
  const others = places.filter(({ at }) => at !== place.at);
  return [...others, place].toSorted((one, other) => one.at - other.at).slice(-MOST_PLACES);
}

/** Whether a value was first seen at `at`, or within the hour before. @param learnedMs how long one has to be known before that says anything */
export function isNew(history: History, kind: string, value: string, at: number, learnedMs: number): boolean | undefined {
  const values = history.seen[kind] ?? {};
  const known = Object.hasOwn(values, value) ? values[value] : undefined;
  if (known !== undefined && known[0] < at - GRACE_MS) return false;
  return history.since <= at - learnedMs ? true : undefined;
}

/** The last use before the hour before `at`. */
export function lastUse({ uses }: History, at: number): number | undefined {
  return uses.findLast((one) => one < at - GRACE_MS);
}
