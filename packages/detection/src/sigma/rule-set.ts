import { EventReader } from './event-reader.js';
import type { Field } from './field.js';
import { type Predicate, predicateOf } from './predicate.js';
import type { DetectionRule } from './rule.js';
import { bestFields, witnessesOf } from './rule-index.js';

/** A rule that an event may match. */
export class Candidate<Rule extends Pick<DetectionRule, 'expression'>> {
  #matches: Predicate | undefined;

  constructor(
    readonly rule: Rule,
    private readonly reader: EventReader,
  ) {}

  /** Whether an event does match. It is made ready when an event first asks: to do that for thousands at once takes a while. */
  get matches(): Predicate {
    this.#matches ??= predicateOf(this.rule.expression, this.reader);
    return this.#matches;
  }
}

interface Looked<Rule extends Pick<DetectionRule, 'expression'>> {
  readonly field: Field;
  readonly byText: Map<string, Candidate<Rule>[]>;
}

/** Rules behind an index: an event meets those that may match it. */
export class RuleSet<Rule extends Pick<DetectionRule, 'expression'> = DetectionRule> {
  readonly #always: readonly Candidate<Rule>[];
  readonly #looked: readonly Looked<Rule>[];

  /** @param reader of those who read the same events */
  constructor(rules: readonly Rule[], reader: EventReader = new EventReader()) {
    const witnessed = rules.map((rule) => ({
      candidate: new Candidate(rule, reader),
      witnesses: witnessesOf(rule.expression),
    }));
    const best = bestFields(witnessed.map(({ witnesses }) => witnesses));
    const always: Candidate<Rule>[] = [];
    const fields = new Map<string, Looked<Rule>>();
    for (const { candidate, witnesses } of witnessed) {
      const name = best(witnesses);
      if (name === undefined) {
        always.push(candidate);
        continue;
      }
      const looked = fields.get(name) ?? { field: reader.field(name), byText: new Map<string, Candidate<Rule>[]>() };
      fields.set(name, looked);
      for (const text of witnesses.get(name) ?? []) {
        const behind = looked.byText.get(text);
        if (behind === undefined) looked.byText.set(text, [candidate]);
        else behind.push(candidate);
      }
    }
    this.#always = always;
    this.#looked = [...fields.values()];
  }

  /** Of an event of whatever kind; the order is not that of the rules. */
  match(event: unknown, onMatch: (rule: Rule) => void): void {
    for (const { rule, matches } of this.candidates(event)) if (matches(event)) onMatch(rule);
  }

  /** Rules that an event may match, each once. */
  candidates(event: unknown): readonly Candidate<Rule>[] {
    let found: readonly Candidate<Rule>[] | undefined;
    let all: Set<Candidate<Rule>> | undefined;
    for (const { field, byText } of this.#looked)
      for (const text of field.small(event)) {
        const behind = byText.get(text);
        if (behind === undefined) continue;
        if (found === undefined) found = behind;
        else {
          all ??= new Set(found);
          for (const one of behind) all.add(one);
        }
      }
    if (found === undefined) return this.#always;
    return [...this.#always, ...(all ?? found)];
  }
}
