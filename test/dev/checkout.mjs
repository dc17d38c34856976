import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const WITHOUT = new Set(['node_modules', 'test', 'bench', '.turbo']);

/**
 * A checkout of this repository as it is built, to change and to break: sources and built code are copied, what others have
 * written is linked. Its `turbo` builds nothing and ends with what the file `build-status` says.
 */
export function copyCheckout(target) {
  for (const name of ['package.json', 'package-lock.json', 'turbo.json', 'tsconfig.base.json', 'scripts', 'packages', 'apps'])
    cpSync(join(root, name), join(target, name), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !WITHOUT.has(basename(path)),
    });
  linkModules(target);
  for (const parent of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, parent))) {
      const own = join(parent, name, 'node_modules');
      if (existsSync(join(root, own))) symlinkSync(join(root, own), join(target, own), 'dir');
    }
  }
}

function linkModules(target) {
  const modules = join(target, 'node_modules');
  const ours = new Map([['castellan-cli', 'apps/cli']]);
  for (const name of readdirSync(join(root, 'node_modules', '@castellan')))
    ours.set(join('@castellan', name), join(existsSync(join(root, 'apps', name)) ? 'apps' : 'packages', name));
  mkdirSync(join(modules, '@castellan'), { recursive: true });
  mkdirSync(join(modules, '.bin'));
  for (const [name, folder] of ours) symlinkSync(join(target, folder), join(modules, name), 'dir');
  const others = readdirSync(join(root, 'node_modules')).filter(
    (name) => !['@castellan', 'castellan-cli', '.bin'].includes(name),
  );
  for (const name of others) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  symlinkSync(join(root, 'node_modules', '.bin', 'tsc'), join(modules, '.bin', 'tsc'));
  const turbo = '#!/bin/sh\ncd "$(dirname "$0")/../.."\nexit "$(cat build-status 2>/dev/null || echo 0)"\n';
  writeFileSync(join(modules, '.bin', 'turbo'), turbo, { mode: 0o755 });
}
