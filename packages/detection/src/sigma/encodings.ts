import { RuleError } from './rule-error.js';

/** UTF-16 as bytes, each as one character: how it stands in a text that was not decoded. */
export function utf16(text: string, order: 'le' | 'be' | 'bom'): string {
  const bytes = Buffer.from(order === 'bom' ? `\uFEFF${text}` : text, 'utf16le');
  return (order === 'be' ? bytes.swap16() : bytes).toString('latin1');
}

/** @param isBytes each character is a byte already */
export function base64(text: string, isBytes: boolean): string {
  return Buffer.from(text, isBytes ? 'latin1' : 'utf8').toString('base64');
}

/** First and last characters that what stands beside a text would change, by how far into three bytes it begins, and ends. */
const SKIPPED = [0, 2, 3] as const;
const CUT = [0, 3, 2] as const;

/** What is the same of a text in base64 whatever stands before and behind it: one for each place in three bytes. */
export function base64Offsets(text: string, isBytes: boolean): readonly string[] {
  const bytes = Buffer.from(text, isBytes ? 'latin1' : 'utf8');
  return SKIPPED.map((skipped, offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return whole.slice(skipped, whole.length - (CUT[(bytes.length + offset) % 3] ?? 0));
  });
}

const DASHES = ['-', '/', '–', '—', '―'] as const;
const MOST_FLAGS = 4;

/** A command line with each of the signs that Windows takes for the beginning of a flag. */
export function windowsDashes(text: string): readonly string[] {
  // Only where a flag may begin, behind whatever is no word (`"-c"`, `=-c`): `a-b` and a path are left as they are.
  const pieces = text.split(/(?<![\p{L}\p{N}_])[-/–—―](?=[^\s\-/–—―])/u);
  if (pieces.length - 1 > MOST_FLAGS) throw new RuleError(`"windash" with more than ${MOST_FLAGS} flags in one value`);
  return pieces
    .slice(1)
    .reduce<readonly string[]>(
      (texts, piece) => texts.flatMap((before) => DASHES.map((dash) => `${before}${dash}${piece}`)),
      [pieces[0] ?? ''],
    );
}
