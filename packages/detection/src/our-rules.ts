import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RuleFile } from './rule-book.js';

/** Beside `src` and `dist`. */
const FOLDER = new URL('../rules/', import.meta.url);

/** The rules that we have written, by provider: `acme/sessions.yml`. */
export async function ourRules(): Promise<readonly RuleFile[]> {
  return readRuleFolder(fileURLToPath(FOLDER));
}

/** All files `*.yml` and `*.yaml` of a folder, and of those in it, in the order of their names. */
export async function readRuleFolder(folder: string): Promise<readonly RuleFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .toSorted();
  return Promise.all(
    names.map(async (name) => ({ name: name.slice(folder.length).replace(/^\/+/, ''), text: await readFile(name, 'utf8') })),
  );
}
