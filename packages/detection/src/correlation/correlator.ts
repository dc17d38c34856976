import type { CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';
import type { ToldEpisode } from './episode.js';
import type { EventLookup } from './event-lookup.js';
import { advance, type Arrived, EMPTY, type GroupState } from './group.js';
import type { Linked, LinkedCorrelation, Listener } from './linked.js';

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
  /** Of these groups of a correlation, in their order; `undefined`: nothing is known of it. */
  load(correlation: string, groups: readonly string[]): Promise<readonly (GroupState | undefined)[]>;
  /** Groups of a correlation in which something is missed by now, that has not been told. */
  due(correlation: string, until: number): Promise<readonly string[]>;
  /** @param states of these groups, in their order */
  save(correlation: string, groups: readonly string[], states: readonly GroupState[]): Promise<void>;
}

interface Waiting extends Arrived {
  readonly added: Entry[];
  readonly removed: Entry[];
}

/** What waits for correlations, by their ids and by group. */
type WaitingGroups = Map<string, Map<string, Waiting>>;

/**
 * Tells correlations what rules have matched, a batch at a time: those first that others are about. A batch that is told twice
 * changes nothing the second time.
 */
export class Correlator {
  constructor(
    private readonly linked: Pick<Linked, 'correlations' | 'listeners'>,
    private readonly store: GroupStore,
    private readonly events: EventLookup,
  ) {}

  /** @param until the latest moment that the log has reached */
  async tell(hits: readonly RuleHit[], until: number): Promise<Correlated> {
    const waiting: WaitingGroups = new Map();
    for (const hit of hits) {
      const listeners = this.linked.listeners.get(hit.rule);
      if (listeners !== undefined) tellOthers(waiting, listeners, hit, 'added');
    }
    const changed: FoundEpisode[] = [];
    const gone: LostEpisode[] = [];
    for (const linked of this.linked.correlations) {
      const { rule } = linked;
      const arrived = await this.#arrived(linked, waiting, until);
      if (arrived === undefined) continue;
      const groups = [...arrived.keys()];
      const before = await this.store.load(rule.id, groups);
      const met: Entry[] = [];
      const unmet: Entry[] = [];
      const after = groups.map((group, n) => {
        const advanced = advance(rule, before[n] ?? EMPTY, arrived.get(group) ?? NOTHING, until);
        for (const episode of advanced.changed) changed.push({ ...episode, rule, group });
        for (const key of advanced.gone) gone.push({ rule, group, key });
        met.push(...advanced.met);
        unmet.push(...advanced.unmet);
        return advanced.state;
      });
      await this.store.save(rule.id, groups, after);
      await this.#tellUpwards(waiting, rule.id, met, 'added');
      await this.#tellUpwards(waiting, rule.id, unmet, 'removed');
    }
    return { changed, gone };
  }

  async #arrived(
    { rule }: LinkedCorrelation,
    waiting: WaitingGroups,
    until: number,
  ): Promise<ReadonlyMap<string, Arrived> | undefined> {
    const arrived = waiting.get(rule.id);
    if (rule.kind.type !== 'absence') return arrived;
    const due = await this.store.due(rule.id, until);
    if (due.length === 0) return arrived;
    return new Map([...due.map((group) => [group, NOTHING] as const), ...(arrived ?? [])]);
  }

  /** What windows of a correlation end with is a hit of it to those about it. */
  async #tellUpwards(waiting: WaitingGroups, rule: string, entries: readonly Entry[], how: keyof Waiting): Promise<void> {
    const listeners = this.linked.listeners.get(rule);
    if (listeners === undefined || entries.length === 0) return;
    const events = await this.events.find(entries);
    for (const { id, at } of entries) {
      const event = events.get(id);
      if (event !== undefined) tellOthers(waiting, listeners, { event, id, at }, how);
    }
  }
}

const NOTHING: Arrived = { added: [], removed: [] };

function tellOthers(
  waiting: WaitingGroups,
  listeners: readonly Listener[],
  { event, id, at }: Omit<RuleHit, 'rule'>,
  how: keyof Waiting,
): void {
  for (const { to, place } of listeners)
    for (const { group, entry } of to.arrivals({ rule: place, event, id, at })) {
      let groups = waiting.get(to.rule.id);
      if (groups === undefined) waiting.set(to.rule.id, (groups = new Map<string, Waiting>()));
      const known = groups.get(group);
      if (known !== undefined) known[how].push(entry);
      else groups.set(group, how === 'added' ? { added: [entry], removed: [] } : { added: [], removed: [entry] });
    }
}
