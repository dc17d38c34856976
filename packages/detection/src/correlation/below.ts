import type { Entry } from './entry.js';
import type { Episode } from './episode.js';
import type { KeptEvent } from './event-lookup.js';
import type { Met } from './judge.js';
import { isWithin, spansOf } from './spans.js';

/** Of what lies below the latest so many are kept: an episode lists no more. */
const MOST_BELOW = 1_000;
/** Of one window so many, the latest: an account that thousands of guesses were made at has each of them in many windows. */
const MOST_OF_ONE = 100;
const NOTHING: readonly KeptEvent[] = [];
const NO_WINDOW: Met = { first: 0, last: -1 };

const isBefore = (one: KeptEvent, other: KeptEvent): boolean => (one.at === other.at ? one.id < other.id : one.at < other.at);

/** Both, which are in order of time, each event once: the latest. What comes twice makes nothing new. */
export function together(some: readonly KeptEvent[], more: readonly KeptEvent[]): readonly KeptEvent[] {
  const all: KeptEvent[] = [];
  let [left, right, isNew] = [0, 0, false];
  // From the end, as far as is kept.
  while (all.length < MOST_BELOW) {
    const one = some[some.length - 1 - left];
    const other = more[more.length - 1 - right];
    if (one === undefined && other === undefined) break;
    const isOther = one === undefined || (other !== undefined && isBefore(one, other));
    if (isOther) right += 1;
    else left += 1;
    const next = isOther ? other : one;
    // Two rules may have matched it, and both sides may have it.
    if (next === undefined || all.at(-1)?.id === next.id) continue;
    if (isOther) isNew = true;
    all.push(isOther ? { id: next.id, at: next.at } : next);
  }
  return isNew ? all.toReversed() : some;
}

/** What a window holds with which a correlation has told another one. */
export interface Held {
  readonly window: Met;
  /** Of its group, all that were looked at. */
  readonly entries: readonly Entry[];
  readonly below: readonly KeptEvent[];
}

/** What windows hold: their entries, and what lies below those. */
export function eventsOf(all: readonly Held[]): readonly KeptEvent[] {
  const byGroup = new Map<readonly Entry[], Held[]>();
  for (const held of all) {
    const known = byGroup.get(held.entries);
    if (known === undefined) byGroup.set(held.entries, [held]);
    else known.push(held);
  }
  return [...byGroup.values()].map(eventsOfGroup).reduce(together, NOTHING);
}

/** When the first of them happened, whether it is among the latest or not. */
export function beginOf(held: Held): number {
  const first = held.entries[held.window.first];
  const latest = eventsOfGroup([held])[0]?.at ?? Number.POSITIVE_INFINITY;
  return Math.min(latest, first?.since ?? first?.at ?? Number.POSITIVE_INFINITY);
}

const within = ({ first, last }: Met): Met => ({ first: Math.max(first, last - MOST_OF_ONE + 1), last });

function eventsOfGroup(all: readonly Held[]): readonly KeptEvent[] {
  const [one] = all;
  if (one === undefined) return NOTHING;
  const { entries, below } = one;
  const windows = all.map(({ window }) => window).toSorted((left, right) => left.last - right.last);
  const events: Entry[] = [];
  let next = entries.length;
  for (let n = windows.length - 1; n >= 0 && events.length < MOST_BELOW; n -= 1) {
    const { first, last } = within(windows[n] ?? NO_WINDOW);
    // Windows lie over each other: what was taken with one is not looked at again.
    for (let place = Math.min(last, next - 1); place >= first && events.length < MOST_BELOW; place -= 1) {
      const entry = entries[place];
      if (entry !== undefined) events.push(entry);
    }
    next = Math.min(next, first);
  }
  events.reverse();
  const spans = spansOf(events);
  const deeper = spans === undefined ? NOTHING : below.filter(({ at }) => isWithin(spans, at));
  return together(deeper, events);
}

/** Those that may still belong to what is told. @param belowMs how long before an entry that may have happened which lies below it */
export function stillOf(
  below: readonly KeptEvent[],
  entries: readonly Entry[],
  told: readonly Episode[],
  belowMs: number,
): readonly KeptEvent[] {
  if (below.length === 0) return below;
  const begin = Math.min(entries[0]?.at ?? Number.POSITIVE_INFINITY, ...told.map(({ firstAt }) => firstAt)) - belowMs;
  const kept = below.filter(({ at }) => at >= begin);
  return kept.length === 0 ? NOTHING : kept;
}

export interface AllEvents {
  /** `uuid` of its events and of those that lie below it, in order of time. */
  readonly all: readonly string[];
  /** When the first of them happened, in ms since 1970. */
  readonly since: number;
}

/** An episode with what lies below it. Its own events are all there; of the others the latest. */
export function withBelow({ events, times, firstAt, spans }: Episode, below: readonly KeptEvent[]): AllEvents {
  const room = MOST_BELOW - events.length;
  if (spans === undefined || room <= 0) return { all: events, since: firstAt };
  const own = new Set(events);
  const kept = below.filter(({ id, at }) => !own.has(id) && isWithin(spans, at)).slice(-room);
  if (kept.length === 0) return { all: events, since: firstAt };
  const timed = events.map((id, n): KeptEvent => ({ id, at: times?.[n] ?? firstAt }));
  const all = [...timed, ...kept].toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  return { all: all.map(({ id }) => id), since: Math.min(firstAt, all[0]?.at ?? firstAt) };
}
