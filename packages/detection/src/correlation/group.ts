import { type CorrelationRule, MOST_ENTRIES } from './correlation-rule.js';
import { type Entry, firstAt, isBefore, placeOf } from './entry.js';
import { type Difference, difference, type Episode, joined } from './episode.js';
import { judge, type Met } from './judge.js';
import { isQuiet } from './quiet.js';
import { LATEST_MS } from './lateness.js';

/** What is kept of a group of a correlation. It can be written down and read again at any time. */
export interface GroupState {
  readonly entries: readonly Entry[];
  /** Windows that end before it stay what they are. */
  readonly settledUntil: number;
  /** What they make, as far as windows to come may go on with it. */
  readonly settled: readonly Episode[];
  /** What was told, of the same time. */
  readonly told: readonly Episode[];
  /** When something is missed that has not come by then; `null`: nothing will be. */
  readonly dueAt: number | null;
  /** When nothing of it is of use any more, should nothing come. */
  readonly endsAt: number;
}

/** What comes to a group, and what of it is taken back: only a correlation takes back what it has told another. */
export interface Arrived {
  readonly added: readonly Entry[];
  readonly removed: readonly Entry[];
}

export interface Advanced extends Difference {
  readonly state: GroupState;
  /** Entries with which a window ends that holds: what a correlation about this one is told. */
  readonly met: readonly Entry[];
  /** Those of before with which none ends, as a late event has shown. */
  readonly unmet: readonly Entry[];
}

export const EMPTY: GroupState = { entries: [], settledUntil: 0, settled: [], told: [], dueAt: null, endsAt: 0 };

/**
 * What becomes of a group when entries come, in whatever order: what is told in the end depends on the entries alone, as long
 * as none is later than {@link LATEST_MS}. Duplicates change nothing.
 * @param until the latest moment that the log has reached
 */
export function advance(rule: CorrelationRule, state: GroupState, arrived: Arrived, until: number): Advanced {
  const { added, removed } = arrived;
  if (isQuiet(rule, state, arrived)) return gathered(rule, state, added, until);
  const { entries, earliest, isAtEnd } = inserted(state.entries, added, removed);
  const from = Math.min(earliest, state.settledUntil);
  const now = judge(rule, entries, firstAt(entries, from), until);
  const known = state.entries.length;
  const before =
    isAtEnd && rule.kind.type !== 'absence'
      ? endsOf(
          now.filter(({ last }) => last < known),
          entries,
        )
      : endsOf(judge(rule, state.entries, firstAt(state.entries, from), state.settledUntil + LATEST_MS), state.entries);
  const after = endsOf(now, entries);
  const episodes = joined(state.settled, now, entries);
  return {
    ...difference(state.told, episodes),
    state: forget(rule, entries, { settled: state.settled, windows: now, episodes }, until, state.settledUntil),
    met: [...after].flatMap(([name, entry]) => (before.has(name) ? [] : [entry])),
    unmet: [...before].flatMap(([name, entry]) => (after.has(name) ? [] : [entry])),
  };
}

const NOTHING: readonly never[] = [];

/** No window can hold, neither now nor before. */
function gathered(rule: CorrelationRule, state: GroupState, added: readonly Entry[], until: number): Advanced {
  const { entries } = inserted(state.entries, added, NOTHING);
  const settledUntil = Math.max(state.settledUntil, until - LATEST_MS);
  const kept = keptOf(rule, entries, settledUntil);
  const endsAt = Math.max(0, kept.at(-1)?.at ?? 0) + rule.spanMs + LATEST_MS;
  const next: GroupState = { entries: kept, settledUntil, settled: NOTHING, told: NOTHING, dueAt: null, endsAt };
  return { changed: NOTHING, gone: NOTHING, met: NOTHING, unmet: NOTHING, state: next };
}

function inserted(
  known: readonly Entry[],
  added: readonly Entry[],
  removed: readonly Entry[],
): { readonly entries: readonly Entry[]; readonly earliest: number; readonly isAtEnd: boolean } {
  const [first] = added;
  if (removed.length === 0 && first !== undefined && isInOrder(known, added))
    return { entries: known.concat(added), earliest: first.at, isAtEnd: true };
  const entries = removed.length === 0 ? [...known] : without(known, removed);
  let earliest = removed.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  let isAtEnd = entries.length === known.length;
  for (const entry of added) {
    const place = placeOf(entries, entry);
    if (place === undefined) continue;
    entries.splice(place, 0, entry);
    isAtEnd &&= place >= known.length;
    earliest = Math.min(earliest, entry.at);
  }
  return { entries, earliest, isAtEnd };
}

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

const nameOf = ({ id, rule }: Entry): string => `${rule} ${id}`;

function endsOf(windows: readonly Met[], entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(
    windows.flatMap(({ last }) => {
      const entry = entries[last];
      return entry === undefined ? [] : [[nameOf(entry), entry]];
    }),
  );
}

interface Found {
  readonly settled: readonly Episode[];
  readonly windows: readonly Met[];
  readonly episodes: readonly Episode[];
}

/** What no event that is still to come can be together with. */
function forget(
  rule: CorrelationRule,
  entries: readonly Entry[],
  { settled, windows, episodes }: Found,
  until: number,
  settledBefore: number,
): GroupState {
  const settledUntil = Math.max(settledBefore, until - LATEST_MS);
  const oldest = settledUntil - rule.spanMs;
  const isOpen = ({ lastAt }: Episode): boolean => lastAt >= oldest;
  const ended = windows.filter(({ last }) => (entries[last]?.at ?? 0) < settledUntil);
  const kept = keptOf(rule, entries, settledUntil);
  const told = episodes.filter(isOpen);
  const last = Math.max(0, ...kept.slice(-1).map(({ at }) => at), ...told.map(({ lastAt }) => lastAt));
  const due = rule.kind.type === 'absence' ? kept.find((entry) => entry.rule === 0) : undefined;
  return {
    dueAt: due === undefined ? null : due.at + rule.spanMs + LATEST_MS,
    endsAt: last + rule.spanMs + LATEST_MS,
    entries: kept,
    settledUntil,
    settled: joined(settled, ended, entries).filter(isOpen),
    told,
  };
}

/** So few are not looked through for what is of no use any more. */
const FEW = 8;

function keptOf(rule: CorrelationRule, entries: readonly Entry[], settledUntil: number): readonly Entry[] {
  const isNewValue = rule.kind.type === 'new_value';
  if (isNewValue && entries.length < FEW) return entries;
  const first = Math.max(firstAt(entries, settledUntil - rule.spanMs), entries.length - MOST_ENTRIES);
  const kept = first === 0 ? entries : entries.slice(first);
  return isNewValue ? newestOfEach(entries, kept, settledUntil) : kept;
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
