import type { CorrelationRule } from './correlation-rule.js';
import type { Arrival, Entry } from './entry.js';
import type { ToldEpisode } from './episode.js';
import { advance, EMPTY, type GroupState } from './group.js';
import type { LinkedCorrelation, Listener } from './linked.js';

/** A rule that has matched an event. */
export interface RuleHit {
  /** Id of the detection. */
  readonly rule: string;
  readonly event: unknown;
  readonly id: string;
  readonly at: number;
}

export interface FoundEpisode extends ToldEpisode {
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

/** Where the states of groups are kept. */
export interface GroupStore {
  /** Of these groups of a correlation, those that are known. */
  load(correlation: string, groups: readonly string[]): Promise<ReadonlyMap<string, GroupState>>;
  /** Groups of a correlation in which something is missed by now, that has not been told. */
  due(correlation: string, until: number): Promise<readonly string[]>;
  save(correlation: string, states: ReadonlyMap<string, GroupState>): Promise<void>;
}

interface Waiting {
  readonly added: Arrival[];
  readonly removed: Arrival[];
}

/**
 * Tells correlations what rules have matched, a batch at a time: those first that others are about. A batch that is told twice
 * changes nothing the second time.
 */
export class Correlator {
  constructor(
    private readonly linked: {
      readonly correlations: readonly LinkedCorrelation[];
      readonly listeners: ReadonlyMap<string, readonly Listener[]>;
    },
    private readonly store: GroupStore,
  ) {}

  /** @param until the latest moment that the log has reached */
  async tell(hits: readonly RuleHit[], until: number): Promise<Correlated> {
    const waiting = new Map<string, Waiting>();
    for (const hit of hits)
      for (const { to, place } of this.linked.listeners.get(hit.rule) ?? [])
        addTo(waiting, to.rule.id, to.arrivals({ rule: place, event: hit.event, id: hit.id, at: hit.at }));
    const changed: FoundEpisode[] = [];
    const gone: LostEpisode[] = [];
    for (const { rule } of this.linked.correlations) {
      const arrived = await this.#arrived(rule, waiting.get(rule.id), until);
      if (arrived.size === 0) continue;
      const before = await this.store.load(rule.id, [...arrived.keys()]);
      const after = new Map<string, GroupState>();
      for (const [group, entries] of arrived) {
        const advanced = advance(rule, before.get(group) ?? EMPTY, entries, until);
        after.set(group, advanced.state);
        for (const episode of advanced.changed) changed.push({ ...episode, rule, group });
        for (const key of advanced.gone) gone.push({ rule, group, key });
        tellOthers(waiting, advanced.met, 'added');
        tellOthers(waiting, advanced.unmet, 'removed');
      }
      await this.store.save(rule.id, after);
    }
    return { changed, gone };
  }

  async #arrived(
    rule: CorrelationRule,
    waiting: Waiting | undefined,
    until: number,
  ): Promise<ReadonlyMap<string, { readonly added: Entry[]; readonly removed: Entry[] }>> {
    const byGroup = new Map<string, { readonly added: Entry[]; readonly removed: Entry[] }>();
    const groupOf = (group: string): { readonly added: Entry[]; readonly removed: Entry[] } => {
      const known = byGroup.get(group) ?? { added: [], removed: [] };
      byGroup.set(group, known);
      return known;
    };
    for (const { group, entry } of waiting?.added ?? []) groupOf(group).added.push(entry);
    for (const { group, entry } of waiting?.removed ?? []) groupOf(group).removed.push(entry);
    if (rule.kind.type === 'absence') for (const group of await this.store.due(rule.id, until)) groupOf(group);
    return byGroup;
  }
}

function waitingFor(waiting: Map<string, Waiting>, correlation: string): Waiting {
  const known = waiting.get(correlation) ?? { added: [], removed: [] };
  waiting.set(correlation, known);
  return known;
}

function addTo(waiting: Map<string, Waiting>, correlation: string, arrivals: readonly Arrival[]): void {
  if (arrivals.length === 0) return;
  const { added } = waitingFor(waiting, correlation);
  for (const arrival of arrivals) added.push(arrival);
}

function tellOthers(waiting: Map<string, Waiting>, entries: readonly Entry[], how: keyof Waiting): void {
  for (const { upward } of entries)
    for (const [above, theirs] of Object.entries(upward ?? {})) waitingFor(waiting, above)[how].push(...theirs);
}
