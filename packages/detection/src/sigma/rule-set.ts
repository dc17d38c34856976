import { EventReader } from './event-reader.js';
import type { Field } from './field.js';
import { type Predicate, predicateOf } from './predicate.js';
import type { DetectionRule } from './rule.js';
import { bestFields, witnessesOf } from './rule-index.js';

/** A rule that an event may match, and whether it does. */
export interface Candidate<Rule> {
  readonly rule: Rule;
  readonly matches: Predicate;
}

/** Those behind a text of a field. */
interface Behind<Rule> {
  own: Candidate<Rule>[];
  /** With those that every event meets. */
  all: readonly Candidate<Rule>[];
}

interface Looked<Rule> {
  readonly field: Field;
  readonly byText: Map<string, Behind<Rule>>;
}

/** Rules behind an index: an event meets those that may match it. */
export class RuleSet<Rule extends Pick<DetectionRule, 'expression'> = DetectionRule> {
  readonly #always: readonly Candidate<Rule>[];
  readonly #looked: readonly Looked<Rule>[];

  /** @param reader of those who read the same events */
  constructor(rules: readonly Rule[], reader: EventReader = new EventReader()) {
    const witnessed = rules.map((rule) => ({ rule, witnesses: witnessesOf(rule.expression) }));
    const best = bestFields(witnessed.map(({ witnesses }) => witnesses));
    const always: Candidate<Rule>[] = [];
    const fields = new Map<string, Looked<Rule>>();
    for (const { rule, witnesses } of witnessed) {
      const compiled = { rule, matches: predicateOf(rule.expression, reader) };
      const name = best(witnesses);
      if (name === undefined) {
        always.push(compiled);
        continue;
      }
      const looked = fields.get(name) ?? { field: reader.field(name), byText: new Map<string, Behind<Rule>>() };
      fields.set(name, looked);
      for (const text of witnesses.get(name) ?? []) {
        const behind = looked.byText.get(text);
        if (behind === undefined) looked.byText.set(text, { own: [compiled], all: always });
        else behind.own.push(compiled);
      }
    }
    this.#always = always;
    this.#looked = [...fields.values()];
    for (const { byText } of this.#looked) for (const behind of byText.values()) behind.all = [...always, ...behind.own];
  }

  /** Of an event of whatever kind; the order is not that of the rules. */
  match(event: unknown, onMatch: (rule: Rule) => void): void {
    for (const { rule, matches } of this.candidates(event)) if (matches(event)) onMatch(rule);
  }

  /** Rules that an event may match, each once. */
  candidates(event: unknown): readonly Candidate<Rule>[] {
    let found = this.#always;
    let others: Behind<Rule>[] | undefined;
    for (const { field, byText } of this.#looked)
      for (const text of field.small(event)) {
        const behind = byText.get(text);
        if (behind === undefined) continue;
        if (found === this.#always) found = behind.all;
        else if (others === undefined) others = [behind];
        else others.push(behind);
      }
    return others === undefined ? found : [...new Set([...found, ...others.flatMap(({ own }) => own)])];
  }
}
