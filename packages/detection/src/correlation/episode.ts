import type { Entry } from './entry.js';
import type { Met } from './judge.js';
import { merged, type Span, spansOf } from './spans.js';

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
  /** Of a correlation that is about others: the windows that its events stand for. */
  readonly spans?: readonly Span[];
  /** The same: when its events happened, in their order. */
  readonly times?: readonly number[];
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
  if (windows.length === 0) return episodes;
  const alone = runsOf(windows).flatMap((run) => aloneIn(run, entries));
  const all: Episode[] = [];
  let together: Episode[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const next of [...episodes, ...alone].toSorted(byBegin)) {
    if (next.firstAt > lastAt && together.length > 0) {
      all.push(asOne(together));
      together = [];
    }
    together.push(next);
    lastAt = Math.max(lastAt, next.lastAt);
  }
  all.push(asOne(together));
  return all;
}

const byBegin = (one: Episode, other: Episode): number =>
  one.firstAt - other.firstAt || (one.key < other.key ? -1 : Number(one.key > other.key));

function aloneIn({ first, last }: Met, entries: readonly Entry[]): readonly Episode[] {
  const within = entries.slice(first, last + 1);
  const [begin, end] = [within[0], within.at(-1)];
  if (begin === undefined || end === undefined) return [];
  const times = new Map<string, number>();
  for (const { id, at } of within) if (times.size < MOST_EVENTS) times.set(id, at);
  const spans = spansOf(within);
  const alone = { key: begin.id, firstAt: begin.at, lastAt: end.at, events: [...times.keys()], ...worst(within) };
  return [spans === undefined ? alone : { ...alone, spans, times: [...times.values()] }];
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

/** Episodes in the order in which they began. */
function asOne(together: readonly Episode[]): Episode {
  const [first] = together;
  if (first === undefined) throw new Error('There is at least one.');
  if (together.length === 1) return first;
  // Each once: two rules may have matched one event.
  const times = new Map<string, number>();
  let { lastAt } = first;
  for (const one of together) {
    lastAt = Math.max(lastAt, one.lastAt);
    for (const [n, id] of one.events.entries())
      if (times.size < MOST_EVENTS && !times.has(id)) times.set(id, one.times?.[n] ?? one.firstAt);
  }
  const spans = merged(together.flatMap((one) => one.spans ?? []));
  const all = { key: first.key, firstAt: first.firstAt, lastAt, events: [...times.keys()], ...worst(together) };
  return spans === undefined ? all : { ...all, spans, times: [...times.values()] };
}

function worst(of: readonly { readonly level?: number | undefined }[]): { readonly level?: number } {
  const level = of.reduce((most, one) => Math.max(most, one.level ?? -1), -1);
  return level === -1 ? {} : { level };
}

export interface Difference {
  readonly changed: readonly ToldEpisode[];
  /** Keys of episodes that are none, as a late event has shown. */
  readonly gone: readonly string[];
}

/** What has to be told, where something was told before. Of either no two overlap, and they are in the order in which they began. */
export function difference(before: readonly Episode[], after: readonly Episode[]): Difference {
  const keys = new Set(after.map(({ key }) => key));
  const known = new Map(before.map((episode) => [episode.key, episode]));
  const others = before.filter(({ key }) => !keys.has(key));
  const changed: ToldEpisode[] = [];
  const gone: string[] = [];
  let next = 0;
  for (const episode of after) {
    for (let other = others[next]; other !== undefined && other.lastAt < episode.firstAt; other = others[next]) {
      gone.push(other.key);
      next += 1;
    }
    const replaces: string[] = [];
    for (let other = others[next]; other !== undefined && other.firstAt <= episode.lastAt; other = others[next]) {
      replaces.push(other.key);
      next += 1;
    }
    const told = known.get(episode.key);
    if (told === undefined || replaces.length > 0 || !isSame(told, episode))
      changed.push({ ...episode, replaces, isNew: told === undefined && replaces.length === 0 });
  }
  for (const { key } of others.slice(next)) gone.push(key);
  return { changed, gone };
}

function isSame(one: Episode, other: Episode): boolean {
  if (
    one.level !== other.level ||
    one.firstAt !== other.firstAt ||
    one.lastAt !== other.lastAt ||
    one.events.length !== other.events.length ||
    String(one.spans) !== String(other.spans)
  )
    return false;
  return one.events.every((id, n) => id === other.events[n]);
}
