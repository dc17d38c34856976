import { type CorrelationRule, MOST_ENTRIES } from './correlation-rule.js';
import { type Entry, firstAt, isBefore, nameOf, placeOf } from './entry.js';
import { type Difference, difference, type Episode, joined } from './episode.js';
import type { Group, GroupState } from './group.js';
import { judge, type Met } from './judge.js';
import { isQuiet } from './quiet.js';

/** A correlation, and how long after it has happened something may still be told to it, in ms. */
export interface Judged {
  readonly rule: CorrelationRule;
  readonly lateMs: number;
}

export interface Advanced extends Difference {
  /** Entries with which a window ends that holds: what a correlation about this one is told. */
  readonly met: readonly Entry[];
  /** Those of before with which none ends, as a late event has shown. */
  readonly unmet: readonly Entry[];
  /** All that were looked at, and the windows in which it holds. */
  readonly entries: readonly Entry[];
  readonly windows: readonly Met[];
  /** What has come, where windows of before may hold more by it than they did. */
  readonly late: readonly Entry[];
}

const NOTHING: readonly never[] = [];
const UNCHANGED: Advanced = {
  changed: NOTHING,
  gone: NOTHING,
  met: NOTHING,
  unmet: NOTHING,
  entries: NOTHING,
  windows: NOTHING,
  late: NOTHING,
};

/**
 * Makes what has come to a group part of it, in whatever order it came: what is told in the end depends on the entries alone, as
 * long as none is later than `lateMs`. Duplicates change nothing.
 * @param until the latest moment that the log has reached
 */
export function advance(judged: Judged, group: Group, until: number): Advanced {
  const advanced = isQuiet(judged.rule, group) ? gather(judged, group, until) : judgeAll(judged, group, until);
  group.settleArrived();
  return advanced;
}

function judgeAll(judged: Judged, group: Group, until: number): Advanced {
  const { rule, lateMs } = judged;
  const { entries, earliest, isAtEnd, isNew } = inserted(group.entries, group.added, group.removed);
  const from = Math.min(earliest, group.settledUntil);
  const windows = judge(rule, lateMs, entries, firstAt(entries, from), until);
  const isAsBefore = isAtEnd && rule.kind.type !== 'absence';
  if (isAsBefore && windows.length === 0 && group.settled.length === 0 && group.told.length === 0)
    return keep(judged, group, entries, until);
  const known = group.entries.length;
  const before = isAsBefore
    ? endsOf(
        windows.filter(({ last }) => last < known),
        entries,
      )
    : endsOf(judge(rule, lateMs, group.entries, firstAt(group.entries, from), group.settledUntil + lateMs), group.entries);
  const after = endsOf(windows, entries);
  const episodes = joined(group.settled, windows, entries);
  const told = difference(group.told, episodes);
  group.become(forget(judged, group, { entries, windows, episodes }, until));
  return {
    ...told,
    met: [...after].flatMap(([id, entry]) => (before.has(id) ? [] : [entry])),
    unmet: [...before].flatMap(([id, entry]) => (after.has(id) ? [] : [entry])),
    entries,
    windows,
    late: isAtEnd && isNew ? NOTHING : group.added,
  };
}

/** No window can hold, neither now nor before. */
function gather(judged: Judged, group: Group, until: number): Advanced {
  return keep(judged, group, inserted(group.entries, group.added, NOTHING).entries, until);
}

/** No window holds, neither now nor before. */
function keep({ rule, lateMs }: Judged, group: Group, entries: readonly Entry[], until: number): Advanced {
  group.settledUntil = Math.max(group.settledUntil, until - lateMs);
  group.entries = keptOf(rule, entries, group.settledUntil, group.entries.length);
  group.dueAt = null;
  group.endsAt = Math.max(0, group.entries.at(-1)?.at ?? 0) + rule.spanMs + lateMs;
  return UNCHANGED;
}

interface Inserted {
  readonly entries: readonly Entry[];
  /** When the first happened that came or went. */
  readonly earliest: number;
  /** Whether nothing came between what was there, or went. */
  readonly isAtEnd: boolean;
  /** Whether nothing came that was there: of a correlation, what it stands for may be more by now. */
  readonly isNew: boolean;
}

function inserted(known: readonly Entry[], added: readonly Entry[], removed: readonly Entry[]): Inserted {
  const [first] = added;
  if (removed.length === 0 && first !== undefined && isInOrder(known, added))
    return { entries: known.length === 0 ? own(added) : known.concat(added), earliest: first.at, isAtEnd: true, isNew: true };
  const entries = removed.length === 0 ? [...known] : without(known, removed);
  let earliest = removed.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  let isAtEnd = entries.length === known.length;
  let isNew = true;
  for (const entry of added) {
    const place = placeOf(entries, entry);
    if (place === undefined) {
      isNew = false;
      if (renewed(entries, entry)) earliest = Math.min(earliest, entry.at);
      continue;
    }
    entries.splice(place, 0, entry);
    isAtEnd &&= place >= known.length;
    earliest = Math.min(earliest, entry.at);
  }
  return { entries, earliest, isAtEnd, isNew };
}

/** Something has come late to the window that an entry stands for: it began earlier. */
function renewed(entries: Entry[], entry: Entry): boolean {
  if (entry.since === undefined) return false;
  const name = nameOf(entry);
  for (let place = firstAt(entries, entry.at); entries[place]?.at === entry.at; place += 1) {
    const known = entries[place];
    if (known === undefined || nameOf(known) !== name) continue;
    if (known.since !== undefined && known.since <= entry.since) return false;
    entries[place] = { ...known, since: entry.since };
    return true;
  }
  return false;
}

/** An array that has grown has room for more than it will ever have. */
const own = (added: readonly Entry[]): readonly Entry[] => (added.length === 1 ? added : [...added]);

function isInOrder(known: readonly Entry[], added: readonly Entry[]): boolean {
  let last = known.at(-1);
  for (const entry of added) {
    if (last !== undefined && !isBefore(last, entry)) return false;
    last = entry;
  }
  return true;
}

function without(entries: readonly Entry[], removed: readonly Entry[]): Entry[] {
  const gone = new Set(removed.map(nameOf));
  return entries.filter((entry) => !gone.has(nameOf(entry)));
}

/** By event: two rules may have matched it. */
function endsOf(windows: readonly Met[], entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(
    windows.flatMap(({ last }) => {
      const entry = entries[last];
      return entry === undefined ? [] : [[entry.id, entry]];
    }),
  );
}

interface Found {
  readonly entries: readonly Entry[];
  readonly windows: readonly Met[];
  readonly episodes: readonly Episode[];
}

/** What is kept, without that which no event that is still to come can be together with. */
function forget(
  { rule, lateMs }: Judged,
  before: GroupState,
  { entries, windows, episodes }: Found,
  until: number,
): GroupState {
  const settledUntil = Math.max(before.settledUntil, until - lateMs);
  const oldest = settledUntil - rule.spanMs;
  const isOpen = ({ lastAt }: Episode): boolean => lastAt >= oldest;
  const ended = windows.filter(({ last }) => (entries[last]?.at ?? 0) < settledUntil);
  const kept = keptOf(rule, entries, settledUntil, before.entries.length);
  const told = episodes.filter(isOpen);
  const last = Math.max(0, ...kept.slice(-1).map(({ at }) => at), ...told.map(({ lastAt }) => lastAt));
  const due = rule.kind.type === 'absence' ? kept.find((entry) => entry.rule === 0) : undefined;
  return {
    dueAt: due === undefined ? null : due.at + rule.spanMs + lateMs,
    endsAt: last + rule.spanMs + lateMs,
    entries: kept,
    settledUntil,
    settled: joined(before.settled, ended, entries).filter(isOpen),
    told,
    below: before.below ?? NOTHING,
  };
}

/** So many more have come before values are looked through for what is of no use any more. */
const SOME = 8;

/** @param known how many there were before the last ones came */
function keptOf(rule: CorrelationRule, entries: readonly Entry[], settledUntil: number, known: number): readonly Entry[] {
  const isNewValue = rule.kind.type === 'new_value';
  if (isNewValue && Math.floor(entries.length / SOME) === Math.floor(known / SOME)) return entries;
  const first = Math.max(firstAt(entries, settledUntil - rule.spanMs), entries.length - MOST_ENTRIES);
  if (rule.kind.type === 'temporal_ordered') return fromFirstRule(entries, first, settledUntil);
  const kept = first === 0 ? entries : entries.slice(first);
  return isNewValue ? newestOfEach(entries, kept, settledUntil) : kept;
}

/** An order begins with its first rule, and what comes late is no earlier than what is settled. */
function fromFirstRule(entries: readonly Entry[], from: number, settledUntil: number): readonly Entry[] {
  let first = from;
  for (let entry = entries[first]; entry !== undefined && entry.rule !== 0 && entry.at < settledUntil; entry = entries[first])
    first += 1;
  return first === 0 ? entries : entries.slice(first);
}

/** Of values the last time that each was seen is enough, and the very first entry: it says since when the group is watched. */
function newestOfEach(entries: readonly Entry[], kept: readonly Entry[], settledUntil: number): readonly Entry[] {
  const [first] = entries;
  const latest = new Map<string | undefined, Entry>();
  for (const entry of kept) if (entry.at < settledUntil) latest.set(entry.value, entry);
  return [
    ...(first === undefined || kept[0] === first ? [] : [first]),
    ...kept.filter((entry) => entry === first || entry.at >= settledUntil || latest.get(entry.value) === entry),
  ];
}
