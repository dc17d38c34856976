import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
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
  const names = (await filesIn(folder)).filter((name) => RULES.test(name));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

const RULES = /\.ya?ml$/i;
/** What people write for people, and what begins with a dot, as programs have it. */
const NO_RULES =
  /(?:^|\/)(?:\.|node_modules\/|(?:readme|licen[cs]e|notice|changelog|contributing|codeowners)\b)|\.(?:md|markdown|rst|adoc)$/i;

/** Files of such a folder that are not read, and may have been meant to be. */
export async function otherFiles(folder: string): Promise<readonly string[]> {
  return (await filesIn(folder)).filter((name) => !RULES.test(name) && !NO_RULES.test(name));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .toSorted();
}
