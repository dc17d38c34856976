import { BlockList, isIP } from 'node:net';
import { isRecord } from './random-events.js';
import {
  type Alternatives,
  encoded,
  type Pattern,
  patternOf,
  type Piece,
  withAnyDash,
  withPlaceholders,
} from './naive-values.js';

/**
 * Whether a rule matches an event, said in the plainest way and from the specification alone: the rule is walked as it was written,
 * from the beginning for each event. There is no index, and nothing is prepared.
 * @param rule what YAML says of it
 */
export function naiveMatch(rule: unknown, event: unknown): boolean {
  if (!isRecord(rule) || !isRecord(rule['detection'])) throw new Error('no detection');
  const { condition, ...searches } = rule['detection'];
  const holds = (name: string): boolean => naiveSearch(searches[name], event);
  return [condition].flat().some((text) => naiveCondition(String(text), Object.keys(searches), holds));
}

/** `or` binds least, then `and`, then `not`, then `1 of x*`. */
function naiveCondition(text: string, names: readonly string[], holds: (name: string) => boolean): boolean {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  const next = (word: string): boolean => words[0] === word && words.shift() === word;
  const any = (): boolean => {
    let is = all();
    while (next('or')) is = all() || is;
    return is;
  };
  const all = (): boolean => {
    let is = not();
    while (next('and')) is = not() && is;
    return is;
  };
  const not = (): boolean => (next('not') ? !not() : one());
  const one = (): boolean => {
    if (next('(')) {
      const is = any();
      if (!next(')')) throw new Error(`no bracket in ${text}`);
      return is;
    }
    const [word = '', of, which = ''] = words;
    if (of !== 'of') return holds(words.shift() ?? '');
    words.splice(0, 3);
    const those = names.filter((name) => (which === 'them' ? !name.startsWith('_') : isNameLike(which, name)));
    return word === '1' ? those.some(holds) : those.every(holds);
  };
  return any();
}

const isNameLike = (which: string, name: string): boolean => new RegExp(`^${which.split('*').join('.*')}$`).test(name);

/** A map is all of its lines, a list any of its items; a text is looked for in the whole event. */
function naiveSearch(search: unknown, event: unknown): boolean {
  if (Array.isArray(search)) return search.some((item) => naiveSearch(item, event));
  if (!isRecord(search)) return isSaid(search, event);
  return Object.entries(search).every(([key, value]) => naiveLine(key, value, event));
}

function isSaid(keyword: unknown, event: unknown): boolean {
  const pattern = ['many', ...patternOf(String(keyword)), 'many'] as const;
  return leavesOf(event).some((leaf) => isText(leaf) && isLike(pattern, String(leaf), false));
}

function naiveLine(key: string, value: unknown, event: unknown): boolean {
  const [field = '', ...modifiers] = key.split('|');
  const wanted = [value].flat();
  if (field === '') return wanted.every((keyword) => isSaid(keyword, event));
  const found = valuesAt(event, field.split('.'));
  const isMet = (one: unknown): boolean => isOne(found, modifiers, one, event);
  const is = modifiers.includes('all') ? wanted.every(isMet) : wanted.some(isMet);
  return modifiers.includes('neq') ? !is : is;
}

const TIMES: Readonly<Record<string, (at: Date) => number>> = {
  minute: (at) => at.getUTCMinutes(),
  hour: (at) => at.getUTCHours(),
  day: (at) => at.getUTCDate(),
  month: (at) => at.getUTCMonth() + 1,
  year: (at) => at.getUTCFullYear(),
};

/** A year has four digits; without a zone it is UTC. */
const timeIn = (text: string): Date => new Date(!/^\d{4}-/.test(text) ? Number.NaN : text.endsWith('Z') ? text : `${text}Z`);

/** Whether one value of a line is met by any value of its field. */
function isOne(values: readonly unknown[], modifiers: readonly string[], wanted: unknown, event: unknown): boolean {
  if (modifiers.includes('exists')) return values.length > 0 === (wanted === true);
  const found = flat(values);
  if (wanted === null) return found.length === 0 || found.includes(null);
  const texts = found.filter(isText).map(String);
  const time = Object.keys(TIMES).find((name) => modifiers.includes(name));
  const numbers = (time === undefined ? texts : texts.map((text) => String(TIMES[time]?.(timeIn(text))))).filter((text) =>
    /^-?\d+(\.\d+)?$/.test(text),
  );
  const to = Number(wanted);
  if (modifiers.includes('lt')) return numbers.some((one) => Number(one) < to);
  if (modifiers.includes('lte')) return numbers.some((one) => Number(one) <= to);
  if (modifiers.includes('gt')) return numbers.some((one) => Number(one) > to);
  if (modifiers.includes('gte')) return numbers.some((one) => Number(one) >= to);
  if (time !== undefined) return numbers.some((one) => Number(one) === to);
  if (modifiers.includes('cidr')) return texts.some((text) => isWithin(text, String(wanted)));
  if (modifiers.includes('re')) {
    const flags = ['i', 'm', 's'].filter((flag) => modifiers.includes(flag)).join('');
    return texts.some((text) => new RegExp(String(wanted), `u${flags}`).test(text));
  }
  const patterns = modifiers.includes('fieldref') ? referred(event, String(wanted)) : transformed(modifiers, String(wanted));
  const wide = patterns.map((pattern) => around(pattern, modifiers));
  return wide.some((pattern) => texts.some((text) => isLike(pattern, text, modifiers.includes('cased'))));
}

/** The modifiers that make other values of a value, in the order in which they stand. */
function transformed(modifiers: readonly string[], wanted: string): readonly Pattern[] {
  let values: Alternatives = modifiers.includes('expand') ? withPlaceholders(wanted) : [patternOf(wanted)];
  for (const modifier of modifiers)
    values = modifier === 'windash' ? values.flatMap(withAnyDash) : values.flatMap((value) => encoded(modifier, value));
  return values.map((value) => (Buffer.isBuffer(value) ? [...value.toString('latin1')].map((char) => ({ char })) : value));
}

function around(pattern: Pattern, modifiers: readonly string[]): Pattern {
  const isOpen = modifiers.includes('contains');
  return [
    ...(isOpen || modifiers.includes('endswith') ? (['many'] as const) : []),
    ...pattern,
    ...(isOpen || modifiers.includes('startswith') ? (['many'] as const) : []),
  ];
}

const referred = (event: unknown, field: string): readonly Pattern[] =>
  flat(valuesAt(event, field.split('.')))
    .filter(isText)
    .map((text) => [...String(text)].map((char) => ({ char })));

/** A list of nothing is nothing. */
const flat = (values: readonly unknown[]): readonly unknown[] =>
  values.flatMap((value) => (Array.isArray(value) ? (value.length === 0 ? [null] : flat(value)) : [value]));

function isWithin(text: string, range: string): boolean {
  const [from = '', bits] = range.split('/');
  const kind = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const list = new BlockList();
  list.addSubnet(from, Number(bits ?? (isIP(from) === 6 ? 128 : 32)), kind(from));
  return isIP(text) === isIP(from) && list.check(text, kind(text));
}

function isLike(pattern: readonly Piece[], text: string, isCased: boolean): boolean {
  return isLikeFrom(pattern, 0, [...text], 0, isCased);
}

function isLikeFrom(pattern: Pattern, n: number, text: readonly string[], at: number, isCased: boolean): boolean {
  const piece = pattern[n];
  if (piece === undefined) return at === text.length;
  if (piece === 'many')
    return isLikeFrom(pattern, n + 1, text, at, isCased) || (at < text.length && isLikeFrom(pattern, n, text, at + 1, isCased));
  const char = text[at];
  if (char === undefined) return false;
  const isSame = piece === 'one' || piece.char === char || (!isCased && piece.char.toLowerCase() === char.toLowerCase());
  return isSame && isLikeFrom(pattern, n + 1, text, at + 1, isCased);
}

const isText = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Names are as they are written, or else whatever their capitals, a name with dots also as one key; a list is whatever any of it is. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (!isRecord(value)) return [];
  const whole = path.join('.');
  const isAlike = (key: string): boolean => [name, whole].some((one) => one.toLowerCase() === key.toLowerCase());
  const written = Object.keys(value).filter((key) => key === name || key === whole);
  const keys = written.length > 0 ? written : Object.keys(value).filter(isAlike);
  return keys.flatMap((key) => valuesAt(value[key], key.length === name.length ? rest : []));
}

function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isRecord(value) ? Object.values(value).flatMap(leavesOf) : [value];
}
