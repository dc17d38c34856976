/** The packages of this repository, as their package.json files tell. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PARENTS = ['packages', 'apps'];

/**
 * @param root the repository
 * @returns of each package its `folder` (`packages/storage`, relative to the root) and its `manifest` (package.json)
 */
export function packagesIn(root) {
  return PARENTS.filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }));
}

/** Packages whose package.json says `"castellan": { "role": ROLE, "id": ... }`, with that id. */
export function markedIn(root, ...roles) {
  return packagesIn(root)
    .filter(({ manifest }) => roles.includes(manifest.castellan?.role))
    .map(({ folder, manifest }) => ({ folder, manifest, id: manifest.castellan.id }));
}
