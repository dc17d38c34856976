import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const guide = readFileSync(join(root, 'docs/detection.md'), 'utf8');

/** A fenced block: what stands behind the dashes, and what is in it. */
export interface Block {
  readonly info: string;
  readonly text: string;
}

export const blocks: readonly Block[] = [...guide.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({
  info,
  text,
}));

export const yamlBlocks = blocks.filter(({ info }) => info.startsWith('yaml'));

/** The rows of the table with this head, as they are read: without quotes, and with the lines within a cell. */
export function tableOf(head: string): readonly (readonly string[])[] {
  return tableIn(guide, head);
}

/** The same of another guide. */
export function tableIn(text: string, head: string): readonly (readonly string[])[] {
  const [, table] = text.split(`\n| ${head} |\n`);
  if (table === undefined) throw new Error(`The guide has no table "${head}".`);
  const lines = table.split('\n').slice(1);
  const rows = lines.slice(0, lines.indexOf(''));
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(/ (?<!\\)\| /)
      .map((cell) => cell.replaceAll('\\|', '|')),
  );
}

/** First cells, which are names. */
export function namesIn(head: string): readonly string[] {
  return tableOf(head).map(([name = '']) => name.replace(/^`(.*)`$/, '$1'));
}
