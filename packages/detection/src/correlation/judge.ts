import { type CorrelationRule, isWithin } from './correlation-rule.js';
import { type Entry, firstAt } from './entry.js';
import { LATEST_MS } from './lateness.js';
import { kilometres } from './sphere.js';
import { tallyOf } from './tallies.js';

/** A window in which a correlation holds: its entries, by their places. */
export interface Met {
  readonly first: number;
  readonly last: number;
}

/**
 * The windows of a group in which a correlation holds, of those that end with the entry at `from` or later. What is said depends
 * on the entries alone, and not on when they came.
 * @param entries all of the group within the time span before `from`, in their order
 * @param until of the log: what is to be absent may still come after it, and a while longer
 */
export function judge(rule: CorrelationRule, entries: readonly Entry[], from: number, until: number): readonly Met[] {
  const { kind } = rule;
  switch (kind.type) {
    case 'temporal_ordered':
      return inOrder(rule, entries, from);
    case 'new_value':
      return newValues(rule, kind.learnedSeconds * 1_000, entries, from);
    case 'absence':
      return absences(rule, entries, until);
    case 'geo_velocity':
      return entries.flatMap((entry, last): readonly Met[] => {
        const before = entries[last - 1];
        if (last < from || before === undefined || !isTooFast(kind, rule.spanMs, before, entry)) return [];
        return [{ first: last - 1, last }];
      });
    default:
      return tallied(rule, kind, entries, from);
  }
}

type CountedKind = Parameters<typeof tallyOf>[0];

function tallied(
  { rules, spanMs }: CorrelationRule,
  kind: CountedKind,
  entries: readonly Entry[],
  from: number,
): readonly Met[] {
  const met: Met[] = [];
  const tally = tallyOf(kind, rules.length);
  let first = firstAt(entries, (entries[from]?.at ?? 0) - spanMs);
  for (let last = first; last < entries.length; last += 1) {
    const entry = entries[last];
    if (entry === undefined) continue;
    tally.add(entry);
    for (let gone = entries[first]; gone !== undefined && gone.at < entry.at - spanMs; gone = entries[first]) {
      tally.remove(gone);
      first += 1;
    }
    if (last >= from && tally.isMet()) met.push({ first, last });
  }
  return met;
}

interface Chain {
  /** The place at which it began. */
  readonly first: number;
  /** The event that it ends with so far. */
  readonly last: string;
}

/**
 * Of each rule the chains up to it that began the latest: the best, and the best that ends with another event. One event is not
 * two, although two rules have matched it.
 */
function inOrder({ rules, spanMs }: CorrelationRule, entries: readonly Entry[], from: number): readonly Met[] {
  const met: Met[] = [];
  const chains: (readonly Chain[] | undefined)[] = [];
  for (let place = firstAt(entries, (entries[from]?.at ?? 0) - spanMs); place < entries.length; place += 1) {
    const entry = entries[place];
    if (entry === undefined) continue;
    const before = chains[entry.rule - 1]?.find(({ last }) => last !== entry.id);
    const first = entry.rule === 0 ? place : before?.first;
    if (first === undefined) continue;
    const known = chains[entry.rule] ?? [];
    chains[entry.rule] = [{ first, last: entry.id }, ...known].toSorted((one, other) => other.first - one.first).slice(0, 2);
    const isWhole = entry.rule === rules.length - 1 && (entries[first]?.at ?? 0) >= entry.at - spanMs;
    if (isWhole && place >= from) met.push({ first, last: place });
  }
  return met;
}

function newValues({ spanMs }: CorrelationRule, learnedMs: number, entries: readonly Entry[], from: number): readonly Met[] {
  const met: Met[] = [];
  const seen = new Map<string, number>();
  const [oldest] = entries;
  for (const [place, { at, value }] of entries.entries()) {
    if (value === undefined) continue;
    const before = seen.get(value);
    seen.set(value, at);
    const isNew = before === undefined || before < at - spanMs;
    if (place >= from && isNew && at - (oldest?.at ?? at) >= learnedMs) met.push({ first: place, last: place });
  }
  return met;
}

function absences({ spanMs }: CorrelationRule, entries: readonly Entry[], until: number): readonly Met[] {
  const met: Met[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const entry = entries[place];
    if (entry === undefined) continue;
    if (entry.rule !== 0) next = entry.at;
    else if (next > entry.at + spanMs && until > entry.at + spanMs + LATEST_MS) met.push({ first: place, last: place });
  }
  return met.toReversed();
}

type GeoKind = Extract<CorrelationRule['kind'], { readonly type: 'geo_velocity' }>;

const HOUR_MS = 3_600_000;

function isTooFast({ bounds, leastKm }: GeoKind, spanMs: number, before: Entry, entry: Entry): boolean {
  if (before.place === undefined || entry.place === undefined || before.at < entry.at - spanMs) return false;
  const far = kilometres(before.place, entry.place);
  // At one moment in two places is as fast as can be.
  return far >= leastKm && isWithin((far * HOUR_MS) / Math.max(1, entry.at - before.at), bounds);
}
