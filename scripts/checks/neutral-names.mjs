/**
 * Code that serves every provider names none: not in an identifier, a comment or the name of a file. A provider is the
 * `castellan.id` of a package whose role is connector or simulator; its name belongs into these packages alone.
 * What may name one besides, and why, is neutral-names.json. Run in the root of a repository.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { markedIn } from '../packages.mjs';
import { verdict } from './verdict.mjs';

const FOLDERS = ['apps', 'packages', 'scripts', 'bench', 'test'];
/** `[{ paths, names, line?, reason }]`: a glob, ids of providers or "*", what the line must match (absent: any, and file names too). */
const LIST = 'scripts/checks/neutral-names.json';
const root = process.cwd();
const DOT = { dot: true };

/** What Git leaves alone is nobody's code. */
function ignored() {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  return picomatch(lines.map((line) => line.replace(/\/$/, '')));
}

function* filesBelow(folder, skip) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (skip(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(path, skip);
    else if (entry.isFile()) yield path;
  }
}

/**
 * The name as a word of its own, also inside of an identifier: `acme`, `acmeUser`, `startAcme`, `ACME_GROUP`, `acme-simulator`.
 * Not within another word: a provider called "entra" is not named by "central".
 */
function wordOf(id) {
  const parts = id.split(/[^a-z0-9]+/i);
  const spelled = (change) => parts.map(change).join('[-_ .]?');
  const lower = spelled((part) => part.toLowerCase());
  const capital = spelled((part) => part[0].toUpperCase() + part.slice(1).toLowerCase());
  const upper = spelled((part) => part.toUpperCase());
  const plural = 's?';
  return new RegExp(
    `(?<![A-Za-z])${lower}${plural}(?![a-z])|${capital}${plural}(?![a-z])|(?<![A-Z])${upper}${plural}(?![A-Za-z])`,
  );
}

function providers() {
  const homes = new Map();
  for (const { id, folder } of markedIn(root, 'connector', 'simulator')) homes.set(id, [...(homes.get(id) ?? []), folder]);
  return [...homes].map(([id, folders]) => ({
    id,
    word: wordOf(id),
    atHome: picomatch(
      folders.map((home) => `${home}/**`),
      DOT,
    ),
  }));
}

/** Every place that names a provider away from home. `line` 0 is the path itself. */
function* namings() {
  const known = providers();
  const skip = ignored();
  for (const folder of FOLDERS.filter((name) => readdirSync(root).includes(name))) {
    for (const path of filesBelow(folder, skip)) {
      const foreign = known.filter(({ atHome }) => path !== LIST && !atHome(path));
      const content = readFileSync(join(root, path), 'utf8');
      const lines = content.includes('\0') ? [path] : [path, ...content.split('\n')];
      for (const { id, word } of foreign) {
        for (const [line, text] of lines.entries()) if (word.test(text)) yield { id, path, line, text: text.trim() };
      }
    }
  }
}

const entries = JSON.parse(readFileSync(join(root, LIST), 'utf8')).map(({ paths, names, line, reason }) => ({
  paths,
  names,
  reason,
  used: new Set(),
  covers: picomatch(paths, DOT),
  pattern: line === undefined ? undefined : new RegExp(line),
}));

function allows({ names, covers, pattern }, { id, path, line, text }) {
  if (!covers(path) || !(names === '*' || names.includes(id))) return false;
  return pattern === undefined || (line > 0 && pattern.test(text));
}

const problems = [];
for (const naming of namings()) {
  // The first entry that allows it answers for it: one that only repeats an earlier one is found out below.
  const entry = entries.find((candidate) => allows(candidate, naming));
  entry?.used.add(naming.id);
  if (entry !== undefined) continue;
  const { id, path, line, text } = naming;
  problems.push(line === 0 ? `${path}: the path names ${id}` : `${path}:${line} names ${id}: ${text.slice(0, 120)}`);
}
for (const { paths, names, reason, used } of entries) {
  if (typeof reason !== 'string' || reason.trim() === '') problems.push(`${LIST}: the entry for ${paths} gives no reason`);
  const idle = names === '*' ? (used.size === 0 ? ['any provider'] : []) : names.filter((name) => !used.has(name));
  for (const name of idle) problems.push(`${LIST}: the entry for ${paths} allows nothing any more for ${name}: take it out`);
}
verdict(problems, `Speak of any provider ("acme", "the provider"), or allow it in ${LIST} with the reason.`);
