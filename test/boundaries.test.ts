import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, PlantedRepository, ROOT } from './planted-repository.js';

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
});
afterEach(() => planted.remove());

describe('who imports whom, by oxlint', () => {
  beforeEach(() => planted.bring('.oxlintrc.json'));

  /** What the lint of this repository says of a file at this place. */
  function lint(file: string, code: string): string {
    planted.write(file, code);
    return planted.run('node_modules/oxlint/bin/oxlint', '--deny-warnings', file).text;
  }

  const importing = (name: string) => `import { x } from '${name}';\nexport const y = x;\n`;

  test.each([
    ['a static import of a connector', 'apps/host/src/x.ts', '@castellan/connector-acme', 'found by their marker'],
    ['... by a command', 'apps/cli/bin/x.js', '@castellan/connector-acme', 'found by their marker'],
    ['... by a library', 'packages/storage/src/x.ts', '@castellan/connector-acme', 'found by their marker'],
    ['... by a test', 'apps/host/test/x.test.ts', '@castellan/connector-acme', 'found by their marker'],
    ['... by a benchmark', 'bench/x.mjs', '@castellan/connector-acme', 'found by their marker'],
    ['... by a script', 'scripts/x.mjs', '@castellan/connector-acme', 'found by their marker'],
    ['... by another connector', 'packages/connector-globex/src/x.ts', '@castellan/connector-acme', 'nothing else of ours'],
    ['a deep import', 'apps/host/src/x.ts', '@castellan/storage/dist/x.js', 'by its name'],
    ['a connector that knows NestJS', 'packages/connector-acme/src/x.ts', '@nestjs/common', 'neither framework'],
    ['a connector that knows TypeORM', 'packages/connector-acme/src/x.ts', 'typeorm', 'neither framework'],
    ['a connector that reads files', 'packages/connector-acme/src/x.ts', 'node:fs', 'through its context'],
    [
      'a connector that imports the engine',
      'packages/connector-acme/src/x.ts',
      '@castellan/sync-engine',
      'nothing else of ours',
    ],
    ['the contract importing the engine', 'packages/connector-sdk/src/x.ts', '@castellan/sync-engine', 'nothing else of ours'],
    ['the ground floor importing the contract', 'packages/form-schema/src/x.ts', '@castellan/connector-sdk', 'ground floor'],
    ['the engine importing an adapter', 'packages/sync-engine/src/x.ts', '@castellan/storage', 'over its ports'],
    ['an adapter importing another', 'packages/storage/src/x.ts', '@castellan/scheduling', 'no other package'],
    ['the kit importing the engine', 'packages/connector-testkit/src/x.ts', '@castellan/sync-engine', 'through the contract'],
    ['the page importing the engine', 'apps/web/src/x.ts', '@castellan/sync-engine', 'by what it answers'],
    ['the page importing a connector', 'apps/web/src/x.tsx', '@castellan/connector-acme', 'by what it answers'],
    ['the page running code of the form', 'apps/web/src/x.ts', '@castellan/form-schema', 'types of form-schema only'],
    ['the page reading files', 'apps/web/src/x.ts', 'node:fs', 'runs in a browser'],
    [
      'a simulator sharing code with what it tests',
      'packages/acme-simulator/src/x.ts',
      '@castellan/form-schema',
      'must not share',
    ],
  ])('%s is refused', (_, file, name, why) => {
    expect(lint(file, importing(name))).toContain(why);
  });

  test('a connector that is handed on without being used is refused, too', () => {
    expect(lint('apps/host/src/x.ts', "export * from '@castellan/connector-acme';\n")).toContain('found by their marker');
  });

  test('what each may import is let through', () => {
    const none = 'Found 0 warnings and 0 errors.';
    expect(lint('packages/connector-acme/src/x.ts', importing('@castellan/connector-sdk'))).toContain(none);
    expect(lint('packages/connector-sdk/src/x.ts', importing('@castellan/form-schema'))).toContain(none);
    expect(lint('packages/storage/src/x.ts', importing('@castellan/sync-engine'))).toContain(none);
    expect(lint('packages/connector-testkit/src/x.ts', importing('node:http'))).toContain(none);
    expect(lint('apps/cli/src/x.ts', importing('@castellan/connector-testkit/replay'))).toContain(none);
    expect(lint('apps/host/src/x.ts', importing('@castellan/storage'))).toContain(none);
    expect(lint('apps/web/src/x.tsx', importing('@mantine/core'))).toContain(none);
    const ofTypes = "import type { X } from '@castellan/form-schema';\nexport const y: X = 1;\n";
    expect(lint('apps/web/src/x.ts', ofTypes)).toContain(none);
    expect(lint('apps/host/test/x.test.ts', importing('@castellan/connector-sdk'))).toContain(none);
  });

  test('a connector that reads the environment is refused', () => {
    expect(lint('packages/connector-acme/src/x.ts', 'export const y = process.env;\n')).toContain('no-process-env');
  });
});

describe('who depends on whom, by turbo', () => {
  interface Planted {
    readonly tag: string;
    readonly dependencies?: readonly string[];
    readonly imports?: string;
  }

  /** What `turbo boundaries` says of these packages, each with its tag. */
  function boundaries(packages: Readonly<Record<string, Planted>>): string {
    planted.bring('turbo.json');
    const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { packageManager: string }; // ours
    planted.write('package.json', { name: 'planted', packageManager, workspaces: ['packages/*'] });
    for (const [name, { tag, dependencies = [], imports }] of Object.entries(packages)) {
      const needs = Object.fromEntries(dependencies.map((dependency) => [dependency, '*']));
      planted.write(`packages/${name}/package.json`, { name, version: '0.0.0', type: 'module', dependencies: needs });
      planted.write(`packages/${name}/turbo.json`, { extends: ['//'], tags: [tag] });
      const code = imports === undefined ? '' : `import { x } from '${imports}';\n`;
      planted.write(`packages/${name}/src/x.ts`, `${code}export const y = 1;\n`);
    }
    return planted.spawn(join(ROOT, 'node_modules/.bin/turbo'), 'boundaries').text;
  }

  const ground: Planted = { tag: 'ground' };

  test.each<[what: string, of: string, packages: Readonly<Record<string, Planted>>]>([
    ['a library on a connector', '`acme`', { acme: { tag: 'connector' }, ground: { tag: 'ground', dependencies: ['acme'] } }],
    [
      'the engine on an adapter',
      '`storage`',
      { storage: { tag: 'port' }, engine: { tag: 'engine', dependencies: ['storage'] } },
    ],
    ['an adapter on another', '`queue`', { queue: { tag: 'port' }, storage: { tag: 'port', dependencies: ['queue'] } }],
    [
      'a connector on the engine',
      '`engine`',
      { engine: { tag: 'engine' }, acme: { tag: 'connector', dependencies: ['engine'] } },
    ],
    [
      'a connector on another',
      '`globex`',
      { globex: { tag: 'connector' }, acme: { tag: 'connector', dependencies: ['globex'] } },
    ],
    ['the page on the engine', '`engine`', { engine: { tag: 'engine' }, web: { tag: 'page', dependencies: ['engine'] } }],
    ['a simulator on the contract', '`sdk`', { sdk: ground, double: { tag: 'simulator', dependencies: ['sdk'] } }],
  ])('%s is refused', (_, of, packages) => {
    const said = boundaries(packages);
    expect(said).toContain('found without any tag listed in allowlist');
    expect(said).toContain(of);
  });

  test('an import of a package that package.json does not name is refused', () => {
    const said = boundaries({ sdk: ground, engine: { tag: 'engine', imports: 'sdk' } });
    expect(said).toContain('cannot import package `sdk` because it is not a dependency');
  });

  test('what the layout allows is let through', () => {
    const said = boundaries({
      sdk: ground,
      acme: { tag: 'connector', dependencies: ['sdk'], imports: 'sdk' },
      host: { tag: 'app', dependencies: ['acme', 'sdk'], imports: 'sdk' },
      web: { tag: 'page', dependencies: ['sdk'], imports: 'sdk' },
    });
    expect(said).toContain('no issues found');
  });
});

describe('what a package shows, by its exports', () => {
  const RESOLVE = `
    import { createRequire } from 'node:module';
    import { pathToFileURL } from 'node:url';
    const { resolve } = createRequire(pathToFileURL(process.cwd() + '/'));
    const open = process.argv.slice(1).filter((name) => {
      try { return resolve(name) !== undefined; } catch (error) {
        if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
        return false;
      }
    });
    process.stdout.write(JSON.stringify(open));`;

  /** Those of the specifiers that Node resolves for a module in the planted folder. */
  function resolvable(specifiers: readonly string[]): readonly string[] {
    const { text } = planted.spawn(process.execPath, '--input-type=module', '-e', RESOLVE, ...specifiers);
    return JSON.parse(text) as readonly string[]; // printed by RESOLVE
  }

  interface Manifest {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
    readonly scripts: Readonly<Record<string, string>>;
  }

  function filesBelow(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  }

  test('what a package exports is found, every other file of it is out of reach', () => {
    planted.write('package.json', {});
    const shown: string[] = [];
    const hidden: string[] = [];
    for (const folder of PACKAGES) {
      const { name, exports, scripts } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest; // ours
      planted.link(folder, name);
      shown.push(...Object.keys(exports).map((path) => name + path.slice(1)));
      // What nobody builds by itself has nothing that could be imported.
      if (scripts['build'] === undefined) continue;
      const files = filesBelow(join(ROOT, folder, 'dist'));
      expect({ name, built: files.length > 0 }).toEqual({ name, built: true });
      hidden.push(...files.map((file) => `${name}/dist/${file}`));
    }
    expect(resolvable([...shown, ...hidden])).toEqual(shown);
  }, 60_000);

  test('a package that forgets its exports would be found out', () => {
    planted.write('node_modules/open/package.json', { name: 'open', type: 'module' });
    planted.write('node_modules/open/dist/secret.js', 'export const x = 1;\n');
    expect(resolvable(['open/dist/secret.js'])).toEqual(['open/dist/secret.js']);
  });
});
