import type { RE2JS } from 're2js';
import type { Comparison, Expression, Matcher, TimePart } from './expression.js';
import { EventReader, type Texts } from './event-reader.js';
import { asText, type Field, MOST_TEXT } from './field.js';
import { cheapFirst, questionOf } from './questions.js';
import { someValue } from './some-value.js';
import { roomOf, type TextPattern, textTest, type TextTest } from './text-pattern.js';

/** Whether an event is what a rule asks for. It never throws, whatever the event is. */
export type Predicate = (event: unknown) => boolean;

/** Characters of a value that a regular expression looks at, which takes longer for each than others. */
const MOST_SEARCHED = 4_096;
/** Of all values of a field together: characters, each as often as the expression has steps. */
const MOST_STEPS = 2_000_000;
/** Values of each of two fields that are held against each other. */
const MOST_COMPARED = 16;
/** Where one is sought in the other: characters of each, of all of them together, the ones as often as there are others. */
const MOST_SOUGHT = 100_000_000;
/** Of an event, for keywords. */
const MOST_CHARACTERS = 1_000_000;

/** @param reader of those whose events come together with those of others */
export function predicateOf(expression: Expression, reader: EventReader = new EventReader()): Predicate {
  switch (expression.type) {
    case 'and':
      return every(cheapFirst(expression.of).map((one) => predicateOf(one, reader)));
    case 'or':
      return some(cheapFirst(expression.of).map((one) => predicateOf(one, reader)));
    case 'not': {
      const inner = predicateOf(expression.of, reader);
      return (event) => !inner(event);
    }
    case 'search':
      return predicateOf(expression.of, reader);
    case 'field': {
      const { field, matcher } = expression;
      return reader.answer(questionOf(field, matcher), () => fieldPredicate(reader, field, matcher));
    }
    case 'keyword': {
      const test = textTest(expression.pattern);
      const most = Math.min(MOST_CHARACTERS, roomOf(expression.pattern));
      return (event) => anywhere(event, test, most);
    }
  }
}

function every(of: readonly Predicate[]): Predicate {
  const [first, second] = of;
  if (of.length === 2 && first !== undefined && second !== undefined) return (event) => first(event) && second(event);
  return (event) => {
    for (const one of of) if (!one(event)) return false;
    return true;
  };
}

function some(of: readonly Predicate[]): Predicate {
  return (event) => {
    for (const one of of) if (one(event)) return true;
    return false;
  };
}

function fieldPredicate(reader: EventReader, name: string, matcher: Matcher): Predicate {
  const field = reader.field(name);
  if (matcher.kind === 'nothing') return (event) => isNothing(field, event);
  if (matcher.kind === 'exists') return (event) => field.some(event, () => true) === matcher.wanted;
  if (matcher.kind === 'field') return referencePredicate(field, reader.field(matcher.field), matcher);
  if (matcher.kind === 'one_of')
    return anyOfTexts(
      (event) => field.small(event),
      (text) => matcher.texts.has(text),
    );
  if (matcher.kind === 'text') {
    const texts: Texts = matcher.cased ? (event) => field.cut(event) : (event) => field.small(event);
    return patternTest(texts, matcher.pattern);
  }
  if (matcher.kind === 'regex') return regexTest(field, matcher.regex);
  const test = valueTest(matcher);
  return (event) => field.some(event, test);
}

/** It is not there, or it is `null`; of a list any of it is. */
function isNothing(field: Field, event: unknown): boolean {
  let isThere = false;
  const isNull = field.some(event, (value) => {
    isThere = true;
    return value === null || value === undefined;
  });
  return isNull || !isThere;
}

type ValueMatcher = Exclude<Matcher, { readonly kind: 'nothing' | 'exists' | 'field' | 'one_of' | 'regex' | 'text' }>;

function anyOfTexts(texts: Texts, test: TextTest): Predicate {
  return (event) => {
    for (const text of texts(event)) if (test(text)) return true;
    return false;
  };
}

function patternTest(texts: Texts, pattern: TextPattern): Predicate {
  const test = textTest(pattern);
  const room = roomOf(pattern);
  if (room === Number.POSITIVE_INFINITY) return anyOfTexts(texts, test);
  return (event) => {
    let left = room;
    for (const text of texts(event)) {
      if (left <= 0) return false;
      if (test(text.length > left ? text.slice(0, left) : text)) return true;
      left -= text.length;
    }
    return false;
  };
}

/** Of one value; an object and `null` are nothing that a text, a number or an address could be. */
function valueTest(matcher: ValueMatcher): (value: unknown) => boolean {
  switch (matcher.kind) {
    case 'number': {
      const { comparison, value: limit } = matcher;
      return (value) => compares(numberOf(value), comparison, limit);
    }
    case 'time': {
      const { part, comparison, value: limit } = matcher;
      return ofText((text) => compares(timePart(text, part), comparison, limit));
    }
    case 'addresses':
      return ofText(matcher.range);
  }
}

function ofText(test: (text: string) => boolean): (value: unknown) => boolean {
  return (value) => {
    const text = asText(value);
    return text !== undefined && test(text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text);
  };
}

/** In time that nobody notices, however many values there are. */
function regexTest(field: Field, regex: RE2JS): Predicate {
  const most = Math.floor(MOST_STEPS / regex.programSize());
  return (event) => {
    let left = most;
    return field.some(event, (value) => {
      const text = asText(value);
      if (text === undefined || left <= 0) return false;
      const looked = text.slice(0, Math.min(MOST_SEARCHED, left));
      left -= Math.max(1, looked.length);
      return regex.matcher(looked).find();
    });
  };
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** What is no number compares with nothing. */
function compares(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case 'lt':
      return value < limit;
    case 'lte':
      return value <= limit;
    case 'gt':
      return value > limit;
    case 'gte':
      return value >= limit;
    case 'eq':
      return value === limit;
  }
}

const DAY_MS = 86_400_000;

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** ISO 8601. Where no zone is said it is UTC, and not where this runs; what JavaScript takes for a time beside that ("1") is none. */
function timeOf(text: string): Date {
  const found = TIME.exec(text);
  if (found === null) return new Date(Number.NaN);
  return new Date(found[1] === undefined && text.length > '2026-11-27'.length ? `${text}Z` : text);
}

function timePart(text: string, part: TimePart): number {
  const at = timeOf(text);
  switch (part) {
    case 'minute':
      return at.getUTCMinutes();
    case 'hour':
      return at.getUTCHours();
    case 'day':
      return at.getUTCDate();
    case 'month':
      return at.getUTCMonth() + 1;
    case 'year':
      return at.getUTCFullYear();
    case 'week':
      return isoWeek(at);
  }
}

/** The week of ISO 8601: that of the year which its Thursday is in. */
function isoWeek(at: Date): number {
  const thursday = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 3 - ((at.getUTCDay() + 6) % 7));
  return 1 + Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / (7 * DAY_MS));
}

function referencePredicate(field: Field, other: Field, { how, cased }: Extract<Matcher, { kind: 'field' }>): Predicate {
  let sought = 0;
  const compare = (one: unknown, two: unknown): boolean => {
    if (how === 'lt' || how === 'lte' || how === 'gt' || how === 'gte') return compares(numberOf(one), how, numberOf(two));
    const [text, part] = [folded(one, cased), folded(two, cased)];
    if (text === undefined || part === undefined) return false;
    if (how === 'equal') return text === part;
    if (how === 'starts') return text.startsWith(part);
    if (how === 'ends') return text.endsWith(part);
    sought += text.length * part.length;
    return sought <= MOST_SOUGHT && text.includes(part);
  };
  return (event) => {
    sought = 0;
    let left = MOST_COMPARED;
    return field.some(event, (one) => {
      left -= 1;
      let others = MOST_COMPARED;
      return left >= 0 && other.some(event, (two) => (others -= 1) >= 0 && compare(one, two));
    });
  };
}

function folded(value: unknown, cased: boolean): string | undefined {
  const text = asText(value)?.slice(0, MOST_TEXT);
  return cased ? text : text?.toLowerCase();
}

/** In any value, however deep; keys are no values. */
function anywhere(event: unknown, test: TextTest, most: number): boolean {
  let left = most;
  return someValue(event, (value) => {
    const text = left > 0 ? asText(value)?.slice(0, MOST_TEXT) : undefined;
    left -= text?.length ?? 0;
    return text !== undefined && test(text.toLowerCase());
  });
}
