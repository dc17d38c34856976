import type { CorrelationRule } from './correlation-rule.js';
import type { Entry } from './entry.js';
import type { ToldEpisode } from './episode.js';
import type { EventLookup, KeptEvent } from './event-lookup.js';
import { advance, type Arrived, EMPTY, type GroupState } from './group.js';
import type { Linked, LinkedCorrelation, Listener } from './linked.js';

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
  added: Entry[];
  removed: Entry[];
}

/** Nothing is ever put into it. */
const NONE: Entry[] = [];

/**
 * Tells correlations what rules have matched, a batch at a time: those first that others are about. A batch that is told twice
 * changes nothing the second time.
 */
export class Correlator {
  /** What waits for correlations, by their places and by group. */
  #waiting: (Map<string, Waiting> | undefined)[] = [];

  constructor(
    private readonly linked: Pick<Linked, 'correlations' | 'listeners'>,
    private readonly store: GroupStore,
    private readonly events: EventLookup,
  ) {}

  /** Keeps a hit for the next {@link tell}. */
  hit(rule: string, event: KeptEvent, enriched: unknown): void {
    const listeners = this.linked.listeners.get(rule);
    if (listeners !== undefined) this.#wait(listeners, event, enriched, 'added');
  }

  /** @param until the latest moment that the log has reached */
  async tell(until: number): Promise<Correlated> {
    const changed: FoundEpisode[] = [];
    const gone: LostEpisode[] = [];
    for (const linked of this.linked.correlations) {
      const { rule } = linked;
      const arrived = await this.#arrived(linked, until);
      if (arrived === undefined) continue;
      const groups = [...arrived.keys()];
      const before = await this.store.load(rule.id, groups);
      const met: Entry[] = [];
      const unmet: Entry[] = [];
      const after = groups.map((group, n) => {
        const advanced = advance(rule, before[n] ?? EMPTY, arrived.get(group) ?? NOTHING, until);
        for (const episode of advanced.changed) changed.push({ ...episode, rule, group });
        for (const key of advanced.gone) gone.push({ rule, group, key });
        for (const entry of advanced.met) met.push(entry);
        for (const entry of advanced.unmet) unmet.push(entry);
        return advanced.state;
      });
      await this.store.save(rule.id, groups, after);
      await this.#tellUpwards(rule.id, met, 'added');
      await this.#tellUpwards(rule.id, unmet, 'removed');
    }
    this.#waiting = [];
    return { changed, gone };
  }

  async #arrived({ rule, place }: LinkedCorrelation, until: number): Promise<ReadonlyMap<string, Arrived> | undefined> {
    const arrived = this.#waiting[place];
    if (rule.kind.type !== 'absence') return arrived;
    const due = await this.store.due(rule.id, until);
    if (due.length === 0) return arrived;
    return new Map([...due.map((group) => [group, NOTHING] as const), ...(arrived ?? [])]);
  }

  /** What windows of a correlation end with is a hit of it to those about it. */
  async #tellUpwards(rule: string, entries: readonly Entry[], how: keyof Waiting): Promise<void> {
    const listeners = this.linked.listeners.get(rule);
    if (listeners === undefined || entries.length === 0) return;
    const events = await this.events.find(entries);
    for (const entry of entries) {
      const event = events.get(entry.id);
      if (event !== undefined) this.#wait(listeners, entry, event, how);
    }
  }

  #wait(listeners: readonly Listener[], { id, at }: KeptEvent, event: unknown, how: keyof Waiting): void {
    for (const { to, as } of listeners) {
      let groups = this.#waiting[to.place];
      if (groups === undefined) this.#waiting[to.place] = groups = new Map<string, Waiting>();
      // Another name: what is given to a function must not change what it is later.
      const own = groups;
      to.arrivals({ rule: as, event, id, at }, (group, entry) => {
        const known = own.get(group);
        if (known !== undefined) {
          if (known[how] === NONE) known[how] = [entry];
          else known[how].push(entry);
        } else own.set(group, how === 'added' ? { added: [entry], removed: NONE } : { added: NONE, removed: [entry] });
      });
    }
  }
}

const NOTHING: Arrived = { added: NONE, removed: NONE };
