/** What a value of a rule asks for, one character after another. */
export type Piece = 'many' | 'one' | { readonly char: string };
export type Pattern = readonly Piece[];
/** Any of these will do. What is encoded are bytes. */
export type Alternatives = readonly (Pattern | Buffer)[];

/** A backslash takes its meaning from `*`, from `?` and from a backslash behind it; before all else it is one. */
export function patternOf(text: string): Pattern {
  const chars = [...text];
  const pattern: Piece[] = [];
  for (let char = chars.shift(); char !== undefined; char = chars.shift()) {
    const isEscape = char === '\\' && ['*', '?', '\\'].includes(chars[0] ?? '');
    if (isEscape) pattern.push({ char: chars.shift() ?? '' });
    else if (char === '*') pattern.push('many');
    else if (char === '?') pattern.push('one');
    else pattern.push({ char });
  }
  return pattern;
}

export const PLACEHOLDERS = { few: ['a', 'b'], like: ['a*', '-b'] };

/** `%few%` is any of them; `\%` is a percent sign. */
export function withPlaceholders(text: string): Alternatives {
  const escaped = text.replaceAll('\\%', '\0');
  const found = /%(few|like)%/.exec(escaped);
  if (found === null) return [patternOf(escaped.replaceAll('\0', '%'))];
  const { few, like } = PLACEHOLDERS;
  const values = found[1] === 'few' ? few : like;
  return values.flatMap((value) => withPlaceholders(text.replace(`%${found[1] ?? ''}%`, value)));
}

const DASHES = ['-', '/', '–', '—', '―'];

/** Each sign that begins a flag is any of them. One inside a word, or at the end, begins none. */
export function withAnyDash(value: Pattern | Buffer): Alternatives {
  if (Buffer.isBuffer(value)) throw new Error('dashes come before bytes');
  let all: readonly Pattern[] = [[]];
  for (const [n, piece] of value.entries()) {
    const chars = isFlagSign(piece) && !isWordSign(value[n - 1]) && isFlagName(value[n + 1]) ? DASHES : undefined;
    all = all.flatMap((before) => (chars?.map((char) => ({ char })) ?? [piece]).map((one) => [...before, one]));
  }
  return all;
}

const isFlagSign = (piece: Piece | undefined): boolean => typeof piece === 'object' && DASHES.includes(piece.char);
const isWordSign = (piece: Piece | undefined): boolean => typeof piece === 'object' && /[\p{L}\p{N}_]/u.test(piece.char);
const isFlagName = (piece: Piece | undefined): boolean =>
  piece !== undefined && !isFlagSign(piece) && (typeof piece === 'string' || /\S/u.test(piece.char));

const bytesOf = (value: Pattern | Buffer): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(plain(value)));
const plain = (pattern: Pattern): string => pattern.map((piece) => (typeof piece === 'object' ? piece.char : '')).join('');
const textual = (text: string): Pattern => [...text].map((char) => ({ char }));

/** What a value becomes by one modifier. */
export function encoded(modifier: string, value: Pattern | Buffer): Alternatives {
  const asWide = (): Buffer => Buffer.from(Buffer.isBuffer(value) ? value.toString() : plain(value), 'utf16le');
  switch (modifier) {
    case 'wide':
    case 'utf16le':
      return [asWide()];
    case 'utf16be':
      return [asWide().swap16()];
    case 'utf16':
      return [Buffer.concat([Buffer.from([0xff, 0xfe]), asWide()])];
    case 'base64':
      return [textual(bytesOf(value).toString('base64'))];
    case 'base64offset':
      return [0, 1, 2].map((before) => textual(fixedPart(bytesOf(value), before)));
    default:
      return [value];
  }
}

/** Of what is encoded behind some other bytes, the characters of which every bit is the value's own. */
function fixedPart(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return [...text].filter((_, n) => n * 6 >= before * 8 && (n + 1) * 6 <= (before + bytes.length) * 8).join('');
}
