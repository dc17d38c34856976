import { AsyncLocalStorage } from 'node:async_hooks';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';

let hooked = false;

/** Storages that a file of tests has made use of. */
const storages = new Set();
for (const name of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[name];
  AsyncLocalStorage.prototype[name] = function remembered(...args) {
    storages.add(this);
    return Reflect.apply(original, this, args);
  };
}

/**
 * Jest loads every module anew for each file of tests; for a host that takes longer than most of its tests. `loadOnce` has Node
 * itself load one, once for all files of a worker, for tests that want a host to talk to or a command to call. Tests that look
 * inside of a module import it themselves.
 */
export default class Environment extends TestEnvironment {
  constructor(options, context) {
    super(options, context);
    const folder = pathToFileURL(join(options.projectConfig.rootDir, 'test/'));
    this.global.loadOnce = (specifier) => {
      if (!hooked) register('./hooks.mjs', import.meta.url);
      hooked = true;
      return import(specifier.startsWith('.') ? new URL(specifier, folder).href : specifier);
    };
  }

  /** Jest's own storage is another one for each file, and stays on: every promise of the files after it would pay for all of them. */
  async teardown() {
    await super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}
