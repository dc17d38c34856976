import { allOf, type Expression } from './expression.js';
import { readLogSource, sectionIn, textIn, textsIn } from './facts.js';
import type { Placeholders } from './placeholders.js';
import { readConditions } from './read-detection.js';
import { type DetectionRule, type LogSource, namesOf } from './rule.js';
import { RuleError, together, under } from './rule-error.js';
import type { Plain } from './searches.js';

/** What somebody does not want to hear of, of some rules. */
export interface Filter {
  readonly title: string;
  readonly logSource: LogSource;
  /** Ids or names; `any`: all of the log source. */
  readonly rules: readonly string[] | 'any';
  /** What is left of a rule has to match this, too. */
  readonly keeps: Expression;
  readonly file: string;
  readonly line: number;
}

type Section = { readonly [key: string]: Plain };

/** @throws RuleError */
export function readFilter(
  content: Section,
  { file, line }: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): Filter {
  const { section, ...facts } = together({
    title: () => titleIn(content),
    logSource: () => readLogSource(content),
    section: () => filterIn(sectionIn(content, 'filter'), placeholders),
  });
  return { ...facts, ...section, file, line };
}

function titleIn(content: Section): string {
  const title = textIn(content, 'title');
  if (title === undefined) throw new RuleError('a filter needs a title', ['title']);
  return title;
}

function filterIn({ rules, ...section }: Section, placeholders: Placeholders): Pick<Filter, 'rules' | 'keeps'> {
  return under(['filter'], () =>
    together({
      rules: () => rulesIn(rules),
      keeps: () => keptBy(readConditions(section, placeholders)),
    }),
  );
}

function rulesIn(rules: Plain | undefined): Filter['rules'] {
  if (typeof rules === 'string' && rules.toLowerCase() === 'any') return 'any';
  const names = textsIn({ rules: rules ?? null }, 'rules');
  if (names.length === 0) throw new RuleError('"rules" names nobody; "any" means all', ['rules']);
  return names;
}

/**
 * The specification says that a filter suppresses matches, and shows one whose condition is what is suppressed; others write
 * `not selection`, or `not one and not another`, and mean what is left. No filter is there to keep what it names alone, so both say
 * the same.
 */
function keptBy(condition: Expression): Expression {
  return saysWhatIsLeft(condition) ? condition : { type: 'not', of: condition };
}

function saysWhatIsLeft(condition: Expression): boolean {
  if (condition.type === 'and' || condition.type === 'or') return condition.of.every(saysWhatIsLeft);
  return condition.type === 'not';
}

/** Whether a log source is one that a filter is about: what it leaves open does not matter. */
export function isOfSource(filter: LogSource, rule: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every((part) => {
    const wanted = filter[part]?.toLowerCase();
    return wanted === undefined || wanted === rule[part]?.toLowerCase();
  });
}

/** Filters by the rules that they are about: there may be thousands of either. */
export class FiltersByRule {
  readonly #ofAll: Filter[] = [];
  readonly #byName = new Map<string, Filter[]>();

  constructor(filters: readonly Filter[]) {
    for (const filter of filters) {
      if (filter.rules === 'any') this.#ofAll.push(filter);
      else for (const name of new Set(filter.rules)) this.#add(name, filter);
    }
  }

  #add(name: string, filter: Filter): void {
    const others = this.#byName.get(name);
    if (others === undefined) this.#byName.set(name, [filter]);
    else others.push(filter);
  }

  /** A rule without what they suppress. */
  filtered(rule: DetectionRule): DetectionRule {
    const named = namesOf(rule).flatMap((name) => this.#byName.get(name) ?? []);
    const own = [...this.#ofAll, ...new Set(named)].filter(({ logSource }) => isOfSource(logSource, rule.logSource));
    if (own.length === 0) return rule;
    return { ...rule, expression: allOf([rule.expression, ...own.map(({ keeps }) => keeps)]) };
  }
}
