import { type Advanced, advance } from './advance.js';
import { Arrivals, Hit } from './arrivals.js';
import { type AllEvents, eventsOf, type Held, stillOf, together, withBelow } from './below.js';
import type { CorrelationRule } from './correlation-rule.js';
import type { ToldEpisode } from './episode.js';
import type { EventLookup, KeptEvent } from './event-lookup.js';
import type { Group } from './group.js';
import type { Met } from './judge.js';
import type { Linked, LinkedCorrelation, Listener } from './linked.js';
import type { Spending } from '../spending.js';

export interface FoundEpisode extends ToldEpisode, AllEvents {
  readonly rule: CorrelationRule;
  readonly group: string;
}

export interface LostEpisode {
  readonly rule: CorrelationRule;
  readonly group: string;
  readonly key: string;
}

export interface Correlated {
  /** Those that have begun, or are not what they were. */
  readonly changed: readonly FoundEpisode[];
  /** Those that were told and are none. */
  readonly gone: readonly LostEpisode[];
}

/** Where groups are kept. */
export interface GroupStore {
  /** Groups of a correlation by their names, in their order; of a name that stands there twice the same one. What nothing is known of is new. */
  open(correlation: string, names: readonly string[]): Promise<readonly Group[]>;
  /** Groups of a correlation in which something is missed by now, that has not been told. */
  due(correlation: string, until: number): Promise<readonly string[]>;
  /** What has become of groups that were opened. */
  save(correlation: string, groups: readonly Group[]): Promise<void>;
}

/** With what a window of a group has ended. */
interface Ended extends KeptEvent {
  readonly from: string;
  readonly held?: Held;
}

/** What waits for correlations, by their places. */
type Waiting = (Arrivals | undefined)[];

const NO_ARRIVALS = new Arrivals();

/**
 * Tells correlations what rules have matched, a batch at a time: those first that others are about. What is told twice
 * while something may still come late changes nothing the second time.
 */
export class Correlator {
  #added: Waiting = [];
  #removed: Waiting = [];

  constructor(
    private readonly linked: Pick<Linked, 'correlations' | 'listeners'>,
    private readonly store: GroupStore,
    private readonly events: EventLookup,
  ) {}

  /** Keeps a hit for the next {@link tell}. @param listeners of the rule that has matched */
  hit(listeners: readonly Listener[], hit: Hit): void {
    wait(this.#added, listeners, hit);
  }

  /** @param until the latest moment that the log has reached. @throws RulesTooSlow */
  async tell(until: number, spending: Spending): Promise<Correlated> {
    const changed: FoundEpisode[] = [];
    const gone: LostEpisode[] = [];
    for (const linked of this.linked.correlations) {
      const { rule } = linked;
      const groups = await this.#called(linked, until);
      if (groups.length === 0) continue;
      const met: Ended[] = [];
      const unmet: Ended[] = [];
      for (const group of groups) {
        if (spending.isBreathDue(false)) await spending.breathe();
        const { below: before, held } = group;
        const advanced = spending.measure(rule, () => advance(linked, group, until));
        const below = held.length === 0 ? before : together(before, eventsOf(held));
        for (const episode of told(advanced, group, before, below)) changed.push({ ...episode, rule, group: group.name });
        for (const key of advanced.gone) gone.push({ rule, group: group.name, key });
        if (this.linked.listeners.has(rule.id)) met.push(...metOf(advanced, group.name, below));
        group.below = stillOf(below, group.entries, group.told, linked.belowMs);
        for (const entry of advanced.unmet) unmet.push({ id: entry.id, at: entry.at, from: group.name });
      }
      await this.store.save(rule.id, groups);
      await this.#tellUpwards(rule.id, met, this.#added);
      await this.#tellUpwards(rule.id, unmet, this.#removed);
    }
    this.#added = [];
    this.#removed = [];
    return { changed, gone };
  }

  /** Groups that something has come to, or in which something is missed, each once. */
  async #called({ rule, place }: LinkedCorrelation, until: number): Promise<readonly Group[]> {
    const { [place]: added = NO_ARRIVALS } = this.#added;
    const { [place]: removed = NO_ARRIVALS } = this.#removed;
    const due = rule.kind.type === 'absence' ? await this.store.due(rule.id, until) : [];
    const isMore = removed.groups.length > 0 || due.length > 0;
    const names = isMore ? [...added.groups, ...removed.groups, ...due] : added.groups;
    if (names.length === 0) return [];
    const called: Group[] = [];
    const groups = await this.store.open(rule.id, names);
    for (let n = 0; n < groups.length; n += 1) {
      const group = groups[n];
      if (group === undefined) continue;
      if (!group.isCalled) {
        group.isCalled = true;
        called.push(group);
      }
      const entry = added.entries[n];
      const gone = isMore ? removed.entries[n - added.entries.length] : undefined;
      const held = entry === undefined ? undefined : added.held.get(n);
      if (held !== undefined) group.hold(held);
      if (entry !== undefined) group.add(entry);
      else if (gone !== undefined) group.remove(gone);
    }
    return called;
  }

  /** What windows of a correlation end with is a hit of it to those about it. */
  async #tellUpwards(rule: string, hits: readonly Ended[], waiting: Waiting): Promise<void> {
    const listeners = this.linked.listeners.get(rule);
    if (listeners === undefined || hits.length === 0) return;
    const events = await this.events.find(hits);
    for (const { id, at, from, held } of hits) {
      const event = events.get(id);
      if (event !== undefined) wait(waiting, listeners, new Hit(event, id, at, from, held));
    }
  }
}

/** Of windows that hold more by what came late so many are told above again: what that is is handed up with any of them. */
const MOST_AGAIN = 100;

/** What is told above: with which windows end, and of what came late also those that hold it. */
function metOf({ met, windows, entries, late }: Advanced, from: string, below: readonly KeptEvent[]): readonly Ended[] {
  if (met.length === 0 && late.length === 0) return [];
  const isMet = new Set(met.map(({ id }) => id));
  const isLate = new Set(late.map(({ id }) => id));
  const places = entries.flatMap(({ id }, place) => (isLate.has(id) ? [place] : []));
  const ended = new Map<string, Ended>();
  let again = 0;
  for (const window of windows) {
    const end = entries[window.last];
    if (end === undefined) continue;
    if (!isMet.has(end.id)) {
      if (again === MOST_AGAIN || !hasOneIn(window, places)) continue;
      again += 1;
    }
    // Two rules may have matched it.
    ended.set(end.id, { id: end.id, at: end.at, from, held: { window, entries, below } });
  }
  return [...ended.values()];
}

/** @param places in their order */
function hasOneIn({ first, last }: Met, places: readonly number[]): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  return (places[low] ?? Number.POSITIVE_INFINITY) <= last;
}

/** Episodes that have begun, or are not what they were: by their own events, or by what lies below them. */
function told(
  { changed }: Advanced,
  group: Group,
  before: readonly KeptEvent[],
  below: readonly KeptEvent[],
): readonly (ToldEpisode & AllEvents)[] {
  const whole = (episode: ToldEpisode): ToldEpisode & AllEvents => ({
    ...episode,
    ...withBelow(episode, below),
  });
  if (before === below) return changed.map(whole);
  const keys = new Set(changed.map(({ key }) => key));
  const others = group.told.filter((one) => !keys.has(one.key) && isMore(withBelow(one, before), withBelow(one, below)));
  return [...changed, ...others.map((one) => ({ ...one, replaces: [], isNew: false }))].map(whole);
}

const isMore = (before: AllEvents, after: AllEvents): boolean =>
  before.all.length !== after.all.length || before.all.some((id, n) => id !== after.all[n]);

function wait(waiting: Waiting, listeners: readonly Listener[], hit: Hit): void {
  for (const { to, as } of listeners) to.arrivals(hit, as, (waiting[to.place] ??= new Arrivals()));
}
