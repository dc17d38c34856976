import type { Entry } from './entry.js';
import type { Met } from './judge.js';

/** Windows that overlap, in which a correlation holds: one story, however long it goes on. */
export interface Episode {
  /** `uuid` of its first event. */
  readonly key: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** `uuid` of its events, in their order: the first so many. */
  readonly events: readonly string[];
  /** That of its worst event, by its place in the levels; none: that of the rule. */
  readonly level?: number;
}

/** An episode that has begun, or is not what it was. */
export interface ToldEpisode extends Episode {
  /** Keys by which it was told before: an earlier event came late, or one that made two of them one. */
  readonly replaces: readonly string[];
  /** Nothing of it was told before. */
  readonly isNew: boolean;
}

/** Of an episode that goes on and on: what is more than that says nothing new. */
const MOST_EVENTS = 1_000;

/** Adds windows, in the order of their ends: each goes on with the episodes that it overlaps. */
export function joined(episodes: readonly Episode[], windows: readonly Met[], entries: readonly Entry[]): readonly Episode[] {
  return runsOf(windows).reduce<readonly Episode[]>((all, { first, last }) => {
    const [begin, end] = [entries[first], entries[last]];
    if (begin === undefined || end === undefined) return all;
    const within = entries.slice(first, last + 1);
    const span = { key: begin.id, firstAt: begin.at, lastAt: end.at, events: firstOf(within.map(({ id }) => id)) };
    const alone: Episode = { ...span, ...worst(within) };
    const touches = ({ firstAt, lastAt }: Episode): boolean => firstAt <= end.at && lastAt >= begin.at;
    const others = all.filter((one) => !touches(one));
    return [...others, all.filter(touches).reduce(together, alone)].toSorted((one, other) => one.firstAt - other.firstAt);
  }, episodes);
}

/** Windows with an entry in common, as one: thousands of them lie over each other. */
function runsOf(windows: readonly Met[]): readonly Met[] {
  const runs: Met[] = [];
  for (const window of windows) {
    let run = window;
    for (let before = runs.at(-1); before !== undefined && before.last >= run.first; before = runs.at(-1)) {
      run = { first: Math.min(before.first, run.first), last: Math.max(before.last, run.last) };
      runs.pop();
    }
    runs.push(run);
  }
  return runs;
}

function together(one: Episode, other: Episode): Episode {
  const isFirst = one.firstAt === other.firstAt ? one.key <= other.key : one.firstAt < other.firstAt;
  const [early, late] = isFirst ? [one, other] : [other, one];
  return {
    key: early.key,
    firstAt: early.firstAt,
    lastAt: Math.max(one.lastAt, other.lastAt),
    events: firstOf([...early.events, ...late.events]),
    ...worst([one, other]),
  };
}

function worst(of: readonly { readonly level?: number | undefined }[]): { readonly level?: number } {
  const level = of.reduce((most, one) => Math.max(most, one.level ?? -1), -1);
  return level === -1 ? {} : { level };
}

/** Each once: two rules may have matched one event. */
function firstOf(events: readonly string[]): readonly string[] {
  const known = new Set<string>();
  for (const id of events) {
    if (known.size === MOST_EVENTS) break;
    known.add(id);
  }
  return [...known];
}

export interface Difference {
  readonly changed: readonly ToldEpisode[];
  /** Keys of episodes that are none, as a late event has shown. */
  readonly gone: readonly string[];
}

/** What has to be told, where something was told before. */
export function difference(before: readonly Episode[], after: readonly Episode[]): Difference {
  const keys = new Set(after.map(({ key }) => key));
  const others = before.filter(({ key }) => !keys.has(key));
  const replaced = new Set<string>();
  const changed = after.flatMap((episode): readonly ToldEpisode[] => {
    const replaces = others
      .filter(({ key, firstAt, lastAt }) => !replaced.has(key) && firstAt <= episode.lastAt && lastAt >= episode.firstAt)
      .map(({ key }) => key);
    for (const key of replaces) replaced.add(key);
    const known = before.find(({ key }) => key === episode.key);
    return known !== undefined && replaces.length === 0 && isSame(known, episode)
      ? []
      : [{ ...episode, replaces, isNew: known === undefined && replaces.length === 0 }];
  });
  return { changed, gone: others.flatMap(({ key }) => (replaced.has(key) ? [] : [key])) };
}

function isSame(one: Episode, other: Episode): boolean {
  if (
    one.level !== other.level ||
    one.firstAt !== other.firstAt ||
    one.lastAt !== other.lastAt ||
    one.events.length !== other.events.length
  )
    return false;
  return one.events.every((id, n) => id === other.events[n]);
}
