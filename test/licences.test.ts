import { PlantedRepository, type Said } from './planted-repository.js';

const LIST = 'scripts/checks/licences.json';
const AGREED = { shipped: ['MIT', 'Apache-2.0'], toolsBesides: ['Zlib'], found: [] as readonly object[] };
let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
});
afterEach(() => planted.remove());

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

function check(packages: Readonly<Record<string, Locked>>, found: readonly object[] = [], ...args: readonly string[]): Said {
  const locked = Object.entries(packages).map(([path, entry]) => [path, { version: '1.0.0', ...entry }]);
  planted.write('package-lock.json', { lockfileVersion: 3, packages: { '': {}, ...Object.fromEntries(locked) } });
  planted.write(LIST, { ...AGREED, found });
  return planted.run('scripts/checks/licences.mjs', ...args);
}

test('what was agreed to is let through, choices and sums included; our own packages are not asked', () => {
  const said = check({
    'node_modules/a': { license: 'MIT' },
    'node_modules/b': { license: '(GPL-3.0-only OR MIT)' },
    'node_modules/c': { license: 'MIT AND Apache-2.0' },
    'node_modules/a/node_modules/@scope/tool': { license: 'Zlib', dev: true },
    'node_modules/@castellan/host': { link: true },
    'apps/host': {},
  });
  expect(said).toEqual({ code: 0, text: '' });
});

test.each<[string, Readonly<Record<string, Locked>>, string]>([
  ['a licence nobody agreed to', { 'node_modules/a': { license: 'AGPL-3.0-only' } }, 'a@1.0.0 has the licence AGPL-3.0-only'],
  ['half of a sum', { 'node_modules/a': { license: 'MIT AND AGPL-3.0-only' } }, 'has the licence MIT AND AGPL-3.0-only'],
  ['no licence', { 'node_modules/@x/a': {} }, '@x/a@1.0.0 does not say its licence'],
  ['words', { 'node_modules/a': { license: 'SEE LICENSE IN x' } }, 'a@1.0.0 says "SEE LICENSE IN x"'],
  ["a tool's licence in what ships", { 'node_modules/a': { license: 'Zlib' } }, 'Zlib (an installation brings it)'],
  [
    'a tool that ships in another place',
    { 'node_modules/a': { license: 'Zlib', dev: true }, 'apps/host/node_modules/a': { license: 'Zlib' } },
    'Zlib (an installation brings it)',
  ],
])('%s is refused', (_, packages, said) => {
  expect(check(packages)).toMatchObject({ code: 1, text: expect.stringContaining(said) });
});

describe('what was found out about a package that does not say it', () => {
  const entry = { package: 'a@1.0.0', licence: 'MIT', reason: 'Its file LICENSE.' };

  test('counts for this version', () => {
    expect(check({ 'node_modules/a': {} }, [entry])).toEqual({ code: 0, text: '' });
    expect(check({ 'node_modules/a': {} }, [{ ...entry, package: 'a@0.9.0' }]).text).toContain(
      'a@1.0.0 does not say its licence',
    );
  });

  test('must be needed, and be a licence that was agreed to', () => {
    expect(check({ 'node_modules/a': { license: 'MIT' } }, [entry]).text).toContain('a@1.0.0 needs no entry any more');
    expect(check({ 'node_modules/a': {} }, [{ ...entry, licence: 'GPL-2.0-only' }]).text).toContain(
      'GPL-2.0-only is not agreed to',
    );
  });
});

test('the report names every package, its licence, and whether an installation brings it', () => {
  const packages = { 'node_modules/b': { license: 'MIT' }, 'node_modules/a': { license: 'Zlib', dev: true } };
  expect(check(packages, [], '--report')).toEqual({ code: 0, text: 'MIT\tb\t1.0.0\tshipped\nZlib\ta\t1.0.0\ttool\n' });
});
