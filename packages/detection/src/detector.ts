import { setImmediate } from 'node:timers/promises';
import { type Correlated, Correlator, type GroupStore } from './correlation/correlator.js';
import { type EventLookup, LatestEvents, NOWHERE } from './correlation/event-lookup.js';
import type { Enricher } from './enrichment/enricher.js';
import type { LogEvent } from './log-event.js';
import type { WithMade } from './sigma/later.js';
import type { RuleBook } from './rule-book.js';
import { levelReader } from './sigma/level.js';
import type { DetectionRule, Level } from './sigma/rule.js';
import { RuleSet } from './sigma/rule-set.js';

/** An event that a detection has matched. */
export interface Match {
  readonly rule: DetectionRule;
  readonly level: Level;
  readonly event: LogEvent;
  /** With what is known of it. */
  readonly enriched: WithMade;
}

export interface Detected extends Correlated {
  /** In the order of the events. Of rules that are not told by themselves there is nothing here, nor among the episodes. */
  readonly matches: readonly Match[];
}

/** Others are served after so long, in ms. */
const SERVED_MS = 20;

/** Rules may be slow, and events long: between two rules others are served. */
class Breath {
  #since = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#since > SERVED_MS;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}

/** Rules over an activity log, a batch of events at a time. */
export class Detector {
  readonly #rules: RuleSet;
  readonly #levels: ReadonlyMap<string, (event: unknown) => Level>;
  readonly #correlator: Correlator;
  readonly #latest: LatestEvents;

  /** @param earlier where events of other batches are found, of which this detector has seen the latest only */
  constructor(
    private readonly book: RuleBook,
    private readonly enricher: Enricher,
    store: GroupStore,
    earlier: EventLookup = NOWHERE,
  ) {
    const { reader } = book.linked;
    this.#rules = new RuleSet(book.detections, reader);
    this.#levels = new Map(book.detections.map((rule) => [rule.id, levelReader(rule, reader)]));
    this.#latest = new LatestEvents(book.linked, earlier);
    this.#correlator = new Correlator(book.linked, store, this.#latest);
  }

  /** @param until the latest moment that the log has reached, in ms since 1970 */
  async detect(events: readonly LogEvent[], until: number): Promise<Detected> {
    for (const event of events) this.enricher.learn(event);
    const matches: Match[] = [];
    const byId = new Map<string, WithMade>();
    const breath = new Breath();
    for (const event of events) {
      const enriched = this.enricher.enrich(event);
      byId.set(event.id, enriched);
      for (const { rule, matches: isMet } of this.#rules.candidates(enriched)) {
        if (isMet(enriched)) {
          this.#correlator.hit(rule.id, event, enriched);
          if (!this.book.silent.has(rule.id))
            matches.push({ rule, level: this.#levels.get(rule.id)?.(enriched) ?? rule.level, event, enriched });
        }
        if (breath.isDue) await breath.take();
      }
    }
    this.#latest.add(byId, until);
    const { changed, gone } = await this.#correlator.tell(until);
    const isTold = ({ rule }: { readonly rule: { readonly id: string } }): boolean => !this.book.silent.has(rule.id);
    return { matches, changed: changed.filter(isTold), gone: gone.filter(isTold) };
  }
}
