import { type CorrelationRule, isWithin } from './correlation-rule.js';
import { type Entry, firstAt } from './entry.js';
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
 * @param until of the log: what is to be absent may still come after it, and `lateMs` longer
 */
export function judge(
  rule: CorrelationRule,
  lateMs: number,
  entries: readonly Entry[],
  from: number,
  until: number,
): readonly Met[] {
  const { kind } = rule;
  switch (kind.type) {
    case 'temporal_ordered':
      return inOrder(rule, entries, from);
    case 'new_value':
      return newValues(rule, kind.learnedSeconds * 1_000, entries, from);
    case 'absence':
      return absences(rule, entries, until - lateMs);
    case 'geo_velocity':
      return tooFast(rule.spanMs, kind, entries, from);
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
  const isCounted = ONCE[kind.type];
  let first = firstAt(entries, (entries[from]?.at ?? 0) - spanMs);
  for (let last = first; last < entries.length; last += 1) {
    const entry = entries[last];
    if (entry === undefined) continue;
    if (isCounted(entry, entries[last - 1])) tally.add(entry);
    for (let gone = entries[first]; gone !== undefined && gone.at < entry.at - spanMs; gone = entries[first]) {
      if (isCounted(gone, entries[first - 1])) tally.remove(gone);
      first += 1;
    }
    if (last >= from && tally.isMet()) met.push({ first, last });
  }
  return met;
}

/** Of an event that is told several times, which is once behind the other: whether it counts beside the one before. */
type IsCounted = (entry: Entry, before: Entry | undefined) => boolean;

const onceAnEvent: IsCounted = (entry, before) => before?.id !== entry.id;
const onceARule: IsCounted = (entry, before) => before?.id !== entry.id || before.rule !== entry.rule;

const ONCE: Readonly<Record<CountedKind['type'], IsCounted>> = {
  event_count: onceAnEvent,
  value_sum: onceAnEvent,
  value_avg: onceAnEvent,
  value_percentile: onceAnEvent,
  value_count: onceARule,
  temporal: onceARule,
  ratio: onceARule,
};

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

/** Where an index goes no further than a list, nothing is there only for the compiler. */
const NO_ENTRY: Entry = { at: 0, id: '', rule: 0, value: undefined };

function newValues({ spanMs }: CorrelationRule, learnedMs: number, entries: readonly Entry[], from: number): readonly Met[] {
  const met: Met[] = [];
  const seen = new Map<string, number>();
  const [oldest] = entries;
  for (let place = 0; place < entries.length; place += 1) {
    const { at, value } = entries[place] ?? NO_ENTRY;
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
    else if (next > entry.at + spanMs && until > entry.at + spanMs) met.push({ first: place, last: place });
  }
  return met.toReversed();
}

type GeoKind = Extract<CorrelationRule['kind'], { readonly type: 'geo_velocity' }>;

const HOUR_MS = 3_600_000;

function tooFast(spanMs: number, kind: GeoKind, entries: readonly Entry[], from: number): readonly Met[] {
  const met: Met[] = [];
  for (let last = Math.max(1, from); last < entries.length; last += 1) {
    const [before, entry] = [entries[last - 1], entries[last]];
    if (before !== undefined && entry !== undefined && isTooFast(kind, spanMs, before, entry))
      met.push({ first: last - 1, last });
  }
  return met;
}

function isTooFast({ bounds, leastKm }: GeoKind, spanMs: number, before: Entry, entry: Entry): boolean {
  if (before.place === undefined || entry.place === undefined || before.at < entry.at - spanMs) return false;
  const far = kilometres(before.place, entry.place);
  // At one moment in two places is as fast as can be.
  return far >= leastKm && isWithin((far * HOUR_MS) / Math.max(1, entry.at - before.at), bounds);
}
