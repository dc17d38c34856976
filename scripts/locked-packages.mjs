/** The packages of others that this repository is built from and with, as package-lock.json tells: those of every platform. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'node_modules/';

/**
 * Each name and version once, sorted. `shipped`: an installation without development dependencies has it somewhere.
 * `licence` is what its package.json says, `undefined` when it says nothing that npm understands.
 */
export function lockedPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Map();
  for (const [path, { name, version, license, dev = false, optional = false, link = false }] of Object.entries(packages)) {
    if (link || !path.includes(FOLDER)) continue; // our own
    // An alias is installed under another name than its own.
    const own = name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
    const before = found.get(`${own}@${version}`);
    found.set(`${own}@${version}`, {
      name: own,
      version,
      licence: license,
      shipped: !dev || before?.shipped === true,
      optional: optional && before?.optional !== false,
    });
  }
  return [...found.values()].toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}
