import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Playbook } from './playbook.js';
import { type PlaybookFile, readPlaybook } from './read-playbook.js';

/** Beside `src` and `dist`. */
const FOLDER = new URL('../playbooks/', import.meta.url);

/** With the file that it stands in. */
export interface OurPlaybook extends PlaybookFile {
  readonly playbook: Playbook;
}

/** The files that come with the product, in the order of their names. */
export async function playbookFiles(): Promise<readonly PlaybookFile[]> {
  const folder = fileURLToPath(FOLDER);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).toSorted();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, FOLDER), 'utf8') })));
}

/** @throws Error that names each mistake with its file and line */
export async function ourPlaybooks(): Promise<readonly OurPlaybook[]> {
  const read: OurPlaybook[] = [];
  const mistakes: string[] = [];
  for (const file of await playbookFiles()) {
    const came = readPlaybook(file);
    if ('playbook' in came) read.push({ ...file, playbook: came.playbook });
    else mistakes.push(`${came.problem.file}:${came.problem.line} ${came.problem.field}: ${came.problem.message}`);
  }
  if (mistakes.length > 0) throw new Error(`Playbooks that cannot be read:\n${mistakes.join('\n')}`);
  return read;
}
