import { Hit } from './correlation/arrivals.js';
import { type Correlated, Correlator, type GroupStore } from './correlation/correlator.js';
import { type EventLookup, LatestEvents, NOWHERE } from './correlation/event-lookup.js';
import type { Listener } from './correlation/linked.js';
import type { Enricher } from './enrichment/enricher.js';
import type { LogEvent } from './log-event.js';
import type { WithMade } from './sigma/later.js';
import type { RuleBook } from './rule-book.js';
import { levelReader } from './sigma/level.js';
import { type AskPart, holdsInParts } from './sigma/in-parts.js';
import type { DetectionRule, Level } from './sigma/rule.js';
import { type Candidate, RuleSet } from './sigma/rule-set.js';
import { Weight } from './sigma/weight.js';
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
  /** Of all that it may ask of an event. */
  readonly weight: Weight;
}

/** What may be asked at once, in ms. */
const MOST_AT_ONCE = 40;
/** Rules of more weight are asked part by part, however small an event is: to make them ready takes too long. */
const MOST_MADE_READY = 10_000;
/** Behind a rule of such a weight somebody looks at the clock. */
const SLOW = 2;

function watchedOf({ detections, linked: { reader, listeners }, silent }: RuleBook): RuleSet<Watched> {
  const watched = detections.map((rule) => ({
    rule,
    expression: rule.expression,
    levelOf: levelReader(rule, reader),
    listeners: listeners.get(rule.id),
    isTold: !silent.has(rule.id),
    weight: new Weight([rule.expression, ...rule.own.levels.map(({ when }) => when)]),
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
  /** One of them that may take too long to be asked at once. */
  heavy: Candidate<Watched> | undefined;
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
        const candidates = this.#rules.candidates(enriched);
        const seen: Seen = { event, enriched, hit: undefined, candidates, at: 0, heavy: undefined };
        while (!this.#meet(seen, matches, spending))
          if (seen.heavy === undefined) await spending.breathe();
          else await this.#meetInParts(seen, seen.heavy, matches, spending);
      }
    }
    this.#latest.add(events, all, until);
    const { changed, gone } = await this.#correlator.tell(until, spending);
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
      if (rule.weight.most > MOST_AT_ONCE && this.#isHeavy(rule, enriched)) {
        seen.heavy = candidate;
        return false;
      }
      if (spending.isSuspicious) spending.measure(rule.rule, () => this.#ask(candidate, seen, matches));
      else this.#ask(candidate, seen, matches);
      if (spending.isBreathDue(rule.weight.most > SLOW)) return false;
    }
    return true;
  }

  /** To know that takes a moment, too: of rules that are light whatever an event is nobody asks. */
  #isHeavy({ weight }: Watched, event: WithMade): boolean {
    return weight.most > MOST_MADE_READY || weight.of(event, this.book.linked.reader) > MOST_AT_ONCE;
  }

  #ask(candidate: Candidate<Watched>, seen: Seen, matches: Match[]): void {
    if (candidate.matches(seen.enriched)) this.#matched(candidate.rule, seen, matches);
  }

  /** Others are served between the parts of a rule. */
  async #meetInParts(seen: Seen, candidate: Candidate<Watched>, matches: Match[], spending: Spending): Promise<void> {
    seen.heavy = undefined;
    const { rule } = candidate;
    const { enriched } = seen;
    const { reader } = this.book.linked;
    const ask: AskPart = async (part) => {
      if (spending.isBreathDue(true)) await spending.breathe();
      return spending.measure(rule.rule, part);
    };
    if (!(await holdsInParts(rule.expression, enriched, reader, ask))) return;
    let { level } = rule.rule;
    for (const one of rule.rule.own.levels)
      if (await holdsInParts(one.when, enriched, reader, ask)) {
        ({ level } = one);
        break;
      }
    this.#matched(rule, seen, matches, level);
  }

  /** @param level where it is known already */
  #matched(rule: Watched, seen: Seen, matches: Match[], level?: Level): void {
    const { event, enriched } = seen;
    if (rule.listeners !== undefined)
      this.#correlator.hit(rule.listeners, (seen.hit ??= new Hit(enriched, event.id, event.at)));
    if (rule.isTold) matches.push({ rule: rule.rule, level: level ?? rule.levelOf(enriched), event, enriched });
  }
}
