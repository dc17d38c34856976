import { type Correlated, Correlator, type GroupStore, type RuleHit } from './correlation/correlator.js';
import type { Enricher } from './enrichment/enricher.js';
import type { LogEvent, Raw } from './log-event.js';
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
  readonly enriched: Raw;
}

export interface Detected extends Correlated {
  /** In the order of the events. Of rules that are not told by themselves there is nothing here, nor among the episodes. */
  readonly matches: readonly Match[];
}

/** Rules over an activity log, a batch of events at a time. */
export class Detector {
  readonly #rules: RuleSet;
  readonly #levels: ReadonlyMap<string, (event: unknown) => Level>;
  readonly #correlator: Correlator;

  constructor(
    private readonly book: RuleBook,
    private readonly enricher: Enricher,
    store: GroupStore,
  ) {
    this.#rules = new RuleSet(book.detections);
    this.#levels = new Map(book.detections.map((rule) => [rule.id, levelReader(rule)]));
    this.#correlator = new Correlator(book.linked, store);
  }

  /** @param until the latest moment that the log has reached, in ms since 1970 */
  async detect(events: readonly LogEvent[], until: number): Promise<Detected> {
    for (const event of events) this.enricher.learn(event);
    const matches: Match[] = [];
    const hits: RuleHit[] = [];
    for (const event of events) {
      const enriched = this.enricher.enrich(event);
      this.#rules.match(enriched, (rule) => {
        hits.push({ rule: rule.id, event: enriched, id: event.id, at: event.at });
        if (this.book.silent.has(rule.id)) return;
        matches.push({ rule, level: this.#levels.get(rule.id)?.(enriched) ?? rule.level, event, enriched });
      });
    }
    const { changed, gone } = await this.#correlator.tell(hits, until);
    const isTold = ({ rule }: { readonly rule: { readonly id: string } }): boolean => !this.book.silent.has(rule.id);
    return { matches, changed: changed.filter(isTold), gone: gone.filter(isTold) };
  }
}
