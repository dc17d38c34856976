import { createHash } from 'node:crypto';

const LONGEST = 512;
const BEGINNING = 400;

/** A text as groups keep it: of a long one the beginning, and what tells it from others that begin so. */
export function keptText(text: string): string {
  if (text.length <= LONGEST) return text;
  // Half a character is no text that a database takes.
  const beginning = text.slice(0, BEGINNING).replace(/[\uD800-\uDBFF]$/, '');
  return `${beginning}… (${createHash('sha256').update(text).digest('hex').slice(0, 32)})`;
}
