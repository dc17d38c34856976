import { Hit } from './correlation/arrivals.js';
import { type Correlated, Correlator, type GroupStore } from './correlation/correlator.js';
import { type EventLookup, LatestEvents, NOWHERE } from './correlation/event-lookup.js';
import type { Listener } from './correlation/linked.js';
import type { Enricher } from './enrichment/enricher.js';
import type { LogEvent } from './log-event.js';
import type { WithMade } from './sigma/later.js';
import type { RuleBook } from './rule-book.js';
import { levelReader } from './sigma/level.js';
import { isSlow } from './sigma/questions.js';
import type { DetectionRule, Level } from './sigma/rule.js';
import { type Candidate, RuleSet } from './sigma/rule-set.js';
import { Spending } from './spending.js';

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

/** A rule with all that is asked once it has matched. */
interface Watched {
  readonly rule: DetectionRule;
  readonly expression: DetectionRule['expression'];
  readonly levelOf: (event: unknown) => Level;
  readonly listeners: readonly Listener[] | undefined;
  readonly isTold: boolean;
  readonly isSlow: boolean;
}

function watchedOf({ detections, linked: { reader, listeners }, silent }: RuleBook): RuleSet<Watched> {
  const watched = detections.map((rule) => ({
    rule,
    expression: rule.expression,
    levelOf: levelReader(rule, reader),
    listeners: listeners.get(rule.id),
    isTold: !silent.has(rule.id),
    isSlow: isSlow(rule.expression) || rule.own.levels.some(({ when }) => isSlow(when)),
  }));
  return new RuleSet(watched, reader);
}

/** An event, and how far rules have looked at it. */
interface Seen {
  readonly event: LogEvent;
  readonly enriched: WithMade;
  hit: Hit | undefined;
  readonly candidates: readonly Candidate<Watched>[];
  /** The next of them. */
  at: number;
}

/** What histories grow by until they are trimmed. Who explains a match asks for it before more are learned: so many are told at once. */
export const LEARNED_AT_ONCE = 1_000;

/** Rules over an activity log, a batch of events at a time. */
export class Detector {
  /** A book never changes, and who watches a log makes a detector of it for each of its batches. */
  static readonly #ofBooks = new WeakMap<RuleBook, RuleSet<Watched>>();

  readonly #rules: RuleSet<Watched>;
  readonly #correlator: Correlator;
  readonly #latest: LatestEvents;

  /**
   * @param earlier where events of other batches are found, of which this detector has seen the latest only
   * @param mostMs how long rules may take of a batch; by default as long as they do
   */
  constructor(
    private readonly book: RuleBook,
    private readonly enricher: Enricher,
    store: GroupStore,
    earlier: EventLookup = NOWHERE,
    private readonly mostMs = Number.POSITIVE_INFINITY,
  ) {
    let rules = Detector.#ofBooks.get(book);
    if (rules === undefined) Detector.#ofBooks.set(book, (rules = watchedOf(book)));
    this.#rules = rules;
    this.#latest = new LatestEvents(book.linked, earlier);
    this.#correlator = new Correlator(book.linked, store, this.#latest);
  }

  /** @param until the latest moment that the log has reached. @throws RulesTooSlow */
  async detect(events: readonly LogEvent[], until: number): Promise<Detected> {
    const matches: Match[] = [];
    const all: WithMade[] = [];
    const spending = new Spending(this.mostMs);
    for (let from = 0; from < events.length; from += LEARNED_AT_ONCE) {
      const some = events.slice(from, from + LEARNED_AT_ONCE);
      this.enricher.learn(some);
      for (const event of some) {
        const enriched = this.enricher.enrich(event);
        all.push(enriched);
        const seen: Seen = { event, enriched, hit: undefined, candidates: this.#rules.candidates(enriched), at: 0 };
        while (!this.#meet(seen, matches, spending)) await spending.breathe();
      }
    }
    this.#latest.add(events, all, until);
    const { changed, gone } = await this.#correlator.tell(until);
    const isTold = ({ rule }: { readonly rule: { readonly id: string } }): boolean => !this.book.silent.has(rule.id);
    return { matches, changed: changed.filter(isTold), gone: gone.filter(isTold) };
  }

  /** Goes on with the rules that an event may match. @returns whether it is through with them; else others have to be served first */
  #meet(seen: Seen, matches: Match[], spending: Spending): boolean {
    const { enriched, candidates } = seen;
    while (seen.at < candidates.length) {
      const candidate = candidates[seen.at];
      seen.at += 1;
      if (candidate === undefined) continue;
      const { rule } = candidate;
      const began = spending.isSuspicious ? performance.now() : undefined;
      if (candidate.matches(enriched)) this.#matched(rule, seen, matches);
      if (began !== undefined) spending.measured(rule.rule, performance.now() - began);
      if (spending.isBreathDue(rule.isSlow)) return false;
    }
    return true;
  }

  #matched(rule: Watched, seen: Seen, matches: Match[]): void {
    const { event, enriched } = seen;
    if (rule.listeners !== undefined)
      this.#correlator.hit(rule.listeners, (seen.hit ??= new Hit(enriched, event.id, event.at)));
    if (rule.isTold) matches.push({ rule: rule.rule, level: rule.levelOf(enriched), event, enriched });
  }
}
