import { allOf, anyOf, type Expression } from './expression.js';
import { slipOf } from './near-name.js';
import { RuleError, throwAll } from './rule-error.js';

/** Searches of a rule, by their names. */
export type Searches = ReadonlyMap<string, Expression>;

/** So many brackets in each other nobody writes; more would end in a stack that is full. */
const DEEPEST = 100;
const MOST_WORDS = 5_000;
/** Searches that a condition stands for: `1 of *` is as many as there are. */
const MOST_SEARCHES = 10_000;

/**
 * Reads `selection and not 1 of filter_*`. `not` binds before `and`, `and` before `or`.
 * @throws RuleError
 */
export function readCondition(text: string, searches: Searches): Expression {
  const words = wordsOf(text);
  const reader = new ConditionReader(words, searches);
  const expression = reader.read();
  return expression;
}

function wordsOf(text: string): readonly string[] {
  if (text.includes('|')) throw new RuleError('"|" in a condition is obsolete: write a correlation instead');
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  if (words.length > MOST_WORDS) throw new RuleError(`a condition of more than ${MOST_WORDS} words`);
  return words;
}

/** Of a name that is not known, while the rest is read. */
const NOTHING: Expression = { type: 'or', of: [] };

class ConditionReader {
  #place = 0;
  #depth = 0;
  #searches = 0;
  /** Names that no search has. */
  readonly #unknown = new Set<string>();

  constructor(
    private readonly words: readonly string[],
    private readonly searches: Searches,
  ) {}

  read(): Expression {
    const expression = this.#or();
    if (this.#place < this.words.length) throw new RuleError(unexpected(this.words[this.#place] ?? ''));
    throwAll([...this.#unknown].map((name) => new RuleError(unknown(name, [...this.searches.keys()]))));
    return expression;
  }

  #or(): Expression {
    const of = [this.#and()];
    while (this.#takes('or')) of.push(this.#and());
    return anyOf(of);
  }

  #and(): Expression {
    const of = [this.#not()];
    while (this.#takes('and')) of.push(this.#not());
    return allOf(of);
  }

  #not(): Expression {
    let isNot = false;
    while (this.#takes('not')) isNot = !isNot;
    const of = this.#one();
    return isNot ? { type: 'not', of } : of;
  }

  #one(): Expression {
    const word = this.words[this.#place];
    if (word === undefined) throw new RuleError('it ends where a search is expected');
    this.#place += 1;
    if (word === '(') return this.#bracket();
    if (word === ')') throw new RuleError(unexpected(word));
    if (this.words[this.#place]?.toLowerCase() === 'of') return this.#some(word.toLowerCase());
    const search = this.searches.get(word);
    if (search === undefined) this.#unknown.add(word);
    this.#count(1);
    return { type: 'search', name: word, of: search ?? NOTHING };
  }

  #count(more: number): void {
    this.#searches += more;
    if (this.#searches > MOST_SEARCHES) throw new RuleError(`a condition that stands for more than ${MOST_SEARCHES} searches`);
  }

  #bracket(): Expression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new RuleError(`more than ${DEEPEST} brackets in each other`);
    const inner = this.#or();
    if (!this.#takes(')')) throw new RuleError('")" is missing');
    this.#depth -= 1;
    return inner;
  }

  /** `1 of selection_*`, `all of them`. */
  #some(count: string): Expression {
    this.#place += 1;
    const pattern = this.words[this.#place] ?? '';
    this.#place += 1;
    if (count !== '1' && count !== 'all' && count !== 'any')
      throw new RuleError(`"${count} of" is none of "1 of", "any of" and "all of"`);
    const names = [...this.searches.keys()].filter((name) => isNamed(name, pattern));
    if (names.length === 0) throw new RuleError(nobody(pattern, [...this.searches.keys()]));
    this.#count(names.length);
    const of = names.map((name): Expression => {
      const search = this.searches.get(name);
      if (search === undefined) throw new Error(`${name} was among the names.`);
      return { type: 'search', name, of: search };
    });
    return count === 'all' ? allOf(of) : anyOf(of);
  }

  #takes(word: string): boolean {
    if (this.words[this.#place]?.toLowerCase() !== word) return false;
    this.#place += 1;
    return true;
  }
}

/** What others write, and Sigma does not. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['&&', 'and'],
  ['+', 'and'],
  ['!', 'not'],
  [',', 'or'],
]);

function unexpected(word: string): string {
  const meant = WORDS.get(word);
  const hint = meant === undefined ? 'write "and" or "or" before it' : `write "${meant}"`;
  return `"${word}" is not expected there${word === ')' ? '' : `: ${hint}`}`;
}

function unknown(name: string, searches: readonly string[]): string {
  if (name.includes('*')) return `there is no search "${name}": write "1 of ${name}" or "all of ${name}"`;
  if (name.startsWith('!')) return `there is no search "${name}": write "not ${name.slice(1)}"`;
  const meant = WORDS.get(name);
  if (meant !== undefined) return `there is no search "${name}": write "${meant}"`;
  const near = slipOf(name, searches);
  return `there is no search "${name}"${near === undefined ? '' : `: is "${near}" meant?`}`;
}

function nobody(pattern: string, searches: readonly string[]): string {
  const several = searches.some((name) => name.startsWith(pattern)) ? `: write "${pattern}*" for all that begin so` : '';
  return `no search is called "${pattern}"${pattern.includes('*') ? '' : several}`;
}

/** `them` is every search but those whose names begin with `_`. */
function isNamed(name: string, pattern: string): boolean {
  if (pattern.toLowerCase() === 'them') return !name.startsWith('_');
  const pieces = pattern.split('*');
  const [first = ''] = pieces;
  if (pieces.length === 1) return name === pattern;
  if (!name.startsWith(first)) return false;
  let place = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  const last = pieces.at(-1) ?? '';
  return name.length >= place + last.length && name.endsWith(last);
}
