import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlantedRepository } from './planted-repository.js';

interface Bom {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string; readonly scope: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
});
afterEach(() => planted.remove());

test('lists what an installation brings, also what is a tool of another package, and no mere tool', () => {
  const host = { name: '@castellan/host', version: '1.2.3', dependencies: { web: '1.0.0' } };
  const storage = { name: '@castellan/storage', version: '1.0.0', devDependencies: { web: '1.0.0', judge: '1.0.0' } };
  const root = { name: 'castellan', version: '0.0.0', workspaces: ['packages/*', 'apps/*'] };
  const installed = (entry: object): object => ({ version: '1.0.0', license: 'MIT', ...entry });
  planted.write('package.json', root);
  planted.write('apps/host/package.json', host);
  planted.write('packages/storage/package.json', storage);
  planted.write('package-lock.json', {
    name: 'castellan',
    lockfileVersion: 3,
    packages: {
      '': root,
      'apps/host': host,
      'packages/storage': storage,
      'node_modules/@castellan/host': { resolved: 'apps/host', link: true },
      'node_modules/@castellan/storage': { resolved: 'packages/storage', link: true },
      'node_modules/web': installed({ dependencies: { parser: '1.0.0' }, optionalDependencies: { fast: '1.0.0' } }),
      'node_modules/web/node_modules/parser': installed({}),
      'node_modules/fast': installed({ optional: true, os: ['elsewhere'] }),
      'node_modules/judge': installed({ dev: true, dependencies: { parser: '1.0.0' } }),
      'node_modules/judge/node_modules/parser': installed({ dev: true }),
    },
  });
  const { code, text } = planted.run('scripts/sbom.mjs', 'list.json');
  expect({ code, text }).toEqual({ code: 0, text: 'list.json: 2 packages of ours, 3 of others\n' });
  const { metadata, components, dependencies } = JSON.parse(readFileSync(join(planted.folder, 'list.json'), 'utf8')) as Bom; // as CycloneDX has it
  expect(metadata.component.name).toBe('castellan');
  expect(Object.fromEntries(components.map(({ name, scope }) => [name, scope]))).toEqual({
    '@castellan/host': 'required',
    '@castellan/storage': 'required',
    web: 'required',
    parser: 'required',
    fast: 'optional',
  });
  expect(dependencies.find(({ ref }) => ref === '@castellan/host@1.2.3')?.dependsOn).toEqual(['web@1.0.0']);
  const refs = new Set([...components.map((component) => component['bom-ref']), 'castellan@0.0.0']);
  for (const { ref, dependsOn } of dependencies) expect([ref, ...dependsOn].filter((name) => !refs.has(name))).toEqual([]);
}, 60_000);
