import { type CorrelationKind, isWithin } from './correlation-rule.js';
import type { Entry } from './entry.js';

/** What is known of a window while entries come in at its end and go at its beginning. */
export interface Tally {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  isMet(): boolean;
}

type Counted = Extract<
  CorrelationKind,
  { readonly type: 'event_count' | 'value_count' | 'value_sum' | 'value_avg' | 'value_percentile' | 'temporal' | 'ratio' }
>;

/** @param rules how many the correlation is about */
export function tallyOf(kind: Counted, rules: number): Tally {
  switch (kind.type) {
    case 'event_count':
      return events(({ length }) => isWithin(length, kind.bounds));
    case 'value_count':
      return distinct(
        ({ value }) => value,
        (count) => isWithin(count, kind.bounds),
      );
    case 'temporal':
      return distinct(
        ({ rule }) => rule,
        (count) => (kind.bounds === undefined ? count === rules : isWithin(count, kind.bounds)),
      );
    case 'value_sum':
      return numbers((sum, count) => count > 0 && isWithin(sum, kind.bounds));
    case 'value_avg':
      return numbers((sum, count) => count > 0 && isWithin(sum / count, kind.bounds));
    case 'value_percentile':
      return percentile(kind.percentile, (value) => isWithin(value, kind.bounds));
    case 'ratio':
      return ratio((value, of) => of >= kind.least && isWithin(value, kind.bounds));
  }
}

function events(isMet: (window: { readonly length: number }) => boolean): Tally {
  const window = { length: 0 };
  return {
    add: () => void (window.length += 1),
    remove: () => void (window.length -= 1),
    isMet: () => isMet(window),
  };
}

function distinct<T>(of: (entry: Entry) => T | undefined, isMet: (count: number) => boolean): Tally {
  const counts = new Map<T, number>();
  const change = (entry: Entry, by: number): void => {
    const value = of(entry);
    if (value === undefined) return;
    const count = (counts.get(value) ?? 0) + by;
    if (count === 0) counts.delete(value);
    else counts.set(value, count);
  };
  return { add: (entry) => change(entry, 1), remove: (entry) => change(entry, -1), isMet: () => isMet(counts.size) };
}

function numberOf({ value }: Entry): number | undefined {
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function numbers(isMet: (sum: number, count: number) => boolean): Tally {
  let [sum, count] = [0, 0];
  const change = (entry: Entry, by: 1 | -1): void => {
    const value = numberOf(entry);
    if (value === undefined) return;
    count += by;
    // What floats lose while they come and go is not kept once all have gone.
    sum = count === 0 ? 0 : sum + by * value;
  };
  return { add: (entry) => change(entry, 1), remove: (entry) => change(entry, -1), isMet: () => isMet(sum, count) };
}

/** The value that so many of a hundred are not above: the nearest rank. */
function percentile(of: number, isMet: (value: number) => boolean): Tally {
  const sorted: number[] = [];
  const rank = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const change = (entry: Entry, isThere: boolean): void => {
    const value = numberOf(entry);
    if (value === undefined) return;
    if (isThere) sorted.splice(rank(value), 0, value);
    else sorted.splice(rank(value), 1);
  };
  return {
    add: (entry) => change(entry, true),
    remove: (entry) => change(entry, false),
    isMet: () => {
      const value = sorted[Math.max(0, Math.ceil((of / 100) * sorted.length) - 1)];
      return value !== undefined && isMet(value);
    },
  };
}

function ratio(isMet: (value: number, of: number) => boolean): Tally {
  let [first, others] = [0, 0];
  const change = ({ rule }: Entry, by: number): void => {
    if (rule === 0) first += by;
    else others += by;
  };
  return {
    add: (entry) => change(entry, 1),
    remove: (entry) => change(entry, -1),
    isMet: () => others > 0 && isMet(first / others, others),
  };
}
