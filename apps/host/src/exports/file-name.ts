import type { ExportFormat } from './export-format.js';

const MOST_CHARACTERS = 120;

/**
 * The name of a file: what it is about and its day, in characters that every system takes and no header needs to escape.
 * @param title as people say it: `who reaches Salesforce`
 * @param at the instant that it is about; its day is the one in UTC that ends with it
 */
export function fileName(title: string, at: Date, format: ExportFormat): string {
  // What was so at the end of a day is asked with the first instant after it.
  const day = new Date(at.getTime() - 1).toISOString().slice(0, 10);
  return `${plainWords(title).slice(0, MOST_CHARACTERS).replace(/-$/, '')}-${day}.${format}`;
}

/** `Ärzte & Pflege` is `arzte-pflege`. Empty: nothing of it is left. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
