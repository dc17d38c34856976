import { RuleError } from './rule-error.js';

/** Of keys that nobody reads so many are looked at: with more of them it is somebody else's format, and no slips. */
export const MOST_UNKNOWN = 100;
/** A name with more characters is no slip. */
const LONGEST = 64;
/** Of a name so much may be different. */
const LIKE = 0.4;

/**
 * The name that is meant by one that there is not; `undefined`: it is like none.
 * @param plain what of a name is compared
 */
export function nearestName(
  name: string,
  names: Iterable<string>,
  plain: (name: string) => string = plainName,
): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = plain(name);
  let least = Math.ceil(wanted.length * LIKE);
  let found: string | undefined;
  for (const one of names) {
    const other = plain(one);
    if (other === wanted) return one;
    if (Math.abs(other.length - wanted.length) >= least) continue;
    const far = distance(wanted, other, least);
    if (far < least) [least, found] = [far, one];
  }
  return found;
}

/** From so many characters on two of them may be slips. */
const LONG = 8;
/** With so few characters any other word is near. */
const SHORT = 3;

/**
 * The name of which another one is a slip, and hardly a word of its own: it differs in capitals, in what stands between its words,
 * in an `s` at its end, or in a character; of a long one in two.
 */
export function slipOf(name: string, names: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = plainName(name);
  for (const one of names) {
    const other = plainName(one);
    if (singular(wanted) === singular(other)) return one;
    const least = Math.min(wanted.length, other.length);
    const most = least <= SHORT ? 0 : least < LONG ? 1 : 2;
    if (most === 0 || Math.abs(other.length - wanted.length) > most) continue;
    if (distance(wanted, other, most) <= most) return one;
  }
  return undefined;
}

/** Between two of its dots a name with fewer characters is near to many that mean something else. */
const LEAST_OF_PART = 4;

/**
 * The path of which another one is a slip: each part between its dots is that of the other one, or differs from it in one character
 * or in what stands between its words.
 * @param words parts that mean something by themselves, in small letters: `deactivate` is no slip of `reactivate`
 */
export function slipOfPath(path: string, paths: Iterable<string>, words: ReadonlySet<string>): string | undefined {
  const parts = path.toLowerCase().split('.');
  if (parts.some((part) => part.length > LONGEST)) return undefined;
  for (const one of paths) {
    const others = one.toLowerCase().split('.');
    if (others.length === parts.length && parts.every((part, n) => isSlipOfPart(part, others[n] ?? '', words))) return one;
  }
  return undefined;
}

function isSlipOfPart(part: string, other: string, words: ReadonlySet<string>): boolean {
  if (part === other) return true;
  if (words.has(part)) return false;
  const [wanted, meant] = [plainName(part), plainName(other)];
  if (wanted === meant) return true;
  return Math.min(wanted.length, meant.length) >= LEAST_OF_PART && distance(wanted, meant, 1) <= 1;
}

/** A key that is nearly one of those that are read, where others may have keys of their own. @throws RuleError */
export function checkSlip(key: string, known: readonly string[]): void {
  if (known.includes(key)) return;
  const near = nearKey(key, known);
  if (near !== undefined) throw new RuleError(`there is no "${key}": is "${near}" meant?`, [key]);
}

/** A key that is none of those that there are. @throws RuleError */
export function checkKey(key: string, known: readonly string[]): void {
  if (known.includes(key)) return;
  const near = nearKey(key, known);
  const hint = near === undefined ? `known are ${known.join(', ')}` : `is "${near}" meant?`;
  throw new RuleError(`there is no "${key}": ${hint}`, [key]);
}

/** Where nothing but these can stand. */
export const nearKey = (key: string, known: readonly string[]): string | undefined =>
  slipOf(key, known) ?? nearestName(key, known);

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[_\s-]/g, '');

const singular = (plain: string): string => plain.replace(/s$/, '');

/**
 * How many characters one has to put in, take out, change, or swap with the next (Damerau and Levenshtein).
 * @param most what is more is not counted
 */
function distance(one: string, other: string, most: number): number {
  const width = other.length + 1;
  let [before, row, next] = [new Uint8Array(width), Uint8Array.from({ length: width }, (_, n) => n), new Uint8Array(width)];
  for (let n = 0; n < one.length; n += 1) {
    next[0] = n + 1;
    let least = n + 1;
    for (let m = 0; m < other.length; m += 1) {
      let far = (row[m] ?? 0) + (one[n] === other[m] ? 0 : 1);
      if (m > 0 && one[n] === other[m - 1] && one[n - 1] === other[m]) far = Math.min(far, (before[m - 1] ?? 0) + 1);
      far = Math.min(far, (row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1);
      next[m + 1] = far;
      least = Math.min(least, far);
    }
    if (least > most) return least;
    [before, row, next] = [row, next, before];
  }
  return row[other.length] ?? 0;
}
