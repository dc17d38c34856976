import { LATEST_MS } from './lateness.js';
import type { Linked } from './linked.js';

/** An event by what is kept of it. */
export interface KeptEvent {
  readonly id: string;
  /** When it happened, in ms since 1970. */
  readonly at: number;
}

/** Events of before. */
export interface EventLookup {
  /** By their ids, with what is known of them. Of one that is not found correlations about another one are told nothing. */
  find(events: readonly KeptEvent[]): Promise<ReadonlyMap<string, unknown>>;
}

/** For who has only what comes. */
export const NOWHERE: EventLookup = { find: () => Promise.resolve(new Map()) };

/** Events that came together, and what is known of each. */
class Batch {
  #byId: Map<string, unknown> | undefined;

  /** @param until of the log, when they came */
  constructor(
    private readonly events: readonly KeptEvent[],
    private readonly enriched: readonly unknown[],
    readonly until: number,
  ) {}

  /** Most batches are never looked through. */
  get byId(): ReadonlyMap<string, unknown> {
    this.#byId ??= new Map(this.events.map(({ id }, n) => [id, this.enriched[n]]));
    return this.#byId;
  }
}

/**
 * The latest events of a log. A correlation about another one reads of an event what it needs when the other one holds with it:
 * at once mostly, or when an event comes late or is missed.
 */
export class LatestEvents implements EventLookup {
  #batches: readonly Batch[] = [];
  #until = 0;
  readonly #keptMs: number;
  /** Whether any correlation is about another one. */
  readonly #isNeeded: boolean;

  constructor(
    linked: Pick<Linked, 'correlations' | 'listeners'>,
    private readonly earlier: EventLookup,
  ) {
    this.#isNeeded = linked.correlations.some(({ rule }) => linked.listeners.has(rule.id));
    this.#keptMs = LATEST_MS + Math.max(LATEST_MS, ...linked.correlations.map(({ lateMs }) => lateMs));
  }

  /** @param enriched what is known of these events, in their order */
  add(events: readonly KeptEvent[], enriched: readonly unknown[], until: number): void {
    if (!this.#isNeeded) return;
    // What was open when the log had reached less may end now, however far the log has gone on at once.
    const kept = this.#batches.filter((batch) => batch.until >= this.#until - this.#keptMs);
    this.#batches = events.length === 0 ? kept : [...kept, new Batch(events, enriched, until)];
    this.#until = Math.max(this.#until, until);
  }

  async find(events: readonly KeptEvent[]): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    const others: KeptEvent[] = [];
    for (const event of events) {
      const batch = this.#batches.findLast(({ byId }) => byId.has(event.id));
      if (batch === undefined) others.push(event);
      else found.set(event.id, batch.byId.get(event.id));
    }
    if (others.length > 0) for (const [id, event] of await this.earlier.find(others)) found.set(id, event);
    return found;
  }
}
