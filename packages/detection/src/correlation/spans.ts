import type { Entry } from './entry.js';

/** From one moment to another, both in ms since 1970. */
export type Span = readonly [from: number, to: number];

/** More say no more: the oldest become one. */
const MOST = 100;

/** The windows that entries stand for, those that overlap as one, in their order; `undefined`: they stand for none. */
export function spansOf(entries: readonly Entry[]): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const { since, at } of entries) if (since !== undefined) spans.push([since, at]);
  return merged(spans);
}

export function merged(spans: readonly Span[]): readonly Span[] | undefined {
  if (spans.length === 0) return undefined;
  const all: Span[] = [];
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    const last = all.at(-1);
    if (last === undefined || from > last[1]) all.push([from, to]);
    else if (to > last[1]) all[all.length - 1] = [last[0], to];
  }
  const over = all.length - MOST;
  const [first, last] = [all[0], all[over]];
  return over <= 0 || first === undefined || last === undefined ? all : [[first[0], last[1]], ...all.slice(over + 1)];
}

export function isWithin(spans: readonly Span[], at: number): boolean {
  for (const [from, to] of spans) if (at >= from && at <= to) return true;
  return false;
}
