import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sources } from '../../scripts/dev/sources.mjs';
import { transpile } from '../../scripts/dev/transpile.mjs';
import { Types } from '../../scripts/dev/types.mjs';
import { closure, dependents, readWorkspaces } from '../../scripts/dev/workspaces.mjs';

const COMPILER = {
  target: 'ES2023',
  module: 'NodeNext',
  strict: true,
  skipLibCheck: true,
  declaration: true,
  experimentalDecorators: true,
  types: [],
};

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'castellan-dev-parts-')));
  put('tsconfig.base.json', JSON.stringify({ compilerOptions: COMPILER }));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (file: string): string => join(root, file);

function put(file: string, text: string): void {
  mkdirSync(join(at(file), '..'), { recursive: true });
  writeFileSync(at(file), text);
}

/** A package of TypeScript, as those of this repository. */
function addPackage(name: string, needs: readonly string[], sources: Readonly<Record<string, string>>): void {
  const folder = `packages/${name}`;
  const dependencies = Object.fromEntries(needs.map((needed) => [needed, '*']));
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
  put(`${folder}/package.json`, JSON.stringify({ name, type: 'module', dependencies, exports }));
  const compilerOptions = { rootDir: 'src', outDir: 'dist' };
  put(
    `${folder}/tsconfig.build.json`,
    JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, include: ['src'] }),
  );
  for (const [file, source] of Object.entries(sources)) put(`${folder}/src/${file}`, source);
}

function workspaces() {
  mkdirSync(at('apps'), { recursive: true });
  return readWorkspaces(root);
}

function packageOf(name: string) {
  const workspace = workspaces().get(name);
  if (workspace === undefined) throw new Error(`there is no ${name}`);
  return workspace;
}

test('who needs whom, what is needed first', () => {
  addPackage('top', ['middle', 'elsewhere'], {});
  addPackage('middle', ['ground'], {});
  addPackage('ground', [], {});
  addPackage('aside', ['ground'], {});
  const names = (found: Iterable<{ readonly name: string }>) => [...found].map(({ name }) => name);
  expect(names(closure(workspaces(), 'top'))).toEqual(['ground', 'middle', 'top']);
  const all = workspaces();
  expect(names(dependents(all, new Set(['middle'])))).toEqual(['middle', 'top']);
  expect(names(dependents(all, new Set(['ground']))).toSorted()).toEqual(['aside', 'ground', 'middle', 'top']);
  expect(packageOf('top').others).toEqual(['elsewhere']);
  // A web page is built by a tool of its own.
  rmSync(at('packages/top/tsconfig.build.json'));
  expect([packageOf('top').compiler, packageOf('middle').compiler?.target]).toEqual([undefined, 'ES2023']);
});

describe('transpile', () => {
  const build = (name: string, ...files: readonly string[]) =>
    transpile(files.map((file) => ({ workspace: packageOf(name), file: at(`packages/${name}/src/${file}`) })));

  test('code that runs, with the line of its source', async () => {
    const source = `import type { Nothing } from './nothing.js';
      export enum Colour { Red = 'red' }
      function mark(target: object, key: string) { Reflect.set(target.constructor, 'marked', key); }
      export class Thing { @mark declare name: Nothing; colour: Colour = Colour.Red; }
      export const fail = (): never => { throw new Error('here'); };`;
    addPackage('a', [], { 'deep/thing.ts': source });
    expect(await build('a', 'deep/thing.ts')).toEqual([]);
    const built = at('packages/a/dist/deep/thing.js');
    const { Thing } = await import(pathToFileURL(built).href);
    expect(new Thing()).toEqual({ colour: 'red' });
    expect(Thing.marked).toBe('name');
    const code = readFileSync(built, 'utf8');
    expect(code).toMatch(/\n\/\/# sourceMappingURL=thing\.js\.map\n$/);
    const { sources } = JSON.parse(readFileSync(`${built}.map`, 'utf8'));
    expect(sources).toEqual(['../../src/deep/thing.ts']);
    expect(readdirSync(at('packages/a/dist/deep')).toSorted()).toEqual(['thing.js', 'thing.js.map']);
  });

  test('all files or none', async () => {
    addPackage('a', [], { 'good.ts': 'export const x = 1;', 'bad.ts': 'export const = 1;' });
    const failures = await build('a', 'good.ts', 'bad.ts');
    expect(failures).toEqual([{ file: at('packages/a/src/bad.ts'), message: expect.stringContaining('bad.ts') }]);
    expect(existsSync(at('packages/a/dist'))).toBe(false);
    put('packages/a/src/bad.ts', 'export const y = 1;');
    expect(await build('a', 'good.ts', 'bad.ts')).toEqual([]);
    expect(existsSync(at('packages/a/dist/good.js'))).toBe(true);
  });

  test('what was built of a file that is gone goes with it', async () => {
    addPackage('a', [], { 'x.ts': 'export const x = 1;', 'y.ts': '' });
    await build('a', 'x.ts', 'y.ts');
    put('packages/a/dist/x.d.ts', '');
    rmSync(at('packages/a/src/x.ts'));
    expect(await build('a', 'x.ts')).toEqual([]);
    expect(readdirSync(at('packages/a/dist')).toSorted()).toEqual(['y.js', 'y.js.map']);
  });
});

describe('sources', () => {
  let sources: Sources;
  const manifests: string[] = [];
  const watch = (): void => {
    sources = new Sources([...workspaces().values()]);
    sources.watch((file: string) => manifests.push(relative(root, file)));
  };
  afterEach(() => sources.close());
  const next = async (): Promise<readonly string[]> =>
    ((await sources.next()) ?? []).map(({ file, workspace }) => `${workspace.name}: ${relative(root, file)}`);

  test('a file that is written, renamed over, made or deleted is one change, also in a new folder', async () => {
    addPackage('a', [], { 'x.ts': '1', 'y.ts': '1', 'z.ts': '1' });
    addPackage('b', [], { 'x.ts': '1' });
    watch();
    put('packages/a/src/x.ts', '2');
    expect(await next()).toEqual(['a: packages/a/src/x.ts']);
    put('packages/a/src/x.ts.new', '3');
    renameSync(at('packages/a/src/x.ts.new'), at('packages/a/src/x.ts'));
    expect(await next()).toEqual(['a: packages/a/src/x.ts']);
    rmSync(at('packages/b/src/x.ts'));
    expect(await next()).toEqual(['b: packages/b/src/x.ts']);
    put('packages/b/src/new/folder/x.ts', '1');
    expect(await next()).toEqual(['b: packages/b/src/new/folder/x.ts']);
    put('packages/b/dist/new/folder/x.js', '1');
    renameSync(at('packages/b/src/new'), at('packages/b/src/other'));
    expect((await next()).toSorted()).toEqual(['b: packages/b/src/new/folder/x.ts', 'b: packages/b/src/other/folder/x.ts']);
  });

  test('many files at once are one change; what comes while nobody asks waits', async () => {
    addPackage('a', [], { 'x.ts': '1', 'y.ts': '1', 'z.ts': '1' });
    watch();
    put('packages/a/src/x.ts', '2');
    put('packages/a/src/y.ts', '2');
    await sleep(100);
    put('packages/a/src/z.ts', '2');
    await sleep(300);
    expect((await next()).toSorted()).toEqual(['x', 'y', 'z'].map((name) => `a: packages/a/src/${name}.ts`));
  });

  test('what an editor keeps beside it is none; a package.json is told', async () => {
    addPackage('a', [], { 'x.ts': '1' });
    watch();
    for (const name of ['.x.ts.swp', 'x.ts~', '.#x.ts', '4913', 'x.d.ts']) put(`packages/a/src/${name}`, '1');
    put('packages/a/package.json', '{}');
    put('packages/new/package.json', '{}');
    await sleep(200);
    put('packages/a/src/x.ts', '2');
    expect(await next()).toEqual(['a: packages/a/src/x.ts']);
    expect(manifests.toSorted()).toEqual(['packages/a/package.json', 'packages/new/package.json']);
  });

  test('the end lets go of whoever waits', async () => {
    addPackage('a', [], {});
    watch();
    const waiting = sources.next();
    sources.close();
    expect(await waiting).toBeUndefined();
  });
});

describe('types', () => {
  test('a mistake is told once, also to packages that it makes wrong, and its end as well', async () => {
    addPackage('ground', [], { 'index.ts': 'export const size = 1;\n' });
    addPackage('top', ['ground'], { 'index.ts': "import { size } from 'ground';\nexport const half: number = size / 2;\n" });
    mkdirSync(at('node_modules'));
    symlinkSync(at('packages/ground'), at('node_modules/ground'), 'dir');
    const said: string[] = [];
    const types = new Types(workspaces(), (text: string) => said.push(text.replaceAll(/\s+/g, ' ')));
    types.check([packageOf('ground')]);
    await types.idle();
    expect(said).toEqual([]);
    expect(existsSync(at('packages/ground/dist/index.d.ts'))).toBe(true);
    expect(existsSync(at('packages/ground/dist/index.js'))).toBe(false);

    put('packages/ground/src/index.ts', "export const size = 'large';\n");
    types.check([packageOf('ground')]);
    await types.idle();
    expect(said).toEqual([expect.stringMatching(/types of .*top are wrong.*index\.ts/)]);

    put('packages/ground/src/index.ts', 'export const size: number = 2;\n');
    types.check([packageOf('ground')]);
    await types.idle();
    expect(said.slice(1)).toEqual([expect.stringMatching(/types of .*top are right again/)]);
  }, 60_000);

  test('a newer change ends the check of an older one, and nothing goes unchecked', async () => {
    addPackage('a', [], { 'index.ts': "export const a: number = 'a';\n" });
    addPackage('b', [], { 'index.ts': "export const b: number = 'b';\n" });
    const said: string[] = [];
    const types = new Types(workspaces(), (text: string) => said.push(text));
    types.check([packageOf('a')]);
    await sleep(50);
    types.check([packageOf('b')]);
    await types.idle();
    expect(said.map((text) => /the types of \S*(a|b) are wrong/.exec(text)?.[1]).toSorted()).toEqual(['a', 'b']);
  }, 60_000);

  test('the end waits for no check', async () => {
    addPackage('a', [], { 'index.ts': "export const a: number = 'a';\n" });
    const said: string[] = [];
    const types = new Types(workspaces(), (text: string) => said.push(text));
    types.check([packageOf('a')]);
    await types.stop();
    expect(said).toEqual([]);
  }, 60_000);
});
