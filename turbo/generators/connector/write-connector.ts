import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Answers } from './answers.js';
import { packageFiles } from './package-files.js';
import { sourceFiles } from './source-files.js';
import { testFiles } from './test-files.js';

/** Writes the package, makes host and command line depend on it, and gives it an owner. @returns the files, for the person */
export async function writeConnector(root: string, answers: Answers): Promise<readonly string[]> {
  const folder = `packages/connector-${answers.id}`;
  if (existsSync(join(root, folder))) throw new Error(`There is a ${folder} already. Choose another id, or delete the folder.`);
  const files = { ...packageFiles(answers), ...sourceFiles(answers), ...testFiles(answers) };
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  for (const app of ['host', 'cli'])
    await addDependency(join(root, 'apps', app, 'package.json'), `@castellan/connector-${answers.id}`);
  await addOwner(join(root, '.github/CODEOWNERS'), folder);
  return Object.keys(files).map((path) => `${folder}/${path}`);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

async function addDependency(file: string, name: string): Promise<void> {
  // A package.json of ours, which CI has read before us.
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const entries = Object.entries({ ...manifest.dependencies, [name]: '*' }).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  await writeFile(file, `${JSON.stringify({ ...manifest, dependencies: Object.fromEntries(entries) }, null, 2)}\n`);
}

/** Beside the line of another connector: whoever looks after connectors looks after this one. */
async function addOwner(file: string, folder: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const at = lines.findIndex((line) => line.startsWith('/packages/connector-'));
  const [, place = '', owner = ''] = /^(\S+\s+)(.*)$/.exec(lines[at] ?? '') ?? [];
  lines.splice(at + 1, 0, `${`/${folder}/`.padEnd(place.length - 1)} ${owner}`);
  await writeFile(file, lines.join('\n'));
}
