import { issue, type Parsed } from './field.js';

export interface TextListBounds {
  readonly maxItems: number;
  /** In characters. */
  readonly maxLength: number;
}

/**
 * Reads a list of texts. A text box sends one text, whose line breaks and commas part the entries; the entries of a list are
 * taken as they are, so that one may hold a comma. Blanks around an entry, empty entries and repetitions fall away.
 */
export function parseTextList(value: unknown, { maxItems, maxLength }: TextListBounds): Parsed {
  const given: readonly unknown[] = typeof value === 'string' ? value.split(/[\r\n,]/) : Array.isArray(value) ? value : [value];
  if (!given.every((entry) => typeof entry === 'string'))
    return issue('Must be a list of texts, or one text with a line for each.');
  const entries = given.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const kept = [...new Set(entries)];
  if (kept.length > maxItems) return issue(`Must have at most ${maxItems} entries, not ${kept.length}.`);
  const long = kept.findIndex((entry) => entry.length > maxLength);
  if (long >= 0) return issue(`Entry ${long + 1} is longer than ${maxLength} characters.`);
  // Control characters and halves of a character come from a copying accident, and no database keeps them.
  const odd = kept.findIndex((entry) => /[\p{Cc}\p{Cs}]/u.test(entry));
  if (odd >= 0) return issue(`Entry ${odd + 1} holds a character that is not text.`);
  const repeated = entries.length - kept.length;
  const list = Object.freeze(kept);
  if (repeated === 0) return { value: list };
  const what = repeated === 1 ? 'One entry was' : `${repeated} entries were`;
  return { value: list, hints: [{ field: '', message: `${what} in the list already and left out.` }] };
}
