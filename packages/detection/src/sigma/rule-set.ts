import { EventReader } from './event-reader.js';
import { asText, type Field } from './field.js';
import { MOST_TEXT, type Predicate, predicateOf } from './predicate.js';
import type { DetectionRule } from './rule.js';
import { bestFields, witnessesOf } from './rule-index.js';

/** A rule that an event may match, and whether it does. */
export interface Candidate<Rule> {
  readonly rule: Rule;
  readonly matches: Predicate;
}

interface Compiled<Rule> extends Candidate<Rule> {
  /** The last event that it was held against: an event with a text twice meets a rule once. */
  seenAt: number;
}

interface Looked<Rule> {
  readonly field: Field;
  readonly byText: Map<string, Compiled<Rule>[]>;
}

/** Rules behind an index: an event meets those that may match it. */
export class RuleSet<Rule extends Pick<DetectionRule, 'expression'> = DetectionRule> {
  readonly #always: Compiled<Rule>[] = [];
  readonly #looked = new Map<string, Looked<Rule>>();
  #events = 0;

  /** @param reader of those who read the same events */
  constructor(
    rules: readonly Rule[],
    private readonly reader: EventReader = new EventReader(),
  ) {
    const witnessed = rules.map((rule) => ({ rule, witnesses: witnessesOf(rule.expression) }));
    const best = bestFields(witnessed.map(({ witnesses }) => witnesses));
    for (const { rule, witnesses } of witnessed) {
      const compiled = { rule, matches: predicateOf(rule.expression, reader), seenAt: 0 };
      const field = best(witnesses);
      if (field === undefined) this.#always.push(compiled);
      else for (const text of witnesses.get(field) ?? []) this.#at(field, text).push(compiled);
    }
  }

  #at(field: string, text: string): Compiled<Rule>[] {
    const looked = this.#looked.get(field) ?? { field: this.reader.field(field), byText: new Map<string, Compiled<Rule>[]>() };
    this.#looked.set(field, looked);
    const rules = looked.byText.get(text) ?? [];
    looked.byText.set(text, rules);
    return rules;
  }

  /** Of an event of whatever kind; the order is not that of the rules. */
  match(event: unknown, onMatch: (rule: Rule) => void): void {
    for (const { rule, matches } of this.candidates(event)) if (matches(event)) onMatch(rule);
  }

  /** Rules that an event may match, each once. */
  candidates(event: unknown): readonly Candidate<Rule>[] {
    this.#events += 1;
    const found = [...this.#always];
    for (const { field, byText } of this.#looked.values())
      field(event, (value) => {
        const text = asText(value);
        const rules = text === undefined ? undefined : byText.get(text.slice(0, MOST_TEXT).toLowerCase());
        for (const compiled of rules ?? NONE) {
          if (compiled.seenAt === this.#events) continue;
          compiled.seenAt = this.#events;
          found.push(compiled);
        }
        return false;
      });
    return found;
  }
}

const NONE: readonly never[] = [];
