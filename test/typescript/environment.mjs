import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';

let hooked = false;

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
}
