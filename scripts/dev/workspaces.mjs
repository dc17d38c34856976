import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages and applications of the repository, by name:
 * `{ name, folder, role, id, needs: [names of ours that it needs at run time], others: [names from elsewhere], compiler }`.
 */
export function readWorkspaces(root) {
  const folders = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
  const manifests = folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => [folder, read(folder)]);
  const ours = new Set(manifests.map(([, { name }]) => name));
  const workspaces = manifests.map(([folder, { name, castellan = {}, dependencies = {} }]) => {
    const names = Object.keys(dependencies);
    return {
      name,
      folder,
      role: castellan.role,
      id: castellan.id,
      needs: names.filter((needed) => ours.has(needed)),
      others: names.filter((needed) => !ours.has(needed)),
      compiler: compilerOf(root, folder),
    };
  });
  return new Map(workspaces.map((workspace) => [workspace.name, workspace]));
}

/** A package and all that it needs, what is needed first. */
export function closure(workspaces, name, found = new Set()) {
  for (const needed of workspaces.get(name).needs) if (!found.has(workspaces.get(needed))) closure(workspaces, needed, found);
  return found.add(workspaces.get(name));
}

/** The packages that need one of these, by name, and these: what is needed first. */
export function dependents(workspaces, names) {
  const inOrder = new Set([...workspaces.keys()].flatMap((name) => [...closure(workspaces, name)]));
  return [...inOrder].filter((workspace) => [...closure(workspaces, workspace.name)].some((needed) => names.has(needed.name)));
}

function read(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** What of the compiler's options says how code comes out. `undefined`: it is not built by the compiler, but by a tool of its own. */
function compilerOf(root, folder) {
  const file = join(folder, 'tsconfig.build.json');
  if (!existsSync(file)) return undefined;
  const own = JSON.parse(readFileSync(file, 'utf8')).compilerOptions;
  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')).compilerOptions;
  return { ...base, ...own };
}
