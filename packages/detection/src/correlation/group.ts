import type { CorrelationRule } from './correlation-rule.js';
import { type Entry, firstAt, placeOf } from './entry.js';
import { judge } from './judge.js';

/** Windows that overlap, in which a correlation holds: one story, however long it goes on. */
export interface Episode {
  /** Of the event with which it began, as far as it is known; it stays what it was when an earlier one comes late. */
  readonly key: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** `uuid` of its events, in their order: as many as are kept. */
  readonly events: readonly string[];
}

/** What is kept of a group of a correlation. It can be written down and read again at any time. */
export interface GroupState {
  readonly entries: readonly Entry[];
  /** Those that may still go on. */
  readonly episodes: readonly Episode[];
}

export interface Advanced {
  readonly state: GroupState;
  /** Episodes that have begun, or have more events than before. */
  readonly changed: readonly Episode[];
  /** Keys of episodes that a late event has made one with an older. */
  readonly merged: readonly string[];
  /** Entries with which a window ended that holds: what a correlation about this one is told. */
  readonly met: readonly Entry[];
}

/** Events come this late at most; what comes later is seen, and may begin a story of its own. */
export const LATEST_MS = 15 * 60_000;
/** Of a group: what is more than that says nothing new. */
const MOST_ENTRIES = 10_000;
const MOST_EVENTS = 1_000;

export const EMPTY: GroupState = { entries: [], episodes: [] };

/**
 * What becomes of a group when entries come, in whatever order. Duplicates change nothing.
 * @param until the latest moment that the log has reached
 */
export function advance(rule: CorrelationRule, state: GroupState, arrived: readonly Entry[], until: number): Advanced {
  const entries = [...state.entries];
  let from = rule.kind.type === 'absence' ? 0 : Number.POSITIVE_INFINITY;
  for (const entry of arrived) {
    const place = placeOf(entries, entry);
    if (place === undefined) continue;
    entries.splice(place, 0, entry);
    // What lies behind it in its window is another window now.
    from = Math.min(from, place);
  }
  if (from >= entries.length) return { state, changed: [], merged: [], met: [] };
  const windows = judge(rule, entries, from, until);
  const stories = windows.reduce<Stories>((all, { first, last }) => joined(all, entries.slice(first, last + 1)), {
    episodes: state.episodes,
    changed: new Set(),
  });
  return {
    state: forget(rule, { entries, episodes: stories.episodes }, until),
    changed: stories.episodes.filter((episode) => stories.changed.has(episode.key)),
    merged: state.episodes.flatMap(({ key }) => (stories.episodes.some((episode) => episode.key === key) ? [] : [key])),
    met: windows.flatMap(({ last }) => entries[last] ?? []),
  };
}

interface Stories {
  readonly episodes: readonly Episode[];
  readonly changed: ReadonlySet<string>;
}

/** A window goes on with the stories that it overlaps: of several one is left, which is the oldest. */
function joined({ episodes, changed }: Stories, window: readonly Entry[]): Stories {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined) return { episodes, changed };
  const touches = ({ firstAt: begin, lastAt: end }: Episode): boolean => begin <= last.at && end >= first.at;
  const together = episodes.filter(touches).toSorted((one, other) => one.firstAt - other.firstAt);
  const [oldest] = together;
  const story: Episode = {
    key: oldest?.key ?? first.id,
    firstAt: Math.min(first.at, ...together.map(({ firstAt: begin }) => begin)),
    lastAt: Math.max(last.at, ...together.map(({ lastAt: end }) => end)),
    events: [...new Set([...together.flatMap(({ events }) => events), ...window.map(({ id }) => id)])].slice(0, MOST_EVENTS),
  };
  const isSame = together.length === 1 && oldest !== undefined && oldest.events.length === story.events.length;
  if (isSame && oldest.lastAt === story.lastAt && oldest.firstAt === story.firstAt) return { episodes, changed };
  return {
    episodes: [...episodes.filter((episode) => !touches(episode)), story],
    changed: new Set([...changed, story.key]),
  };
}

/** What no event that is still to come can be together with. */
function forget({ spanMs, kind }: CorrelationRule, { entries, episodes }: GroupState, until: number): GroupState {
  const oldest = until - spanMs - LATEST_MS;
  const from = Math.max(firstAt(entries, oldest), entries.length - MOST_ENTRIES);
  // Of values the first says since when the group is watched.
  const first = kind.type === 'new_value' && from > 0 ? entries.slice(0, 1) : [];
  return {
    entries: [...first, ...entries.slice(from)],
    episodes: episodes.filter(({ lastAt: end }) => end >= oldest),
  };
}
