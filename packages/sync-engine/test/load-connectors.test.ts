import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConnectors } from '../src/index.js';

const sdk = dirname(dirname(fileURLToPath(import.meta.resolve('@castellan/connector-sdk'))));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-catalogue-'));
  await mkdir(join(folder, 'node_modules/@castellan'), { recursive: true });
  await symlink(sdk, join(folder, 'node_modules/@castellan/connector-sdk'));
});
afterEach(() => rm(folder, { recursive: true }));

async function addPackage(name: string, marker: object | undefined, code: string): Promise<void> {
  const path = join(folder, 'node_modules', name);
  await mkdir(path, { recursive: true });
  const manifest = {
    name,
    type: 'module',
    exports: { '.': './index.js', './package.json': './package.json' },
    castellan: marker,
  };
  await writeFile(join(path, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(path, 'index.js'), code);
}
const working = (id: string) => `
  import { defineConnector } from '@castellan/connector-sdk';
  export const connector = defineConnector({ id: '${id}', displayName: 'X', config: class {}, connect: () => 1, probe: async () => ({ tenant: null, checks: [] }), streams: [] });`;

async function load(names: readonly string[], options = {}) {
  const manifest = join(folder, 'package.json');
  await writeFile(manifest, JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) }));
  return loadConnectors(pathToFileURL(manifest), options);
}

test('only dependencies with the marker are loaded; a broken one is set aside with its reason, the rest works', async () => {
  await addPackage('good', { role: 'connector', id: 'good' }, working('good'));
  await addPackage('throws', { role: 'connector', id: 'throws' }, 'throw new Error("no licence file");');
  await addPackage('empty', { role: 'connector', id: 'empty' }, 'export const connector = { id: "empty" };');
  await addPackage('liar', { role: 'connector', id: 'liar' }, working('other'));
  await addPackage(
    'old',
    { role: 'connector', id: 'old' },
    `${working('old').replace('export const connector', 'const made')} export const connector = { ...made, sdkVersion: '0.0.9' };`,
  );
  await addPackage('twin', { role: 'connector', id: 'good' }, working('good'));
  await addPackage('library', undefined, 'throw new Error("must not be imported");');
  const names = ['good', 'throws', 'empty', 'liar', 'old', 'twin', 'library', 'not-installed'];
  const catalogue = await load(names);
  expect(catalogue.find('good')?.displayName).toBe('X');
  const reasons = catalogue.entries.map((entry) => [entry.packageName, entry.status === 'unavailable' ? entry.reason : 'ok']);
  expect(Object.fromEntries(reasons)).toEqual({
    good: 'ok',
    throws: expect.stringContaining('no licence file'),
    empty: expect.stringContaining('does not export'),
    liar: expect.stringContaining('its code "other"'),
    old: expect.stringContaining('0.0.9'),
    twin: expect.stringContaining('same id'),
  });
  expect(() => catalogue.get('throws')).toThrow('no licence file');
  expect(() => catalogue.get('nope')).toThrow('no connector "nope"');
});

test('a package that does not export its package.json is found, and one whose package.json is damaged harms nobody', async () => {
  await addPackage('good', { role: 'connector', id: 'good' }, working('good'));
  await addPackage('shy', { role: 'connector', id: 'shy' }, working('shy'));
  const shy = join(folder, 'node_modules/shy/package.json');
  await writeFile(
    shy,
    JSON.stringify({
      name: 'shy',
      type: 'module',
      exports: { '.': './index.js' },
      castellan: { role: 'connector', id: 'shy' },
    }),
  );
  await addPackage('damaged', undefined, '');
  await writeFile(join(folder, 'node_modules/damaged/package.json'), '{');
  const catalogue = await load(['good', 'shy', 'damaged']);
  expect(catalogue.entries.map(({ id, status }) => `${id} ${status}`)).toEqual(['good available', 'shy available']);
});

test('in development a broken connector is fatal', async () => {
  await addPackage('throws', { role: 'connector', id: 'throws' }, 'throw new Error("no licence file");');
  await expect(load(['throws'], { strict: true })).rejects.toThrow('no licence file');
});
