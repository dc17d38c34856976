import type { CorrelationRule } from './correlation-rule.js';
import type { Arrival, Entry } from './entry.js';
import { advance, EMPTY, type Episode, type GroupState } from './group.js';
import type { Linked } from './linked.js';

/** A rule that has matched an event. */
export interface RuleHit {
  /** Id of the detection. */
  readonly rule: string;
  readonly event: unknown;
  readonly id: string;
  readonly at: number;
}

export interface FoundEpisode extends Episode {
  readonly rule: CorrelationRule;
  readonly group: string;
}

export interface Correlated {
  readonly changed: readonly FoundEpisode[];
  readonly merged: readonly { readonly rule: CorrelationRule; readonly group: string; readonly key: string }[];
}

/** Where the states of groups are kept. */
export interface GroupStore {
  /** Of these groups of a correlation, those that are known. */
  load(correlation: string, groups: readonly string[]): Promise<ReadonlyMap<string, GroupState>>;
  save(correlation: string, states: ReadonlyMap<string, GroupState>): Promise<void>;
}

/**
 * Tells correlations what rules have matched, a batch at a time: those first that others are about. A batch that is told twice
 * changes nothing the second time.
 */
export class Correlator {
  constructor(
    private readonly linked: Linked,
    private readonly store: GroupStore,
  ) {}

  /** @param until the latest moment that the log has reached */
  async tell(hits: readonly RuleHit[], until: number): Promise<Correlated> {
    const waiting = new Map<string, Arrival[]>();
    for (const hit of hits)
      for (const { to, place } of this.linked.listeners.get(hit.rule) ?? [])
        put(waiting, to.rule.id, to.arrivals({ rule: place, event: hit.event, id: hit.id, at: hit.at }));
    const changed: FoundEpisode[] = [];
    const merged: Correlated['merged'][number][] = [];
    for (const { rule } of this.linked.correlations) {
      const arrivals = waiting.get(rule.id);
      if (arrivals === undefined) continue;
      const met = await this.#advance(rule, arrivals, until, changed, merged);
      for (const { upward } of met) for (const [above, theirs] of Object.entries(upward ?? {})) put(waiting, above, theirs);
    }
    return { changed, merged };
  }

  async #advance(
    rule: CorrelationRule,
    arrivals: readonly Arrival[],
    until: number,
    changed: FoundEpisode[],
    merged: Correlated['merged'][number][],
  ): Promise<readonly Entry[]> {
    const byGroup = new Map<string, Entry[]>();
    for (const { group, entry } of arrivals) {
      const entries = byGroup.get(group);
      if (entries === undefined) byGroup.set(group, [entry]);
      else entries.push(entry);
    }
    const before = await this.store.load(rule.id, [...byGroup.keys()]);
    const after = new Map<string, GroupState>();
    const met: Entry[] = [];
    for (const [group, entries] of byGroup) {
      const advanced = advance(rule, before.get(group) ?? EMPTY, entries, until);
      after.set(group, advanced.state);
      changed.push(...advanced.changed.map((episode) => ({ ...episode, rule, group })));
      merged.push(...advanced.merged.map((key) => ({ rule, group, key })));
      met.push(...advanced.met);
    }
    await this.store.save(rule.id, after);
    return met;
  }
}

function put(waiting: Map<string, Arrival[]>, correlation: string, arrivals: readonly Arrival[]): void {
  const known = waiting.get(correlation);
  if (known === undefined) waiting.set(correlation, [...arrivals]);
  else known.push(...arrivals);
}

/** Of one process, for as long as it runs. */
export class GroupsInMemory implements GroupStore {
  private readonly states = new Map<string, Map<string, GroupState>>();

  async load(correlation: string, groups: readonly string[]): Promise<ReadonlyMap<string, GroupState>> {
    const known = this.states.get(correlation);
    const found = new Map<string, GroupState>();
    for (const group of groups) {
      const state = known?.get(group);
      if (state !== undefined) found.set(group, state);
    }
    return found;
  }

  async save(correlation: string, states: ReadonlyMap<string, GroupState>): Promise<void> {
    const known = this.states.get(correlation) ?? new Map<string, GroupState>();
    this.states.set(correlation, known);
    for (const [group, state] of states) {
      if (state.entries.length === 0 && state.episodes.length === 0) known.delete(group);
      else known.set(group, state);
    }
  }
}
