import { PlantedRepository, type Said } from './planted-repository.js';

const LIST = 'scripts/checks/neutral-names.json';
let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
  planted.bring('.gitignore');
  marked('connector-acme', 'connector', 'acme');
  marked('acme-simulator', 'simulator', 'acme');
  marked('connector-entra', 'connector', 'entra');
  marked('storage', 'library');
  planted.write(LIST, []);
});
afterEach(() => planted.remove());

function marked(name: string, role: string, id?: string): void {
  planted.write(`packages/${name}/package.json`, { name: `@castellan/${name}`, castellan: { role, ...(id && { id }) } });
}

const check = (): Said => planted.run('scripts/checks/neutral-names.mjs');
const fine: Said = { code: 0, text: '' };

test('a provider that is named away from home is refused, whatever the file and the spelling', () => {
  const naming: Readonly<Record<string, string>> = {
    'packages/storage/src/identifier.ts': 'export const acmeUser = 1;',
    'packages/storage/src/inside.ts': 'class StartAcmeSync {}',
    'packages/storage/src/constant.ts': 'const ACME_GROUP = 1;',
    'packages/storage/test/x.test.ts': "test('acme', () => {});",
    'packages/storage/.hint': 'acme',
    'packages/connector-entra/src/x.ts': "const other = 'acme';",
    'apps/host/src/comment.ts': "// Acme's own limit",
    'apps/host/src/plural.ts': '// of two Acmes',
    'apps/host/src/address.ts': "const at = 'https://globex.acme.com';",
    'scripts/x.mjs': "import '@castellan/acme-simulator';",
    'bench/x.mjs': "const id = 'acme';",
    'test/x.test.ts': '// ACME',
  };
  for (const [file, line] of Object.entries(naming)) planted.write(file, `\n${line}\n`);
  for (const file of ['bench/acme.bench.mjs', 'test/acme/x.ts', 'apps/host/src/fromAcme.ts']) planted.write(file, '');
  const { code, text } = check();
  expect(code).toBe(1);
  const [wayOut, ...said] = text.trim().split('\n').toReversed();
  expect(said.toSorted()).toEqual(
    [
      ...Object.entries(naming).map(([file, line]) => `${file}:2 names acme: ${line}`),
      'bench/acme.bench.mjs: the path names acme',
      'test/acme/x.ts: the path names acme',
      'apps/host/src/fromAcme.ts: the path names acme',
    ].toSorted(),
  );
  expect(wayOut).toContain(`or allow it in ${LIST} with the reason`);
});

test('a provider may be named at home, in what is built, and where Git looks away', () => {
  planted.write('packages/connector-acme/src/acme.ts', "const acme = 'Acme';");
  planted.write('packages/acme-simulator/test/acme.test.ts', "const acme = 'Acme';");
  planted.write('packages/storage/dist/acme.js', "const acme = 'Acme';");
  planted.write('packages/storage/node_modules/acme/index.js', "const acme = 'Acme';");
  planted.write('README.md', 'Acme');
  expect(check()).toEqual(fine);
});

test('a word that only contains the name is no naming', () => {
  planted.write('packages/storage/src/x.ts', '// the central entrance, ENTRANCE, Acmed, pacme\n');
  expect(check()).toEqual(fine);
  planted.write('packages/storage/src/x.ts', '// the centralEntra\n');
  expect(check().code).toBe(1);
});

test('a third connector is covered by its marker alone', () => {
  planted.write('packages/storage/src/x.ts', '// Globex Cloud, globexCloud, GLOBEX_CLOUD\n');
  expect(check()).toEqual(fine);
  marked('connector-globex-cloud', 'connector', 'globex-cloud');
  expect(check().text).toContain('packages/storage/src/x.ts:1 names globex-cloud');
});

describe('the list of what is allowed', () => {
  const entry = { paths: 'bench/**', names: ['acme'], reason: 'Measured with a real one.' };
  beforeEach(() => planted.write('bench/acme/x.mjs', "const id = 'acme';\n"));

  test('lets its paths and names through', () => {
    planted.write(LIST, [entry]);
    expect(check()).toEqual(fine);
    planted.write('bench/acme/y.mjs', '// Entra\n');
    expect(check().text).toContain('bench/acme/y.mjs:1 names entra');
    planted.write('scripts/x.mjs', '// Acme\n');
    expect(check().text).toContain('scripts/x.mjs:1 names acme');
  });

  test('lets only the lines through that it describes', () => {
    planted.write('apps/host/package.json', '{\n"@castellan/connector-acme": "*",\n"description": "for Acme"\n}');
    planted.write(LIST, [entry, { paths: 'apps/*/package.json', names: '*', line: '^"@castellan/', reason: 'Dependencies.' }]);
    const { text } = check();
    expect(text).toContain('apps/host/package.json:3 names acme');
    expect(text).not.toContain('apps/host/package.json:2');
  });

  test.each([
    [
      'for a path without any',
      [entry, { ...entry, paths: 'apps/**' }],
      'the entry for apps/** allows nothing any more for acme',
    ],
    ['for a name', [{ ...entry, names: ['acme', 'entra'] }], 'the entry for bench/** allows nothing any more for entra'],
    ['for any name', [entry, { ...entry, paths: 'test/**', names: '*' }], 'allows nothing any more for any provider'],
    [
      'that an earlier one covers',
      [entry, { ...entry, paths: 'bench/acme/**' }],
      'bench/acme/** allows nothing any more for acme',
    ],
    ['without a reason', [{ ...entry, reason: ' ' }], 'the entry for bench/** gives no reason'],
  ])('may hold no entry %s', (_, list, said) => {
    planted.write(LIST, list);
    expect(check()).toMatchObject({ code: 1, text: expect.stringContaining(said) });
  });
});
