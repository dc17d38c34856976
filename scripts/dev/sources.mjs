import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Tree } from './tree.mjs';

/** An editor saves in several steps, and a formatter or a checkout many files: they are one change. */
const QUIET_MS = 20;

/** The sources of packages while people work on them. */
export class Sources {
  /** Of each `src`, whose it is. */
  #owners;
  #trees = [];
  #touched = new Set();
  #wake = () => undefined;
  #closed = false;

  constructor(workspaces) {
    this.#owners = new Map(workspaces.map((workspace) => [join(realpathSync(workspace.folder), 'src'), workspace]));
  }

  /** @param onManifest called with a package.json that was changed or made: what they say is read at the start only */
  watch(onManifest) {
    const parents = new Set([...this.#owners.keys()].map((source) => dirname(dirname(source))));
    for (const parent of parents) this.#trees.push(new Tree(parent, (path) => this.#see(path, onManifest)));
  }

  /**
   * What has been changed since the last call, as soon as there is something: `[{ workspace, file }]`. What is saved while the
   * last change is at work waits here. By path, and not by what has happened to it: an editor that renames a new file over the
   * old one, deletes first or writes twice has changed one file all the same.
   * @returns `undefined` after `close`
   */
  async next() {
    while (this.#touched.size === 0 && !this.#closed) await new Promise((resolve) => (this.#wake = resolve));
    for (let seen = 0; seen !== this.#touched.size && !this.#closed; ) {
      seen = this.#touched.size;
      await sleep(QUIET_MS);
    }
    if (this.#closed) return undefined;
    const files = [...this.#touched];
    this.#touched.clear();
    return files.map((file) => ({ file, workspace: this.#ownerOf(file) }));
  }

  close() {
    this.#closed = true;
    this.#wake();
    for (const tree of this.#trees) tree.close();
  }

  #see(path, onManifest) {
    const source = this.#sourceFolderOf(path);
    if (source === undefined) {
      if (basename(path) === 'package.json') onManifest(path);
      return;
    }
    const found = path.endsWith('.ts') ? [path] : builtOf(path, source);
    for (const file of found.filter(isSource)) this.#touched.add(file);
    this.#wake();
  }

  #sourceFolderOf(path) {
    return [...this.#owners.keys()].find((source) => path === source || path.startsWith(`${source}${sep}`));
  }

  #ownerOf(file) {
    return this.#owners.get(this.#sourceFolderOf(file));
  }
}

/** Of a folder that is gone as a whole: the sources that were in it, by what was built of them. */
function builtOf(folder, source) {
  const dist = join(dirname(source), 'dist');
  const place = join(dist, relative(source, folder));
  const names = existsSync(place) && !existsSync(folder) ? readdirSync(place, { recursive: true }) : [];
  return names.filter((name) => name.endsWith('.js')).map((name) => join(folder, name.replace(/\.js$/, '.ts')));
}

/** Not what editors put beside a file while they work on it. */
function isSource(path) {
  return path.endsWith('.ts') && !path.endsWith('.d.ts') && !basename(path).startsWith('.');
}
