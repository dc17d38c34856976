/** A text of a rule, taken apart where it says "anything": `*` any characters, `?` one. */
export type TextPart = string | typeof ANY_TEXT | typeof ANY_CHARACTER;
export const ANY_TEXT = Symbol('*');
export const ANY_CHARACTER = Symbol('?');

export type TextPattern = readonly TextPart[];

/**
 * Reads the wildcards of a value. A backslash takes its meaning from `*`, `?` and from another backslash; before anything else it
 * is itself, so that `C:\Windows` needs none.
 * @see https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html#escaping
 */
export function textPattern(value: string): TextPattern {
  const parts: TextPart[] = [];
  let literal = '';
  const put = (part: TextPart): void => {
    if (literal !== '') parts.push(literal);
    literal = '';
    // Two beside each other say no more than one, and would make a search slower.
    if (part !== ANY_TEXT || parts.at(-1) !== ANY_TEXT) parts.push(part);
  };
  for (let n = 0; n < value.length; n += 1) {
    const character = value.charAt(n);
    const next = value.charAt(n + 1);
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next;
      n += 1;
    } else if (character === '*') put(ANY_TEXT);
    else if (character === '?') put(ANY_CHARACTER);
    else literal += character;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** With anything before it, behind it, or both. */
export function within(pattern: TextPattern, open: { readonly start?: boolean; readonly end?: boolean }): TextPattern {
  const start: TextPattern = open.start === true && pattern[0] !== ANY_TEXT ? [ANY_TEXT] : [];
  const end: TextPattern = open.end === true && pattern.at(-1) !== ANY_TEXT ? [ANY_TEXT] : [];
  return [...start, ...pattern, ...end];
}

/** The text, where it has no wildcards. */
export function literalOf(pattern: TextPattern): string | undefined {
  if (pattern.length === 0) return '';
  const [only] = pattern;
  return pattern.length === 1 && typeof only === 'string' ? only : undefined;
}

/** The same with each literal changed. */
export function mapLiterals(pattern: TextPattern, change: (text: string) => string): TextPattern {
  return pattern.map((part): TextPart => (typeof part === 'string' ? change(part) : part));
}

/** Of a search for what is longer each character is looked at many times, as is one for what has gaps. */
const LONG = 400;
const MOST_STEPS = 1_000_000;

/** Of so many characters a pattern is sought: with more of them it could take long of what was written to be slow. */
export function roomOf(pattern: TextPattern): number {
  const literals = pattern.filter((part) => typeof part === 'string');
  if (literalOf(pattern) !== undefined) return Number.POSITIVE_INFINITY;
  if (pattern.includes(ANY_CHARACTER)) return Math.ceil(MOST_STEPS / (1 + literals.length));
  return literals.some(({ length }) => length > LONG) ? MOST_STEPS / 60 : Number.POSITIVE_INFINITY;
}

/** Whether a text is what a pattern says. Both are in small letters where capitals do not matter. */
export type TextTest = (text: string) => boolean;

export function textTest(pattern: TextPattern): TextTest {
  const literal = literalOf(pattern);
  if (literal !== undefined) return (text) => text === literal;
  const test = segmentTest(pattern);
  if (!pattern.includes(ANY_CHARACTER)) return test;
  // What JavaScript counts as two may be one character, as 😀 is.
  const evenTest = segmentTest(
    mapLiterals(pattern, even).flatMap((part): TextPattern => (part === ANY_CHARACTER ? [part, part] : [part])),
  );
  return (text) => (/[\uD800-\uDBFF]/.test(text) ? evenTest(even(text)) : test(text));
}

/** Of a text every character as two units: what is one alone has behind it what is no character. */
const even = (text: string): string => text.replaceAll(/[\0-\uFFFF]/gu, '$&\uFFFF');

function segmentTest(pattern: TextPattern): TextTest {
  const segments = segmentsOf(pattern);
  const [first] = segments;
  const last = segments.at(-1);
  if (segments.length === 1 && first !== undefined) return (text) => text.length === first.length && fits(first, text, 0);
  if (first === undefined || last === undefined) return () => true;
  const middle = segments.slice(1, -1);
  const least = segments.reduce((sum, { length }) => sum + length, 0);
  return (text) => {
    if (text.length < least || !fits(first, text, 0) || !fits(last, text, text.length - last.length)) return false;
    const end = text.length - last.length;
    let place = first.length;
    // The first place at which a segment fits is as good as any later one.
    for (const segment of middle) {
      const found = find(segment, text, place, end);
      if (found === -1) return false;
      place = found + segment.length;
    }
    return place <= end;
  };
}

/** What lies between two `*`: literals, and places at which any character may be. */
interface Segment {
  readonly length: number;
  /** The whole, where there is no `?` in it. */
  readonly literal: string | undefined;
  readonly pieces: readonly { readonly at: number; readonly text: string }[];
}

function segmentsOf(pattern: TextPattern): readonly Segment[] {
  const segments: TextPart[][] = [[]];
  for (const part of pattern) {
    if (part === ANY_TEXT) segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments.map(segmentOf);
}

function segmentOf(parts: readonly TextPart[]): Segment {
  const pieces: { readonly at: number; readonly text: string }[] = [];
  let length = 0;
  for (const part of parts) {
    if (typeof part === 'string') pieces.push({ at: length, text: part });
    length += typeof part === 'string' ? part.length : 1;
  }
  const texts = pieces.map(({ text }) => text).join('');
  return { length, literal: texts.length === length ? texts : undefined, pieces };
}

function fits({ pieces }: Segment, text: string, place: number): boolean {
  for (const piece of pieces) if (!text.startsWith(piece.text, place + piece.at)) return false;
  return true;
}

/** The first place at or behind `from` at which a segment fits before `end`. */
function find(segment: Segment, text: string, from: number, end: number): number {
  if (segment.literal !== undefined) {
    const found = text.indexOf(segment.literal, from);
    return found === -1 || found + segment.length > end ? -1 : found;
  }
  for (let place = from; place + segment.length <= end; place += 1) if (fits(segment, text, place)) return place;
  return -1;
}
