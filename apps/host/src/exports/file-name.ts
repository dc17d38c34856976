import type { ExportFormat } from './export-format.js';

const MOST_CHARACTERS = 120;

/** What a file is about, as people say it: `changes of Salesforce from 2026-04-15 to`. */
export interface FileTitle {
  /** `changes of` */
  readonly about: string;
  /** What somebody has called it, at whatever length: what is too much of a name is cut here. */
  readonly label?: string;
  /** `from 2026-04-15 to`: what tells this file from others about the same. */
  readonly facts?: string;
}

/**
 * The name of a file: what it is about and its day, in characters that every system takes and no header needs to escape.
 * @param at the instant that it is about; its day is the one in UTC that ends with it
 */
export function fileName({ about, label = '', facts = '' }: FileTitle, at: Date, format: ExportFormat): string {
  // What was so at the end of a day is asked with the first instant after it.
  const day = new Date(at.getTime() - 1).toISOString().slice(0, 10);
  const room = MOST_CHARACTERS - `${about}--${facts}`.length;
  const words = [plainWords(about), plainWords(label).slice(0, room).replace(/-$/, ''), plainWords(facts)];
  return `${words.filter((part) => part !== '').join('-')}-${day}.${format}`;
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
