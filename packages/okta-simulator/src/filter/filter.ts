import type { JsonObject } from '../json/json.js';
import { timeOf, valueAt } from '../json/json.js';

export type Predicate = (object: JsonObject) => boolean;

export interface FilterGrammar {
  /** Attributes that may be used; `profile.*` allows every profile attribute. `*` allows all but `except`. */
  readonly attributes: readonly string[];
  readonly except?: readonly string[];
  readonly operators: readonly string[];
  /** Attributes that only know equality (Okta's `filter` on users). */
  readonly equalityOnly?: readonly string[];
}

export class FilterError extends Error {}

const TOKEN = /\s*(\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+)/gy;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    tokens.push(match[1] ?? '');
    end = match.index + match[0].length;
  }
  if (text.slice(end).trim() !== '') throw new FilterError(`unexpected '${text.slice(end).trim().slice(0, 20)}'`);
  return tokens;
}

/** Parses Okta's filters: comparisons joined with `and`, `or`, `not` and parentheses. `and` binds tighter than `or`. */
export function parseFilter(text: string, grammar: FilterGrammar): Predicate {
  const parser = new FilterParser(tokensOf(text), grammar);
  return parser.parse();
}

class FilterParser {
  #next = 0;

  constructor(
    readonly tokens: readonly string[],
    readonly grammar: FilterGrammar,
  ) {}

  parse(): Predicate {
    const predicate = this.#or();
    if (this.#peek() !== undefined) throw new FilterError(`unexpected '${this.#peek() ?? ''}'`);
    return predicate;
  }

  #or(): Predicate {
    const left = this.#and();
    if (this.#peek()?.toLowerCase() !== 'or') return left;
    this.#next += 1;
    const right = this.#or();
    return (object) => left(object) || right(object);
  }

  #and(): Predicate {
    const left = this.#term();
    if (this.#peek()?.toLowerCase() !== 'and') return left;
    this.#next += 1;
    const right = this.#and();
    return (object) => left(object) && right(object);
  }

  #term(): Predicate {
    const token = this.#take();
    if (token === '(') {
      const inner = this.#or();
      if (this.#take() !== ')') throw new FilterError("missing ')'");
      return inner;
    }
    if (token.toLowerCase() === 'not') {
      const inner = this.#term();
      return (object) => !inner(object);
    }
    return this.#comparison(token);
  }

  #comparison(attribute: string): Predicate {
    this.#checkAttribute(attribute);
    const operator = this.#take().toLowerCase();
    if (!this.grammar.operators.includes(operator)) throw new FilterError(`unsupported operator '${operator}'`);
    if (operator !== 'eq' && this.grammar.equalityOnly?.includes(attribute)) {
      throw new FilterError(`'${attribute}' does not support '${operator}'`);
    }
    const path = attribute.split('.');
    if (operator === 'pr') return (object) => isPresent(valueAt(object, ...path));
    const wanted = literalOf(this.#take());
    return (object) => compare(valuesAt(object, path), operator, wanted);
  }

  #checkAttribute(attribute: string): void {
    const { attributes, except } = this.grammar;
    if (except?.includes(attribute)) throw new FilterError(`'${attribute}' can't be used`);
    if (attributes.includes('*') || attributes.includes(attribute)) return;
    if (attributes.includes('profile.*') && attribute.startsWith('profile.')) return;
    throw new FilterError(`field '${attribute}' is not supported`);
  }

  #peek(): string | undefined {
    return this.tokens[this.#next];
  }

  #take(): string {
    const token = this.tokens[this.#next];
    if (token === undefined) throw new FilterError('unexpected end');
    this.#next += 1;
    return token;
  }
}

/** Strings and dates must stand in double quotes: unquoted dates are the classic mistake, and Okta refuses them. */
function literalOf(token: string): string | number | boolean {
  if (token.startsWith('"')) return token.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  if (token === 'true' || token === 'false') return token === 'true';
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  throw new FilterError(`'${token}' is not quoted`);
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function valuesAt(object: JsonObject, path: readonly string[]): readonly unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [object];
  const value = object[head];
  const inner = Array.isArray(value) ? value : [value];
  if (rest.length === 0) return inner;
  return inner.flatMap((one) => (typeof one === 'object' && one !== null ? valuesAt(one, rest) : []));
}

function compare(values: readonly unknown[], operator: string, wanted: string | number | boolean): boolean {
  if (operator === 'ne') return values.every((value) => !equal(value, wanted));
  return values.some((value) => compareOne(value, operator, wanted));
}

const equal = (value: unknown, wanted: string | number | boolean): boolean =>
  typeof value === 'string' && typeof wanted === 'string' ? value.toLowerCase() === wanted.toLowerCase() : value === wanted;

function compareOne(value: unknown, operator: string, wanted: string | number | boolean): boolean {
  if (operator === 'eq') return equal(value, wanted);
  if (typeof value === 'string' && typeof wanted === 'string') {
    const [text, part] = [value.toLowerCase(), wanted.toLowerCase()];
    if (operator === 'sw') return text.startsWith(part);
    if (operator === 'ew') return text.endsWith(part);
    if (operator === 'co') return text.includes(part);
    // Times as Okta writes nearly all of them order as their texts do: a filter by date looks at every user of the org.
    if (isPlainTime(value) && isPlainTime(wanted)) return ordered(value, operator, wanted);
    const [left, right] = [timeOf(value), timeOf(wanted)];
    return left !== undefined && right !== undefined ? ordered(left, operator, right) : ordered(text, operator, part);
  }
  return typeof value === 'number' && typeof wanted === 'number' && ordered(value, operator, wanted);
}

const isPlainTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);

function ordered<T extends string | number>(left: T, operator: string, right: T): boolean {
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  if (operator === 'lt') return left < right;
  return operator === 'le' && left <= right;
}
