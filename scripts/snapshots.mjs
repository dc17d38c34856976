/**
 * `npm run snapshots`: writes what `castellan spec ID` prints of each connector beside it, so that a change of what people and
 * products see shows in the review: form.json the form, capabilities.json everything else. Of the connectors of the folder where it runs.
 * Says of each file whether it has changed.
 * `--check` writes nothing and fails when a file is not what the command prints; it builds nothing, either.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdict } from './checks/verdict.mjs';
import { markedIn } from './packages.mjs';
import { install, root, turbo } from './workspace.mjs';

/** Of one connector: the content of each of its files. */
function printed(id) {
  const command = [join(root, 'apps/cli/bin/castellan.js'), 'spec', id];
  // The last line for people says what there is; only when it fails it is of interest.
  const { form, ...capabilities } = JSON.parse(execFileSync(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] }));
  const text = (value) => `${JSON.stringify(value, null, 2)}\n`;
  return { 'form.json': text(form), 'capabilities.json': text(capabilities) };
}

/** Where two texts part, for people. */
function firstDifference(stored, wanted) {
  const [old, now] = [stored.split('\n'), wanted.split('\n')];
  const at = now.findIndex((line, index) => line !== old[index]);
  return at < 0 ? `line ${now.length}: more than there should be` : `line ${at + 1}: ${old[at] ?? ''} -> ${now[at]}`;
}

function write(path, stored, wanted) {
  if (stored !== wanted) writeFileSync(path, wanted);
  process.stderr.write(`${path}: ${stored === wanted ? 'unchanged' : 'written'}\n`);
}

const check = process.argv.includes('--check');
if (!check) {
  install();
  turbo('build');
}
const problems = [];
for (const { id, folder } of markedIn(process.cwd(), 'connector')) {
  let files = {};
  try {
    files = printed(id);
  } catch (error) {
    problems.push(
      `${folder}: castellan spec ${id} has failed (is it a dependency of apps/cli?): ${error.stderr ?? error.message}`,
    );
  }
  for (const [name, wanted] of Object.entries(files)) {
    const path = join(folder, name);
    const stored = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (!check) write(path, stored, wanted);
    else if (stored === undefined) problems.push(`${path}: missing`);
    else if (stored !== wanted) problems.push(`${path}: ${firstDifference(stored, wanted)}`);
  }
}
verdict(problems, 'Run `npm run snapshots`, look at what has changed for people and products, and commit it.');
