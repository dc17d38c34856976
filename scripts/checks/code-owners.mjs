/**
 * Every package has somebody who looks at its changes: a line of its own in .github/CODEOWNERS. GitHub skips a line that it
 * cannot read without a word, so the lines are looked at, too. Run in the root of a repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesIn } from '../packages.mjs';
import { verdict } from './verdict.mjs';

const FILE = '.github/CODEOWNERS';
const OWNER = /^@[a-z\d][a-z\d-]*(\/[a-z\d][\w.-]*)?$|^[^\s@]+@[^\s@]+$/i;
const root = process.cwd();

const rules = readFileSync(join(root, FILE), 'utf8')
  .split('\n')
  .map((text, index) => ({ line: index + 1, words: text.replace(/#.*/, '').trim().split(/\s+/).filter(Boolean) }))
  .filter(({ words }) => words.length > 0);

const problems = [];
for (const { line, words } of rules) {
  const [path, ...owners] = words;
  if (owners.length === 0) problems.push(`${FILE}:${line}: ${path} has no owner`);
  for (const owner of owners.filter((name) => !OWNER.test(name)))
    problems.push(`${FILE}:${line}: "${owner}" is nobody: @person, @team/name or an address`);
  if (path !== '*' && (!path.startsWith('/') || !existsSync(join(root, path))))
    problems.push(`${FILE}:${line}: there is no ${path} (paths begin with /)`);
}
const owned = new Set(rules.map(({ words }) => words[0]));
for (const { folder } of packagesIn(root)) if (!owned.has(`/${folder}/`)) problems.push(`${FILE}: no line for /${folder}/`);
verdict(problems, 'Say who looks at changes there.');
