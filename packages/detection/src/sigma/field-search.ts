import { addressRange } from './address-range.js';
import { base64, base64Offsets, utf16, windowsDashes } from './encodings.js';
import { allOf, anyOf, type Comparison, type Expression, type Matcher, type TimePart } from './expression.js';
import { checkModifiers, COMPARISONS, PARTS } from './modifier-sense.js';
import { expanded, type Placeholders } from './placeholders.js';
import { checkOwnField } from './own-fields.js';
import { REGEX_FLAGS, regexOf } from './regex.js';
import { eachOf, RuleError, together } from './rule-error.js';
import { literalOf, mapLiterals, type TextPattern, textPattern, within } from './text-pattern.js';

/** As it stands in a rule. */
export type Scalar = string | number | boolean | null;

/** What modifiers make of the values, in their order. */
interface Reading {
  /** For each value of the rule what it may be: any of these. */
  values: readonly (readonly Value[])[];
  readonly seen: Set<string>;
  open: { start?: boolean; end?: boolean };
  isAll: boolean;
  isNot: boolean;
  isCased: boolean;
  isField: boolean;
  comparison: Comparison;
  part: TimePart | undefined;
  regex: string | undefined;
  isRange: boolean;
  isExists: boolean;
}

/** A value; `isPlain`: it was encoded, and has neither wildcards nor characters of more than a byte. */
interface Value {
  readonly scalar: Scalar;
  readonly isPlain?: boolean;
}

/** Of one line: as many as the longest list that `expand` puts in; `windash` makes hundreds of one value. */
const MOST_MADE = 100_000;

function changed({ values }: Reading, change: (value: Value) => readonly Value[]): Reading['values'] {
  let left = MOST_MADE;
  return values.map((alternatives) =>
    alternatives.flatMap((value) => {
      const made = change(value);
      left -= made.length;
      if (left < 0) throw new RuleError(`modifiers that make more than ${MOST_MADE} values`);
      return made;
    }),
  );
}

type Modifier = (reading: Reading, placeholders: Placeholders) => void;

const encode =
  (change: (text: string, isBytes: boolean) => readonly string[]): Modifier =>
  (reading) => {
    reading.values = changed(reading, ({ scalar, isPlain = false }) => {
      if (typeof scalar !== 'string') throw new RuleError(`a text is needed, and this is ${JSON.stringify(scalar)}`);
      return change(scalar, isPlain).map((text) => ({ scalar: text, isPlain: true }));
    });
  };

/** Text stays text: its wildcards are read afterwards. */
const rewrite =
  (change: (text: string, placeholders: Placeholders) => readonly string[]): Modifier =>
  (reading, placeholders) => {
    reading.values = changed(reading, (value) =>
      typeof value.scalar === 'string' ? change(value.scalar, placeholders).map((scalar) => ({ ...value, scalar })) : [value],
    );
  };

const MODIFIERS: Readonly<Record<string, Modifier>> = {
  contains: (reading) => void (reading.open = { start: true, end: true }),
  startswith: (reading) => void (reading.open = { end: true }),
  endswith: (reading) => void (reading.open = { start: true }),
  all: (reading) => void (reading.isAll = true),
  neq: (reading) => void (reading.isNot = true),
  cased: (reading) => void (reading.isCased = true),
  exists: (reading) => void (reading.isExists = true),
  fieldref: (reading) => void (reading.isField = true),
  cidr: (reading) => void (reading.isRange = true),
  re: (reading) => void (reading.regex = ''),
  windash: rewrite(windowsDashes),
  expand: rewrite(expanded),
  base64: encode((text, isBytes) => [base64(text, isBytes)]),
  base64offset: encode(base64Offsets),
  utf16le: encode((text) => [utf16(text, 'le')]),
  wide: encode((text) => [utf16(text, 'le')]),
  utf16be: encode((text) => [utf16(text, 'be')]),
  utf16: encode((text) => [utf16(text, 'bom')]),
  ...Object.fromEntries(COMPARISONS.map((name): [string, Modifier] => [name, (reading) => void (reading.comparison = name)])),
  ...Object.fromEntries(PARTS.map((name): [string, Modifier] => [name, (reading) => void (reading.part = name)])),
  ...Object.fromEntries(
    Object.keys(REGEX_FLAGS).map((flag): [string, Modifier] => [flag, (reading) => addFlag(reading, flag)]),
  ),
};

function addFlag(reading: Reading, flag: string): void {
  if (reading.regex === undefined) throw new RuleError(`"${flag}" belongs behind "re"`);
  reading.regex += flag;
}

/**
 * What one line of a search asks.
 * @param key the field with its modifiers: `target.type|contains|all`; without a field the values are sought everywhere
 * @throws RuleError
 */
export function fieldSearch(key: string, values: readonly Scalar[], placeholders: Placeholders): Expression {
  const [field = '', ...names] = key.split('|');
  const { reading } = together({
    field: () => checkOwnField(field, names.includes('exists') || values.every((value) => value === null)),
    reading: () => readModifiers(names, values, placeholders),
  });
  if (reading.values.length === 0) throw new RuleError('there is no value');
  const isLike =
    field === '' ? keywordLeaves(reading) : (alternatives: readonly Value[]) => fieldLeaves(field, key, reading, alternatives);
  const joined = reading.isAll
    ? allOf(reading.values.map((alternatives) => anyOf(isLike(alternatives))))
    : anyOf(isLike(reading.values.flat()));
  return reading.isNot ? { type: 'not', of: joined } : joined;
}

function readModifiers(names: readonly string[], values: readonly Scalar[], placeholders: Placeholders): Reading {
  const reading: Reading = {
    values: values.map((scalar) => [{ scalar }]),
    seen: new Set(),
    open: {},
    isAll: false,
    isNot: false,
    isCased: false,
    isField: false,
    comparison: 'eq',
    part: undefined,
    regex: undefined,
    isRange: false,
    isExists: false,
  };
  const modifiers = eachOf(names, (name) => {
    const modifier = Object.hasOwn(MODIFIERS, name) ? MODIFIERS[name] : undefined;
    if (modifier === undefined) throw new RuleError(`there is no modifier "${name}"`);
    if (reading.seen.has(name)) throw new RuleError(`"${name}" stands there twice`);
    reading.seen.add(name);
    return modifier;
  });
  checkModifiers(names, values.length);
  for (const modify of modifiers) modify(reading, placeholders);
  return reading;
}

function fieldLeaves(field: string, key: string, reading: Reading, values: readonly Value[]): readonly Expression[] {
  const matchers = values.map((value) => ({ matcher: matcherOf(value, reading), as: `${key}: ${said(value.scalar)}` }));
  return gathered(matchers, key).map((leaf) => ({ type: 'field', field, ...leaf }));
}

interface Leaf {
  readonly matcher: Matcher;
  readonly as: string;
}

/** Many plain texts are looked up, and not held against a value one after the other. */
function gathered(leaves: readonly Leaf[], key: string): readonly Leaf[] {
  const texts = new Set<string>();
  const others = leaves.filter(({ matcher }) => {
    const text = matcher.kind === 'text' && !matcher.cased ? literalOf(matcher.pattern) : undefined;
    if (text !== undefined) texts.add(text);
    return text === undefined;
  });
  if (texts.size < 2) return leaves;
  return [{ matcher: { kind: 'one_of', texts }, as: `${key}: one of ${texts.size}` }, ...others];
}

function matcherOf({ scalar, isPlain }: Value, reading: Reading): Matcher {
  const { comparison, part, isCased: cased, regex } = reading;
  if (reading.isExists) {
    if (typeof scalar !== 'boolean') throw new RuleError(`"exists" needs true or false, and this is ${said(scalar)}`);
    return { kind: 'exists', wanted: scalar };
  }
  if (reading.isField) return reference(scalar, reading);
  if (scalar === null) return { kind: 'nothing' };
  if (part !== undefined) return { kind: 'time', part, comparison, value: partOf(numberOf(scalar, part), part, comparison) };
  if (comparison !== 'eq') return { kind: 'number', comparison, value: numberOf(scalar, comparison) };
  if (regex !== undefined) return { kind: 'regex', regex: regexOf(String(scalar), regex) };
  if (reading.isRange) return { kind: 'addresses', range: rangeOf(String(scalar)) };
  const pattern = isPlain === true && typeof scalar === 'string' ? plain(scalar) : wild(String(scalar));
  return { kind: 'text', pattern: within(cased ? pattern : mapLiterals(pattern, small), reading.open), cased };
}

const MOST_WILDCARDS = 64;
const LONGEST_WILD = 4_096;

/** A text whose wildcards are sought in time that nobody notices. */
function wild(text: string): TextPattern {
  const pattern = textPattern(text);
  const count = pattern.filter((part) => typeof part !== 'string').length;
  if (count > MOST_WILDCARDS) throw new RuleError(`a value with more than ${MOST_WILDCARDS} wildcards`);
  if (count > 0 && text.length > LONGEST_WILD)
    throw new RuleError(`a value with wildcards and more than ${LONGEST_WILD} characters`);
  return pattern;
}

const small = (text: string): string => text.toLowerCase();

const plain = (text: string): TextPattern => (text === '' ? [] : [text]);

function reference(scalar: Scalar, { open, comparison, isCased: cased }: Reading): Matcher {
  if (typeof scalar !== 'string' || scalar === '') throw new RuleError('"fieldref" needs the name of a field');
  checkOwnField(scalar);
  if (comparison !== 'eq') return { kind: 'field', field: scalar, how: comparison, cased };
  const how = open.start === true ? (open.end === true ? 'contains' : 'ends') : open.end === true ? 'starts' : 'equal';
  return { kind: 'field', field: scalar, how, cased };
}

function numberOf(scalar: string | number | boolean, modifier: string): number {
  const value = typeof scalar === 'string' && scalar.trim() !== '' ? Number(scalar) : scalar;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RuleError(`"${modifier}" needs a number, and this is ${said(scalar)}`);
}

/** What an instant has of each, from and to; of years there are any. */
const OF_INSTANT: Readonly<Partial<Record<TimePart, readonly [least: number, most: number]>>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
};

/** A value that no instant has would be met by none, or by all. `lt` may name the one behind the last. */
function partOf(value: number, part: TimePart, comparison: Comparison): number {
  const [least, most] = OF_INSTANT[part] ?? [0, Number.POSITIVE_INFINITY];
  const from = comparison === 'gt' ? least - 1 : least;
  const to = comparison === 'lt' ? most + 1 : most;
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  const range = most === Number.POSITIVE_INFINITY ? 'is a whole number' : `goes from ${least} to ${most}`;
  throw new RuleError(`"${part}" ${range}, and this is ${value}`);
}

function rangeOf(text: string) {
  const range = addressRange(text);
  if (range === undefined) throw new RuleError(`"cidr" needs a range like 10.0.0.0/8, and this is ${said(text)}`);
  return range;
}

function keywordLeaves({ seen }: Reading): (values: readonly Value[]) => readonly Expression[] {
  const odd = [...seen].find((name) => name !== 'all' && name !== 'expand');
  if (odd !== undefined) throw new RuleError(`"${odd}" needs a field`);
  return (values) =>
    values.map(({ scalar }) => {
      if (scalar === null || scalar === '') throw new RuleError('a keyword needs a text');
      const pattern = within(mapLiterals(wild(String(scalar)), small), { start: true, end: true });
      return { type: 'keyword', pattern, as: `keyword: ${said(scalar)}` };
    });
}

const MOST_SAID = 80;

/** A value in a message: short. */
export function said(scalar: Scalar): string {
  const text = JSON.stringify(scalar);
  return text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
}
