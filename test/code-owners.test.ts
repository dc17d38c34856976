import { PlantedRepository, type Said } from './planted-repository.js';

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
  for (const folder of ['packages/storage', 'apps/host']) planted.write(`${folder}/package.json`, {});
});
afterEach(() => planted.remove());

function check(...lines: readonly string[]): Said {
  planted.write('.github/CODEOWNERS', lines.join('\n'));
  return planted.run('scripts/checks/code-owners.mjs');
}

const GOOD = [
  '# who',
  '* @castellan/all',
  '/packages/storage/ @ana # the tables',
  '/apps/host/ ana@acme.example @castellan/host',
];

test('each package with a line of its own is fine', () => {
  expect(check(...GOOD)).toEqual({ code: 0, text: '' });
});

test.each([
  ['a package without a line', GOOD.slice(0, 3), 'no line for /apps/host/'],
  ['a package that only a line for everything covers', ['* @castellan/all'], 'no line for /packages/storage/'],
  ['a line without an owner', [...GOOD, '/apps/'], 'CODEOWNERS:5: /apps/ has no owner'],
  ['an owner who is nobody', [...GOOD, '/apps/ castellan'], 'CODEOWNERS:5: "castellan" is nobody'],
  ['a folder that is gone', [...GOOD, '/packages/gone/ @ana'], 'CODEOWNERS:5: there is no /packages/gone/'],
])('%s is found', (_, lines, said) => {
  expect(check(...lines)).toMatchObject({ code: 1, text: expect.stringContaining(said) });
});
