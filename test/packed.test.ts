import { PlantedRepository } from './planted-repository.js';

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
  planted.write('package.json', { name: 'planted', private: true, workspaces: ['packages/*'] });
});
afterEach(() => planted.remove());

const ENTRY = { types: './dist/index.d.ts', default: './dist/index.js' };

/** A package as ours are, but for what is given. */
function made(
  name: string,
  { files = {}, ...manifest }: { files?: Readonly<Record<string, string>>; [key: string]: unknown } = {},
): void {
  const content = {
    'package.json': JSON.stringify({
      name,
      version: '0.0.0',
      type: 'module',
      exports: { '.': ENTRY },
      files: ['dist'],
      ...manifest,
    }),
    'dist/index.js': 'export const x = 1;\n',
    'dist/index.d.ts': 'export declare const x: number;\n',
    ...files,
  };
  for (const [path, text] of Object.entries(content)) planted.write(`packages/${name}/${path}`, text);
}

test('what a package promises and does not bring is found before somebody installs it', () => {
  made('good');
  made('command', {
    exports: { './package.json': './package.json' },
    bin: 'dist/index.js',
    files: { 'dist/index.js': '#!/usr/bin/env node\n' },
  });
  made('left-out', { files: { 'lib/y.js': '' }, exports: { '.': ENTRY, './y': './lib/y.js' } });
  made('misspelt', { exports: { '.': { ...ENTRY, default: './dist/indx.js' } } });
  made('untyped', { exports: { '.': './dist/plain.js' }, files: { 'dist/plain.js': 'export const x = 1;\n' } });
  made('half-typed', { files: { 'dist/index.d.ts': "export { x } from './gone.js';\n" } });
  made('other-module', {
    exports: { '.': { types: './dist/index.d.cts', default: './dist/index.js' } },
    files: { 'dist/index.d.cts': 'export declare const x: number;\n' },
  });
  const { code, text } = planted.run('scripts/checks/packed.mjs');
  expect(code).toBe(1);
  const of = (name: string): string =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`packages/${name}: `))
      .join('\n');
  expect(of('good')).toBe('');
  expect(of('command')).toBe('');
  expect(of('left-out')).toContain('./lib/y.js but the file does not exist');
  expect(of('misspelt')).toContain('./dist/indx.js but the file does not exist');
  expect(of('untyped')).toContain('UntypedResolution');
  expect(of('half-typed')).toContain('InternalResolutionError');
  expect(of('other-module')).toContain('FalseCJS');
}, 60_000);
