/**
 * No package of others with a licence that nobody has agreed to. licences.json says which: `shipped` for what an installation
 * brings, `toolsBesides` for what only developers install, `found` for packages that do not say it themselves.
 * `npm run licences` (`--report`) prints all of them instead, a line each: licence, package, version, shipped or tool.
 * Run in the root of a repository.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { lockedPackages } from '../locked-packages.mjs';
import { verdict } from './verdict.mjs';

const LIST = 'scripts/checks/licences.json';
const root = process.cwd();
const { shipped, toolsBesides, found } = JSON.parse(readFileSync(join(root, LIST), 'utf8'));

/** `undefined` for a licence that is fine. */
function objection(licence, allowed) {
  if (licence === undefined) return 'does not say its licence';
  try {
    return satisfies(licence, allowed) ? undefined : `has the licence ${licence}`;
  } catch {
    return `says "${licence}", which is no SPDX expression`;
  }
}

const problems = [];
const needed = new Set();
const lines = [];
for (const { name, version, licence: said, shipped: ships } of lockedPackages(root)) {
  const id = `${name}@${version}`;
  const by = found.find((entry) => entry.package === id);
  const wrong = objection(said, ships ? shipped : [...shipped, ...toolsBesides]);
  if (wrong !== undefined && by !== undefined) needed.add(by);
  else if (wrong !== undefined) problems.push(`${id} ${wrong} (${ships ? 'an installation brings it' : 'a tool'})`);
  lines.push([by?.licence ?? said ?? 'unknown', name, version, ships ? 'shipped' : 'tool'].join('\t'));
}
for (const entry of found) {
  if (!needed.has(entry)) problems.push(`${LIST}: ${entry.package} needs no entry any more: take it out`);
  else if (objection(entry.licence, shipped) !== undefined)
    problems.push(`${LIST}: ${entry.package}: ${entry.licence} is not agreed to`);
}
if (process.argv.includes('--report')) process.stdout.write(`${lines.toSorted().join('\n')}\n`);
verdict(problems, `Choose another package, or look at its licence and say in ${LIST} what may be used.`);
